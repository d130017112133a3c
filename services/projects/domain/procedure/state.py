"""What the rules of procedures need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.procedure.events import ProcedureRequested


@dataclass(frozen=True, slots=True)
class Procedure:
    """A request, from asking to its outcome."""

    requested: ProcedureRequested | None = None
    promised_on: date = date.max
    accepted: bool = False
    stopped_since: date | None = None
    """Since when the clock stands still."""
    stopped_days: int = 0
    """Working days of the stops that are over."""
    overdue: bool = False
    done: bool = False
