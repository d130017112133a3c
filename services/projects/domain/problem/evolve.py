"""How each event changes a problem."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.problem import events as e
from services.projects.domain.problem.state import ProblemState


def evolve(state: ProblemState, event: Any) -> ProblemState:
    """The problem after the event; an event that it does not know leaves it as it is."""
    match event:
        case e.ProblemRaised():
            return ProblemState(event, event.owner, promised_on=event.promised_on, open_since=event.raised_on)
        case e.ProblemHandled():
            return replace(state, steps=event.step)
        case e.ProblemEscalated():
            return replace(state, steps=event.step, level=event.to_level)
        case e.ProblemReturned():
            return replace(state, steps=event.step, level=event.to_level, owner=event.owner)
        case e.ProblemClosed():
            return replace(state, closed=True, used_days=event.working_days)
        case e.ProblemReopened():
            again = replace(state, closed=False, overdue=False)
            return replace(again, promised_on=event.promised_on, open_since=event.reopened_on)
        case e.ProblemOverdue():
            return replace(state, overdue=True)
        case _:
            return state
