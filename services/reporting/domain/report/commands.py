"""Commands to a report. `at` is business time (UTC); `by` is the id of the person who gives the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.reporting.domain.report.schedule import Schedule
from services.reporting.domain.report.values import CutMark, Figure, Indicator


@dataclass(frozen=True)
class OpenReport:
    """Let a group owe the report of a period. The units are the roster's."""

    at: datetime
    group: str
    schedule: Schedule
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]


@dataclass(frozen=True)
class Contribute:
    """A responsible unit's part of the report."""

    at: datetime
    by: str
    unit: str
    text: str


@dataclass(frozen=True)
class Claim:
    """What the liaison says of the month, where it differs from the figure of the events."""

    indicator: Indicator
    month: Decimal
    explanation: str = ""


@dataclass(frozen=True)
class DraftReport:
    """Draft the report. `figures` are the events' (the frozen ones take their place once there are any)."""

    at: datetime
    by: str
    narrative: str
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class ReviewReport:
    """A lead unit's head reviews the draft. `lead_units` are the group's by the roster now."""

    at: datetime
    by: str
    unit: str
    lead_units: tuple[str, ...]


@dataclass(frozen=True)
class SendBack:
    """A lead unit's head (for `unit`) or the group leader (`unit` None) sends the draft back."""

    at: datetime
    by: str
    reasons: tuple[str, ...]
    unit: str | None
    lead_units: tuple[str, ...]


@dataclass(frozen=True)
class DelegateSignOff:
    """The group leader lets another person sign off this report."""

    by: str
    delegate: str
    reason: str


@dataclass(frozen=True)
class SignOff:
    """The group leader (`as_leader`) or his delegate signs off."""

    at: datetime
    by: str
    as_leader: bool
    lead_units: tuple[str, ...]


@dataclass(frozen=True)
class AcceptReport:
    """The Commerce Bureau accepts."""

    by: str


@dataclass(frozen=True)
class ReturnReport:
    """The Commerce Bureau returns the report, with reasons."""

    by: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class JudgeDeadline:
    """The clock: the due time has come."""

    at: datetime


@dataclass(frozen=True)
class Remind:
    """The clock: a reminder has come due."""

    at: datetime


@dataclass(frozen=True)
class CloseContributions:
    """The clock: the internal date for contributions has come."""

    at: datetime


@dataclass(frozen=True)
class MoveDeadline:
    """A year's calendar was published: the dates by it."""

    at: datetime
    schedule: Schedule
    reason: str


@dataclass(frozen=True)
class FreezeFigures:
    """Every area has closed the period: its figures, and the markers that say so."""

    figures: tuple[Figure, ...]
    cut: tuple[CutMark, ...]


@dataclass(frozen=True)
class Correction:
    """What a closed month's figure should be."""

    indicator: Indicator
    month: Decimal


@dataclass(frozen=True)
class RestateReport:
    """Correct a closed month's figures in the open; `basis` are positions of the correcting events."""

    by: str
    reason: str
    basis: tuple[str, ...]
    corrections: tuple[Correction, ...]
