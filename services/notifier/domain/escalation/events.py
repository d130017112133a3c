"""What happens when something overdue is taken to the next levels (三(三): problems settled in time)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """A level and the instant at which it is due: the end of that many working days after the due day."""

    level: int
    working_days_after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EscalationScheduled:
    """Something was missed: unless it is done, the next levels are told one after the other. The days are the setting's
    as it stood."""

    about: str
    """Position of the event that says what was missed."""
    obligation: str
    """The stream of what is owed: a report or a directive."""
    kind: str
    """The entry of `data/notices.yaml`."""
    title_zh: str
    title_en: str
    group: str | None
    unit: str | None
    link: str
    due_at: datetime
    steps: tuple[EscalationStep, ...]


@dataclass(frozen=True, slots=True)
class EscalationRaised:
    """It was still not done when a level was due. Each level exactly once."""

    about: str
    level: int
    """1, 2 …"""
    to: tuple[str, ...]
    """Persons and offices whom this level names, as the roster stood."""
    reason_zh: str
    reason_en: str
    raised_for: datetime
    """When the level was due."""
    obligation: str
    kind: str
    group: str | None
    unit: str | None
    link: str
    next: EscalationStep | None
    """The next level; null after the last one."""


@dataclass(frozen=True, slots=True)
class EscalationResolved:
    """What had been missed was done, or no longer has to be; no further level is told."""

    about: str
    obligation: str
    settled_by: str
    """Position of the event that settled it."""
    resolved_at: datetime
    levels_raised: int


ESCALATION_EVENTS = (EscalationScheduled, EscalationRaised, EscalationResolved)
