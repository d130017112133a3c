"""Commands to quotas: all are given by reactions and the clock. Nobody's quota is set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sevenx.district.calendar import WorkCalendar

WORKING_DAYS = "working_days_in_post"


@dataclass(frozen=True)
class QuotaRules:
    """The district's settings that a quota follows, and the calendar where working days are the denominator."""

    share: Fraction
    denominator: str
    calendar: WorkCalendar


@dataclass(frozen=True)
class OpenQuota:
    """A principal head is in a post from `from_date` to `until_date` of the year."""

    person: str
    name: str
    unit: str
    year: int
    from_date: date
    until_date: date
    rules: QuotaRules


@dataclass(frozen=True)
class LeavePost:
    """The post ends; `effective` is the first day out of it."""

    effective: date
    reason: str
    rules: QuotaRules


@dataclass(frozen=True)
class CountDays:
    """The days that a trip now counts for; none takes them back."""

    trip: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class ReviewQuota:
    """Forecast the year from what is known at the end of `as_of`. `planned` are the days outside of approved trips
    whose result is not in yet; before `least_days` in the post nothing is foreseen."""

    as_of: date
    planned: frozenset[date]
    least_days: int
    rules: QuotaRules


@dataclass(frozen=True)
class OpenQuotaYear:
    """Begin to look at a year's quotas."""

    year: int
    today: date


@dataclass(frozen=True)
class MakeForecast:
    """By the clock: the months before `on` are over."""

    on: date
