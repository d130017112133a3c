"""How each event changes a hearing."""

from __future__ import annotations

from dataclasses import replace

from services.reporting.domain.hearing.events import (
    BriefingPackPrepared,
    HearingHeld,
    HearingPostponed,
    HearingScheduled,
    MinutesApproved,
    MinutesDrafted,
    MinutesIssued,
    MinutesSentBack,
)
from services.reporting.domain.hearing.state import Hearing, HearingStatus


def evolve(state: Hearing, event: object) -> Hearing:
    """The hearing after the event."""
    match event:
        case HearingScheduled():
            return Hearing(
                status=HearingStatus.SCHEDULED,
                number=event.number,
                year=event.year,
                month=event.month,
                covers_from=event.covers_from,
                covers_until=event.covers_until,
                planned_on=event.planned_on,
                reporters=event.reporters,
            )
        case HearingPostponed(planned_on=day, covers_until=until):
            return replace(state, planned_on=day, covers_until=until)
        case BriefingPackPrepared(pack=number, sha256=digest, as_of=as_of):
            covered = state.covered or as_of >= state.covers_until
            return replace(state, pack=number, pack_sha256=digest, covered=covered)
        case HearingHeld(held_on=day):
            return replace(state, status=HearingStatus.HELD, held_on=day)
        case _:
            return _minutes(state, event)


def _minutes(state: Hearing, event: object) -> Hearing:
    match event:
        case MinutesDrafted(draft=number, sha256=digest, drafted_by=by):
            status = HearingStatus.MINUTES_DRAFTED
            return replace(state, status=status, draft=number, draft_sha256=digest, drafted_by=by)
        case MinutesSentBack():
            return replace(state, status=HearingStatus.HELD)
        case MinutesApproved(approved_by=by):
            return replace(state, status=HearingStatus.MINUTES_APPROVED, approved_by=by)
        case MinutesIssued():
            return replace(state, status=HearingStatus.MINUTES_ISSUED)
        case _:
            return state
