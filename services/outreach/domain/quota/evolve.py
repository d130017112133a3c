"""How each event changes a quota, and a year of quotas."""

from __future__ import annotations

from dataclasses import replace

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
from services.outreach.domain.quota.state import Quota, QuotaYear


def evolve(state: Quota, event: object) -> Quota:
    """The quota after the event."""
    match event:
        case QuotaOpened():
            spans = (Span(event.from_date, event.until_date),)
            return Quota(True, event.person, event.name, event.unit, event.year, spans, event.required_days)
        case QuotaAdjusted(spans=spans, required_days=required):
            return replace(state, spans=spans, required_days=required)
        case QuotaDaysCounted(trip=trip, days=days):
            return replace(state, trips={**state.trips, trip: frozenset(days)})
        case QuotaFulfilled():
            return replace(state, fulfilled=True)
        case QuotaFulfilmentLost():
            return replace(state, fulfilled=False)
        case QuotaShortfallNoted(shortfall_days=days):
            return replace(state, shortfall=days)
        case QuotaShortfallCleared():
            return replace(state, shortfall=0)
        case _:
            return state


def evolve_year(state: QuotaYear, event: object) -> QuotaYear:
    """The year after the event."""
    match event:
        case QuotaYearOpened(year=year, first_forecast_on=on):
            return QuotaYear(year, on)
        case QuotaForecastDue(next_on=on):
            return replace(state, next_on=on)
        case QuotaYearEnded():
            return replace(state, ended=True)
        case _:
            return state
