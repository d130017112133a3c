"""Commands to an escalation; all are the clock's or a reaction's. `at` is business time (UTC)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.notifier.domain.escalation.events import EscalationStep


@dataclass(frozen=True)
class ScheduleEscalation:
    """Something was missed; `steps` are the levels to come."""

    about: str
    obligation: str
    kind: str
    title_zh: str
    title_en: str
    group: str | None
    unit: str | None
    link: str
    due_at: datetime
    steps: tuple[EscalationStep, ...]


@dataclass(frozen=True)
class RaiseLevel:
    """The clock: a level is due. `to` are those whom it names, by the roster now."""

    at: datetime
    level: int
    to: tuple[str, ...]
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class ResolveEscalation:
    """What was owed is done by the event at `settled_by`."""

    at: datetime
    settled_by: str
