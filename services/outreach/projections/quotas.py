"""Quotas of principal heads, and the forecast that is due next."""

from __future__ import annotations

from datetime import date

from services.outreach.tables import deadline, metadata, quota
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

FORECAST = "forecast"
"""Name of the deadline at which the quotas of a year are looked at."""

of_quotas = Projections(metadata)


@of_quotas.on("outreach.QuotaOpened")
def opened(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("person", "name", "unit", "year", "base_days", "required_days")
    rows.put(
        quota,
        **{name: data[name] for name in names},
        spans=[_span(data["from_date"], data["until_date"])],
        counted_days=0,
        fulfilled=False,
        shortfall_days=0,
    )


@of_quotas.on("outreach.QuotaAdjusted")
def adjusted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        quota,
        spans=[_span(one["from_date"], one["until_date"]) for one in data["spans"]],
        base_days=data["base_days"],
        required_days=data["required_days"],
        counted_days=data["counted_days"],
    )


@of_quotas.on("outreach.QuotaDaysCounted")
def counted(event: Recorded, rows: Changes) -> None:
    rows.set(quota, counted_days=event.data["total"])


@of_quotas.on("outreach.QuotaFulfilled")
def fulfilled(_: Recorded, rows: Changes) -> None:
    rows.set(quota, fulfilled=True)


@of_quotas.on("outreach.QuotaFulfilmentLost")
def fulfilment_lost(_: Recorded, rows: Changes) -> None:
    rows.set(quota, fulfilled=False)


@of_quotas.on("outreach.QuotaShortfallNoted")
def shortfall_noted(event: Recorded, rows: Changes) -> None:
    rows.set(quota, shortfall_days=event.data["shortfall_days"], noted_on=event.data["as_of"])


@of_quotas.on("outreach.QuotaShortfallCleared")
def shortfall_cleared(event: Recorded, rows: Changes) -> None:
    rows.set(quota, shortfall_days=0, noted_on=event.data["as_of"])


@of_quotas.on("outreach.QuotaYearOpened")
def year_opened(event: Recorded, rows: Changes) -> None:
    _next(rows, event.data["first_forecast_on"])


@of_quotas.on("outreach.QuotaForecastDue")
def forecast_due(event: Recorded, rows: Changes) -> None:
    _next(rows, event.data["next_on"])


@of_quotas.on("outreach.QuotaYearEnded")
def year_ended(_: Recorded, rows: Changes) -> None:
    rows.delete(deadline, FORECAST)


def _next(rows: Changes, on: date) -> None:
    """At 00:00 of the day, which is 24:00 of the day before."""
    rows.put(deadline, FORECAST, due_at=day_end(date.fromordinal(on.toordinal() - 1)))


def _span(first: date, last: date) -> list[str]:
    return [first.isoformat(), last.isoformat()]
