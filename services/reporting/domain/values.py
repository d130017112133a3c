"""Words that several aggregates of reporting share: days, and what stands behind a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

_CHINA = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """The business day in China of an instant."""
    return at.astimezone(_CHINA).date()


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder is due at the beginning of the day `working_days_before` the due day."""

    at: datetime
    working_days_before: int


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
