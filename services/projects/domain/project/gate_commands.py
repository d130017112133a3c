"""What may be asked of a project's gates before the contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.project.events.gates import Gate, GateOutcome


@dataclass(frozen=True, slots=True)
class RecordGate:
    """Record that a gate was held, and how it ended."""

    gate: Gate
    held_on: date
    body: str
    departments: tuple[str, ...]
    outcome: GateOutcome
    reference: str
    document_sha256: str
    today: date
    by: str
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class TakeGateBack:
    """Take back a gate that was recorded by mistake."""

    number: int
    reason: str
    today: date
    by: str


GateCommand = RecordGate | TakeGateBack
