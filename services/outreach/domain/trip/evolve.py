"""How each event changes a trip."""

from __future__ import annotations

from dataclasses import replace

from services.outreach.domain.trip.events import (
    TripApproved,
    TripCancelled,
    TripCompleted,
    TripCompletionCorrected,
    TripRejected,
    TripRequested,
    TripResultOverdue,
    VisitRecorded,
    VisitWithdrawn,
)
from services.outreach.domain.trip.state import Trip, TripStatus, Visit


def evolve(state: Trip, event: object) -> Trip:
    """The trip after the event."""
    match event:
        case TripRequested():
            return _requested(event)
        case TripApproved(result_due_on=due_on, abroad_document=document):
            return replace(state, status=TripStatus.APPROVED, result_due_on=due_on, abroad_document=document)
        case TripRejected():
            return replace(state, status=TripStatus.REJECTED)
        case TripCancelled():
            return replace(state, status=TripStatus.CANCELLED)
        case VisitRecorded(visit=number):
            visit = Visit(event.visited_on, event.enterprise, event.outside_city)
            return replace(state, visits={**state.visits, number: visit}, last_visit=number)
        case VisitWithdrawn(visit=number):
            return replace(state, visits={n: one for n, one in state.visits.items() if n != number})
        case TripResultOverdue():
            return replace(state, result_overdue=True)
        case TripCompleted():
            return replace(
                state,
                status=TripStatus.COMPLETED,
                result=event.result,
                filed_by=event.filed_by,
                in_time=event.in_time,
                rules=event.rules,
                counted_days=event.counted_days,
            )
        case TripCompletionCorrected(result=result, excluded_days=excluded, counted_days=days):
            return replace(state, result=result, excluded_days=excluded, counted_days=days)
        case _:
            return state


def _requested(event: TripRequested) -> Trip:
    return Trip(
        status=TripStatus.REQUESTED,
        traveller=event.traveller,
        unit=event.unit,
        group=event.group,
        kind=event.kind,
        destinations=event.destinations,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        companions=event.companions,
        requested_by=event.requested_by,
        approval=event.approval,
        abroad_document=event.abroad_document,
        budget=event.budget,
        estimate=event.estimate,
    )
