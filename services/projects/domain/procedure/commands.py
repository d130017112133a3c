"""What may be asked of a procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.terms import TermsRulebook
from services.projects.domain.values import Status
from sevenx.district.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class RequestProcedure:
    """Ask a department; `status` is the project's."""

    project: str
    group: str
    status: Status
    unit: str
    kind: str
    title: str
    rules: TermsRulebook
    calendar: WorkCalendar
    today: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AcceptProcedure:
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AskSupplement:
    materials: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class GiveSupplement:
    calendar: WorkCalendar
    today: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MovePromisedDate:
    promised_on: date
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class GrantProcedure:
    document_number: str
    sha256: str
    dated: date
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RefuseProcedure:
    reason: str
    document_number: str
    sha256: str
    dated: date
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class WithdrawProcedure:
    reason: str
    calendar: WorkCalendar
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class JudgeProcedure:
    """The clock's: whether it is overdue on a day."""

    today: date


ProcedureAnswer = AcceptProcedure | AskSupplement | MovePromisedDate | GrantProcedure | RefuseProcedure
"""What the department gives, and nobody for himself."""
ProcedureCommand = RequestProcedure | ProcedureAnswer | GiveSupplement | WithdrawProcedure | JudgeProcedure
