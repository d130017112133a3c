"""What happens to a principal head's quota (三(一)), and the year's forecasts. Days are calendar days in China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sevenx.kernel.types import Ratio


@dataclass(frozen=True, slots=True)
class Span:
    """Days in the post, both included."""

    from_date: date
    until_date: date


@dataclass(frozen=True, slots=True)
class QuotaOpened:
    """A principal head owes `required_days` outside in the part of the year that he is in the post."""

    person: str
    name: str
    unit: str
    year: int
    from_date: date
    until_date: date
    share: Ratio
    denominator: str
    """`calendar_days_in_post` or `working_days_in_post`."""
    base_days: int
    """The days of which the share is owed."""
    required_days: int


@dataclass(frozen=True, slots=True)
class QuotaAdjusted:
    """The post was left or taken again: the share is owed of other days, and days outside the post no longer count."""

    person: str
    unit: str
    year: int
    spans: tuple[Span, ...]
    base_days: int
    required_days: int
    required_were: int
    counted_days: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuotaDaysCounted:
    """A trip's days now are `days` (none: they were taken back); `total` counts each day of the year once."""

    person: str
    unit: str
    year: int
    trip: str
    days: tuple[date, ...]
    total: int
    total_was: int
    required_days: int


@dataclass(frozen=True, slots=True)
class QuotaFulfilled:
    """The days that are owed have been reached."""

    person: str
    unit: str
    year: int
    counted_days: int
    required_days: int


@dataclass(frozen=True, slots=True)
class QuotaFulfilmentLost:
    """A correction or a longer time in the post took a fulfilled quota back below what is owed."""

    person: str
    unit: str
    year: int
    counted_days: int
    required_days: int


@dataclass(frozen=True, slots=True)
class QuotaShortfallNoted:
    """At this pace, and with the trips that are approved, days will be lacking at the end; noted when it changes."""

    person: str
    unit: str
    year: int
    as_of: date
    counted_days: int
    required_days: int
    required_by_now: int
    forecast_days: int
    shortfall_days: int
    planned_days: int


@dataclass(frozen=True, slots=True)
class QuotaShortfallCleared:
    """No shortfall is foreseen any more."""

    person: str
    unit: str
    year: int
    as_of: date
    counted_days: int
    required_days: int
    forecast_days: int


@dataclass(frozen=True, slots=True)
class QuotaYearOpened:
    """The first quota of a year was opened: from now on the year's quotas are looked at each month."""

    year: int
    first_forecast_on: date


@dataclass(frozen=True, slots=True)
class QuotaForecastDue:
    """A month is over: the quotas are forecast from what had happened by the end of `as_of`."""

    year: int
    as_of: date
    next_on: date


@dataclass(frozen=True, slots=True)
class QuotaYearEnded:
    """The year is over; results of its last trips may still come in. Who is in a post owes the next year's quota."""

    year: int


QUOTA_EVENTS = (
    QuotaOpened,
    QuotaAdjusted,
    QuotaDaysCounted,
    QuotaFulfilled,
    QuotaFulfilmentLost,
    QuotaShortfallNoted,
    QuotaShortfallCleared,
)
QUOTA_YEAR_EVENTS = (QuotaYearOpened, QuotaForecastDue, QuotaYearEnded)
