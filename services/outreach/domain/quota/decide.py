"""What a quota, and a year of quotas, answers to each command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.outreach.domain.quota import commands as c
from services.outreach.domain.quota.events import (
    QuotaAdjusted,
    QuotaDaysCounted,
    QuotaForecastDue,
    QuotaFulfilled,
    QuotaFulfilmentLost,
    QuotaOpened,
    QuotaShortfallCleared,
    QuotaShortfallNoted,
    QuotaYearEnded,
    QuotaYearOpened,
    Span,
)
from services.outreach.domain.quota.forecast import base_days, forecast, required_days, until
from services.outreach.domain.quota.state import Quota, QuotaYear
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(一)"
_DAY = timedelta(days=1)

NO_QUOTA = Rejection(
    "no-such-quota",
    zh="该同志在该单位当年没有外出招商任务。",
    en="Nothing is owed by this person for this unit and year.",
    rule=CLAUSE,
    status=404,
)


def decide(command: object, state: Quota) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, c.OpenQuota):
        return take_again(command, state) if state.opened else open_quota(command)
    if not state.opened:
        return NO_QUOTA
    match command:
        case c.LeavePost():
            return leave(command, state)
        case c.CountDays():
            return count(command, state)
        case c.ReviewQuota():
            return review(command, state)
    raise TypeError(f"not a command of a quota: {command!r}")


def open_quota(command: c.OpenQuota) -> Decision:
    """三(一): whoever heads a sub-district or a department owes a share of the days of the year in the post."""
    whole = Span(date(command.year, 1, 1), date(command.year, 12, 31))
    span = Span(max(command.from_date, whole.from_date), min(command.until_date, whole.until_date))
    if span.from_date > span.until_date:
        return []
    return [
        QuotaOpened(
            person=command.person,
            name=command.name,
            unit=command.unit,
            year=command.year,
            from_date=span.from_date,
            until_date=span.until_date,
            share=round(Decimal(command.rules.share.numerator) / command.rules.share.denominator, 6),
            denominator=command.rules.denominator,
            base_days=base_days([span], command.rules),
            required_days=required_days([span], command.rules),
        )
    ]


def take_again(command: c.OpenQuota, state: Quota) -> Decision:
    """A post taken again in the same year: what is owed grows by the days from then on."""
    begins = max(command.from_date, date(state.year, 1, 1))
    if any(one.until_date >= begins for one in state.spans):
        return []
    added = Span(begins, min(command.until_date, date(state.year, 12, 31)))
    return _adjusted(state, (*state.spans, added), "taken again", command.rules) if begins <= added.until_date else []


def leave(command: c.LeavePost, state: Quota) -> Decision:
    """三(一), prorated: a post left during the year owes its share of the days until then."""
    spans = until(state.spans, command.effective - _DAY)
    return [] if spans == state.spans else _adjusted(state, spans, command.reason, command.rules)


def _adjusted(state: Quota, spans: tuple[Span, ...], reason: str, rules: c.QuotaRules) -> Decision:
    required = required_days(spans, rules)
    counted = len(state.days(spans))
    adjusted = QuotaAdjusted(
        person=state.person,
        unit=state.unit,
        year=state.year,
        spans=spans,
        base_days=base_days(spans, rules),
        required_days=required,
        required_were=state.required_days,
        counted_days=counted,
        reason=reason,
    )
    return [adjusted, *_fulfilment(state, counted, required)]


def count(command: c.CountDays, state: Quota) -> Decision:
    """三(一): overlaps once: a day that two trips share stays counted while one of them has it. Days of another year
    are not this quota's."""
    days = frozenset(day for day in command.days if day.year == state.year)
    if days == state.trips.get(command.trip, frozenset()):
        return []
    total = len(replace(state, trips={**state.trips, command.trip: days}).days())
    counted = QuotaDaysCounted(
        person=state.person,
        unit=state.unit,
        year=state.year,
        trip=command.trip,
        days=tuple(sorted(days)),
        total=total,
        total_was=len(state.days()),
        required_days=state.required_days,
    )
    return [counted, *_fulfilment(state, total, state.required_days)]


def _fulfilment(state: Quota, counted: int, required: int) -> list[Any]:
    """三(一): fulfilled once; a correction may take it back, and then it can be reached anew."""
    reached = 0 < required <= counted
    if reached is state.fulfilled:
        return []
    event = QuotaFulfilled if reached else QuotaFulfilmentLost
    return [event(state.person, state.unit, state.year, counted, required)]


def review(command: c.ReviewQuota, state: Quota) -> Decision:
    """三(一): a shortfall is foreseen long before the year ends; it is noted when it changes, not month by month."""
    seen = forecast(state.spans, state.days(), command.planned, command.as_of, command.rules)
    too_early = seen.elapsed < command.least_days and not state.shortfall
    if too_early or seen.shortfall == state.shortfall:
        return []
    if not seen.shortfall:
        return [
            QuotaShortfallCleared(
                state.person, state.unit, state.year, seen.as_of, seen.counted, seen.required, seen.forecast
            )
        ]
    return [
        QuotaShortfallNoted(
            person=state.person,
            unit=state.unit,
            year=state.year,
            as_of=seen.as_of,
            counted_days=seen.counted,
            required_days=seen.required,
            required_by_now=seen.required_by_now,
            forecast_days=seen.forecast,
            shortfall_days=seen.shortfall,
            planned_days=seen.planned,
        )
    ]


def decide_year(command: object, state: QuotaYear) -> Decision:
    """The year's own clock: opened once, a forecast at each month's end, ended once."""
    match command:
        case c.OpenQuotaYear(year=year, today=today):
            first = max(_month_after(date(year, 1, 1)), _month_after(today))
            return [] if state.year else [QuotaYearOpened(year, min(first, date(year + 1, 1, 1)))]
        case c.MakeForecast(on=on):
            return _forecast_due(on, state)
    raise TypeError(f"not a command of a year of quotas: {command!r}")


def _forecast_due(on: date, state: QuotaYear) -> Decision:
    if not state.year or state.ended or on < state.next_on:
        return []
    due = QuotaForecastDue(state.year, state.next_on - _DAY, _month_after(state.next_on))
    return [due, QuotaYearEnded(state.year)] if state.next_on.year > state.year else [due]


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
