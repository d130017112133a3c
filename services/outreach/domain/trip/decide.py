"""What a trip answers to each command. The rules stand in `approval` and `visits`."""

from __future__ import annotations

from services.outreach.domain.trip import approval, visits
from services.outreach.domain.trip import commands as c
from services.outreach.domain.trip.state import Trip, TripStatus
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NO_TRIP = Rejection("no-such-trip", zh="没有该行程。", en="There is no such trip.", rule="三(一)", status=404)


def decide(command: object, state: Trip) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, c.RequestTrip):
        return approval.request(command, state)
    if state.status is TripStatus.NONE:
        return NO_TRIP
    match command:
        case c.ApproveTrip():
            return approval.approve(command, state)
        case c.RejectTrip():
            return approval.reject(command, state)
        case c.CancelTrip():
            return approval.cancel(command, state)
        case c.RecordVisit():
            return visits.record(command, state)
        case c.WithdrawVisit():
            return visits.withdraw(command, state)
        case c.FileResult():
            return visits.file_result(command, state)
        case c.NoteResultOverdue():
            return visits.note_overdue(command, state)
        case c.CorrectCompletion():
            return visits.correct(command, state)
    raise TypeError(f"not a command of a trip: {command!r}")
