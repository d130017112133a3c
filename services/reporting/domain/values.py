"""What several aggregates of reporting say of the rules behind their dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingUsed:
    """A setting's value as it stood when the period was opened."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class CalendarUsed:
    """The calendar of a year that the dates follow; `provisional` until the State Council has published the year."""

    year: int
    provisional: bool
    source: str
