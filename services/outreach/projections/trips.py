"""Trips, their visits, and the days that count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.outreach.domain.trip.state import TripStatus
from services.outreach.tables import deadline, metadata, trip, trip_day, visit
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

RESULT = "result"
"""Name of the deadline by which a trip's result is due."""

of_trips = Projections(metadata)


@of_trips.on("outreach.TripRequested")
def requested(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("traveller", "traveller_name", "unit", "group", "kind", "purpose", "destinations", "starts_on", "ends_on")
    also = ("companions", "enterprises", "approval", "requested_by", "requested_on", "abroad_document")
    cost = ("budget", "estimate")
    rows.put(
        trip,
        **{name: data[name] for name in (*same, *also, *cost)},
        status=TripStatus.REQUESTED,
        outside=any(one["outside_city"] for one in data["destinations"]),
        result_overdue=False,
        counted=0,
        corrected=False,
    )


@of_trips.on("outreach.TripApproved")
def approved(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        trip,
        status=TripStatus.APPROVED,
        decided_by=data["approved_by"],
        decided_on=data["approved_on"],
        result_due_on=data["result_due_on"],
        abroad_document=data["abroad_document"],
    )
    rows.put(deadline, RESULT, due_at=day_end(data["result_due_on"]))


@of_trips.on("outreach.TripRejected")
def rejected(event: Recorded, rows: Changes) -> None:
    data = event.data
    by, on = data["rejected_by"], data["rejected_on"]
    rows.set(trip, status=TripStatus.REJECTED, decided_by=by, decided_on=on, reason=data["reason"])


@of_trips.on("outreach.TripCancelled")
def cancelled(event: Recorded, rows: Changes) -> None:
    data = event.data
    by, on = data["cancelled_by"], data["cancelled_on"]
    rows.set(trip, status=TripStatus.CANCELLED, decided_by=by, decided_on=on, reason=data["reason"])
    rows.delete(deadline, RESULT)


@of_trips.on("outreach.VisitRecorded")
def visit_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("visited_on", "enterprise", "code", "place", "outside_city", "people_met", "roles", "summary", "lead")
    rows.put(visit, data["visit"], **{name: data[name] for name in (*names, "recorded_by")})


@of_trips.on("outreach.VisitWithdrawn")
def visit_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(visit, event.data["visit"], withdrawn=event.data["reason"])


@of_trips.on("outreach.TripResultOverdue")
def result_overdue(_: Recorded, rows: Changes) -> None:
    rows.set(trip, result_overdue=True)
    rows.delete(deadline, RESULT)


@of_trips.on("outreach.TripCompleted")
def completed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(
        trip,
        status=TripStatus.COMPLETED,
        result=data["result"],
        filed_on=data["filed_on"],
        in_time=data["in_time"],
        counted=len(data["counted_days"]),
    )
    rows.delete(deadline, RESULT)
    _count(rows, data["traveller"], data["counted_days"])


@of_trips.on("outreach.TripCompletionCorrected")
def corrected(event: Recorded, rows: Changes) -> None:
    data = event.data
    days = data["counted_days"]
    rows.set(trip, result=data["result"], counted=len(days), corrected=True, reason=data["reason"])
    for day in data["days_were"]:
        rows.delete(trip_day, day)
    _count(rows, data["traveller"], days)


def _count(rows: Changes, traveller: str, days: Iterable[date]) -> None:
    for day in days:
        rows.put(trip_day, day, traveller=traveller)
