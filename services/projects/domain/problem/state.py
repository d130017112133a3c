"""What the rules of problems need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.problem.events import Level, ProblemRaised


@dataclass(frozen=True, slots=True)
class ProblemState:
    """A problem, from raising to closing."""

    raised: ProblemRaised | None = None
    owner: str = ""
    level: Level = Level.GROUP
    promised_on: date = date.max
    open_since: date = date.min
    used_days: int = 0
    """Working days of the times that are over."""
    steps: int = 0
    overdue: bool = False
    closed: bool = False
