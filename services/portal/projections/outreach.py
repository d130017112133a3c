"""Trips, quotas and budgets."""

from __future__ import annotations

from typing import Any

from services.portal.tables import metadata
from services.portal.tables import outreach as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}


@_on("outreach.TripRequested")
def trip_requested(event: Recorded, rows: Changes) -> None:
    said = _of(
        event,
        *("traveller", "traveller_name", "unit", "kind", "purpose", "starts_on", "ends_on", "companions"),
        *("enterprises", "requested_by", "requested_on", "approval", "estimate"),
    )
    rows.put(
        t.trip,
        **said,
        group_id=event.data["group"],
        destinations=plain(event.data["destinations"]),
        state="requested",
        overdue=False,
        counted_days=[],
    )


@_on("outreach.TripApproved")
def trip_approved(event: Recorded, rows: Changes) -> None:
    rows.set(t.trip, state="approved", **_of(event, "approved_by", "result_due_on"))


@_on("outreach.TripRejected")
def trip_rejected(event: Recorded, rows: Changes) -> None:
    rows.set(t.trip, state="rejected", reason=event.data["reason"])


@_on("outreach.TripCancelled")
def trip_cancelled(event: Recorded, rows: Changes) -> None:
    rows.set(t.trip, state="cancelled", reason=event.data["reason"])


@_on("outreach.VisitRecorded")
def visit_recorded(event: Recorded, rows: Changes) -> None:
    said = _of(event, "visited_on", "enterprise", "place", "outside_city", "people_met", "roles", "summary", "lead")
    rows.put(t.visit, event.data["visit"], **said, withdrawn=False)


@_on("outreach.VisitWithdrawn")
def visit_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(t.visit, event.data["visit"], withdrawn=True)


@_on("outreach.TripResultOverdue")
def result_overdue(_: Recorded, rows: Changes) -> None:
    rows.set(t.trip, overdue=True)


@_on("outreach.TripCompleted")
def trip_completed(event: Recorded, rows: Changes) -> None:
    days = plain(event.data["counted_days"])
    rows.set(t.trip, state="completed", **_of(event, "result", "in_time", "filed_on"), counted_days=days)


@_on("outreach.TripCompletionCorrected")
def completion_corrected(event: Recorded, rows: Changes) -> None:
    rows.set(t.trip, result=event.data["result"], counted_days=plain(event.data["counted_days"]))


@_on("outreach.QuotaOpened")
def quota_opened(event: Recorded, rows: Changes) -> None:
    said = _of(event, "person", "name", "unit", "year", "from_date", "until_date", "required_days")
    rows.put(t.quota, **said, counted_days=0, fulfilled=False)


@_on("outreach.QuotaAdjusted")
def quota_adjusted(event: Recorded, rows: Changes) -> None:
    rows.set(t.quota, **_of(event, "required_days", "counted_days"))


@_on("outreach.QuotaDaysCounted")
def days_counted(event: Recorded, rows: Changes) -> None:
    rows.set(t.quota, counted_days=event.data["total"])


@_on("outreach.QuotaFulfilled", "outreach.QuotaFulfilmentLost")
def fulfilment_changed(event: Recorded, rows: Changes) -> None:
    rows.set(t.quota, fulfilled=event.name == "QuotaFulfilled")


@_on("outreach.QuotaShortfallNoted")
def shortfall_noted(event: Recorded, rows: Changes) -> None:
    rows.set(t.quota, **_of(event, "as_of", "required_by_now", "forecast_days", "shortfall_days"))


@_on("outreach.QuotaShortfallCleared")
def shortfall_cleared(event: Recorded, rows: Changes) -> None:
    rows.set(t.quota, **_of(event, "as_of", "forecast_days"), shortfall_days=None)


@_on("outreach.BudgetAllocated")
def budget_allocated(event: Recorded, rows: Changes) -> None:
    rows.put(t.budget, **_of(event, "fund", "unit", "year", "document_number"), allocated=event.data["amount"])


@_on("outreach.BudgetIncreased", "outreach.BudgetReduced")
def budget_changed(event: Recorded, rows: Changes) -> None:
    rows.set(t.budget, **_of(event, "allocated", "document_number"))


@_on("outreach.ExpenseCommitted")
def committed(event: Recorded, rows: Changes) -> None:
    said = _of(event, "unit", "purpose", "trip", "amount", "committed_on")
    rows.put(t.commitment, event.data["commitment"], **said, released=False)


@_on("outreach.CommitmentReleased")
def commitment_released(event: Recorded, rows: Changes) -> None:
    rows.set(t.commitment, event.data["commitment"], released=True, released_amount=event.data["released"])


@_on("outreach.ExpenseClaimed")
def expense_claimed(event: Recorded, rows: Changes) -> None:
    said = _of(event, "unit", "trip", "commitment", "kind", "purpose", "amount", "claimed_by", "claimed_on")
    claimed, breaches = event.data["amount"], plain(event.data["breaches"])
    rows.put(t.expense, event.data["expense"], **said, claimed=claimed, breaches=breaches, state="claimed")


@_on("outreach.ExpenseApproved")
def expense_approved(event: Recorded, rows: Changes) -> None:
    rows.set(t.expense, event.data["expense"], state="approved", **_of(event, "amount", "reason"))


@_on("outreach.ExpenseRejected")
def expense_rejected(event: Recorded, rows: Changes) -> None:
    rows.set(t.expense, event.data["expense"], state="rejected", **_of(event, "reason", "rule"))


@_on("outreach.ExpensePaid")
def expense_paid(event: Recorded, rows: Changes) -> None:
    rows.set(t.expense, event.data["expense"], state="paid", **_of(event, "voucher_number", "paid_on"))


@_on("outreach.ExpenseReversed")
def expense_reversed(event: Recorded, rows: Changes) -> None:
    rows.set(t.expense, event.data["expense"], state="reversed", reason=event.data["reason"])
