"""How each event changes a procedure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.procedure import events as e
from services.projects.domain.procedure.state import Procedure


def evolve(state: Procedure, event: Any) -> Procedure:
    """The procedure after the event; an event that it does not know leaves it as it is."""
    match event:
        case e.ProcedureRequested():
            return Procedure(event, event.promised_on)
        case e.ProcedureAccepted():
            return replace(state, accepted=True)
        case e.SupplementAsked():
            return replace(state, stopped_since=event.asked_on)
        case e.SupplementGiven():
            stopped = state.stopped_days + event.stopped_days
            return replace(state, stopped_since=None, stopped_days=stopped, promised_on=event.promised_on)
        case e.PromisedDateMoved():
            return replace(state, promised_on=event.promised_on)
        case e.ProcedureOverdue():
            return replace(state, overdue=True)
        case e.ProcedureGranted() | e.ProcedureRefused() | e.ProcedureWithdrawn():
            return replace(state, done=True)
        case _:
            return state
