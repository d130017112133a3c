"""How many days are owed, and how many there will be."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from services.outreach.domain.quota.commands import WORKING_DAYS, QuotaRules
from services.outreach.domain.quota.events import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Forecast:
    """Days: counted so far, owed for the year, owed of the part of the post that is over, expected at the end."""

    as_of: date
    elapsed: int
    counted: int
    required: int
    required_by_now: int
    planned: int
    forecast: int

    @property
    def shortfall(self) -> int:
        """Days that will be lacking; 0 when none."""
        return max(0, self.required - self.forecast)


def base_days(spans: Iterable[Span], rules: QuotaRules) -> int:
    """The denominator: calendar days in the post, or its working days (setting `outreach.denominator`)."""
    if rules.denominator != WORKING_DAYS:
        return sum((one.until_date - one.from_date).days + 1 for one in spans)
    return sum(rules.calendar.working_days_between(one.from_date - _DAY, one.until_date) for one in spans if _some(one))


def required_days(spans: Iterable[Span], rules: QuotaRules) -> int:
    """三(一) 不少于四分之一时间: a share of the days in the post, rounded up, since less would be too few."""
    return math.ceil(rules.share * base_days(spans, rules))


def until(spans: Iterable[Span], day: date) -> tuple[Span, ...]:
    """The part of the spans up to and with a day."""
    cut = (Span(one.from_date, min(one.until_date, day)) for one in spans)
    return tuple(one for one in cut if _some(one))


def forecast(
    spans: tuple[Span, ...], counted: frozenset[date], planned: frozenset[date], as_of: date, rules: QuotaRules
) -> Forecast:
    """三(一): what a year will come to. Days of approved trips are taken as planned; on every other day still to come
    the head goes on at the pace of the days that are over. A day is taken once."""
    over = until(spans, as_of)
    elapsed = base_days(over, rules)
    done = frozenset(day for day in counted if day <= as_of)
    known = (planned | counted) - done
    ahead = frozenset(day for day in known if any(one.from_date <= day <= one.until_date for one in spans))
    left = base_days(spans, rules) - elapsed - sum(day > as_of for day in ahead)
    pace = Fraction(min(len(done), elapsed), elapsed) if elapsed else Fraction(0)
    expected = len(done) + len(ahead) + math.floor(pace * max(0, left))
    return Forecast(
        as_of=as_of,
        elapsed=elapsed,
        counted=len(done),
        required=required_days(spans, rules),
        required_by_now=required_days(over, rules),
        planned=len(ahead),
        forecast=expected,
    )


def _some(span: Span) -> bool:
    return span.from_date <= span.until_date
