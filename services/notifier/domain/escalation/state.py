"""What the rules need to remember of an escalation."""

from __future__ import annotations

from dataclasses import dataclass

from services.notifier.domain.escalation.events import EscalationScheduled, EscalationStep


@dataclass(frozen=True)
class Escalation:
    """What is overdue in one stream, such as a report. A directive may come here again after an extension."""

    current: EscalationScheduled | None = None
    """What is overdue now; None: nothing is."""
    steps: tuple[EscalationStep, ...] = ()
    """Levels still to come."""
    raised: int = 0
    settled: int = 0
    """Version of the last event of the obligation's stream that settled it."""
    known: frozenset[str] = frozenset()
    """Every miss that was ever scheduled here."""
