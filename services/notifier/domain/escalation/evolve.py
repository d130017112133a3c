"""How each event changes an escalation."""

from __future__ import annotations

from dataclasses import replace

from services.notifier.domain.escalation.events import EscalationRaised, EscalationResolved, EscalationScheduled
from services.notifier.domain.escalation.state import Escalation


def version_of(position: str) -> int:
    """The version in `area/stream@version`."""
    return int(position.rpartition("@")[2])


def evolve(state: Escalation, event: object) -> Escalation:
    """The escalation after the event."""
    match event:
        case EscalationScheduled(about=about, steps=steps):
            return replace(state, current=event, steps=steps, raised=0, known=state.known | {about})
        case EscalationRaised(level=level):
            left = tuple(step for step in state.steps if step.level > level)
            return replace(state, steps=left, raised=state.raised + 1)
        case EscalationResolved(settled_by=by):
            return replace(state, current=None, steps=(), settled=max(state.settled, version_of(by)))
        case _:
            return state
