"""What outreach tells of principal heads' time outside, for the briefing pack."""

from __future__ import annotations

from services.reporting.tables import metadata, quota, trip
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

outreach_facts = Projections(metadata)
_on = outreach_facts.on


@_on("outreach.TripCompleted")
def trip_completed(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = {name: data[name] for name in ("traveller", "unit", "group")}
    rows.put(trip, **same, completed_at=event.meta.occurred_at, counted_days=len(data["counted_days"]))


@_on("outreach.TripCompletionCorrected")
def trip_corrected(event: Recorded, rows: Changes) -> None:
    rows.set(trip, counted_days=len(event.data["counted_days"]))


@_on("outreach.QuotaOpened")
def quota_opened(event: Recorded, rows: Changes) -> None:
    same = {name: event.data[name] for name in ("person", "name", "unit", "year")}
    rows.put(quota, **same, counted_days=0)


@_on("outreach.QuotaDaysCounted")
def quota_days_counted(event: Recorded, rows: Changes) -> None:
    rows.set(quota, counted_days=event.data["total"])


@_on("outreach.QuotaAdjusted")
def quota_adjusted(event: Recorded, rows: Changes) -> None:
    rows.set(quota, counted_days=event.data["counted_days"])


@_on("outreach.QuotaShortfallNoted")
def shortfall_noted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(quota, required_by_now=data["required_by_now"], shortfall_days=data["shortfall_days"])


@_on("outreach.QuotaShortfallCleared", "outreach.QuotaFulfilled")
def shortfall_cleared(_: Recorded, rows: Changes) -> None:
    rows.set(quota, required_by_now=None, shortfall_days=None)
