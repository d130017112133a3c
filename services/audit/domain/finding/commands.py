"""Commands to a finding. `today` is the business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.audit.domain.finding.events import FindingRaised, Outcome


@dataclass(frozen=True, slots=True)
class RaiseFinding:
    """Raise what a rule found in the log."""

    finding: FindingRaised


@dataclass(frozen=True, slots=True)
class AnswerFinding:
    """A unit or group concerned explains itself."""

    today: date
    text: str
    unit: str | None
    sha256: str | None
    by: str


@dataclass(frozen=True, slots=True)
class ConcludeFinding:
    """Conclude. `concerned`: who concludes holds a post in a unit or group that the finding concerns."""

    today: date
    outcome: Outcome
    reason: str
    by: str
    concerned: bool
