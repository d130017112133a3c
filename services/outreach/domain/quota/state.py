"""What the rules need to remember of a quota, and of a year of quotas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.outreach.domain.quota.events import Span


@dataclass(frozen=True)
class Quota:
    """What a principal head owes and has reached in one unit and year."""

    opened: bool = False
    person: str = ""
    name: str = ""
    unit: str = ""
    year: int = 0
    spans: tuple[Span, ...] = ()
    """In order, without overlap; empty when the post was left before the year."""
    required_days: int = 0
    trips: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """Each trip's days, also those outside the post: the post may yet be found to be longer."""
    fulfilled: bool = False
    shortfall: int = 0
    """As last noted; 0: none is foreseen."""

    def days(self, spans: tuple[Span, ...] | None = None) -> frozenset[date]:
        """三(一): the days that count: each once, however many trips had it, and only those in the post."""
        held = self.spans if spans is None else spans
        every = frozenset().union(*self.trips.values())
        return frozenset(day for day in every if any(one.from_date <= day <= one.until_date for one in held))


@dataclass(frozen=True)
class QuotaYear:
    """The year in which quotas are looked at each month."""

    year: int = 0
    next_on: date = date.max
    ended: bool = False
