"""What may happen to a procedure (手续办理): a project's request to a responsible department, with a promised date and
an outcome (clauses 二(二) and 三(二))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProcedureRequested:
    """A project asked a department for an approval or service. `kind` is one of the rulebook's."""

    project: str
    group: str
    unit: str
    """Who is to answer."""
    kind: str
    title: str
    note: str
    working_days: int
    """Within how many working days, by the rulebook."""
    promised_on: date
    rulebook: str
    requested_by: str
    requested_on: date


@dataclass(frozen=True, slots=True)
class ProcedureAccepted:
    """The department has accepted the request (受理)."""

    project: str
    group: str
    unit: str
    title: str
    requested_by: str
    stopped: bool
    """Whether the clock stands still at the time."""
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """Material is lacking: the clock stands still until it is given (补正)."""

    project: str
    group: str
    unit: str
    title: str
    materials: str
    requested_by: str
    asked_by: str
    asked_on: date


@dataclass(frozen=True, slots=True)
class SupplementGiven:
    """The material was given; the promised date moves by the working days for which the clock stood still."""

    project: str
    group: str
    unit: str
    title: str
    note: str
    stopped_days: int
    previous: date
    promised_on: date
    accepted: bool
    """Whether the request had been accepted before."""
    given_by: str
    given_on: date


@dataclass(frozen=True, slots=True)
class PromisedDateMoved:
    """Another promised date was agreed, with the reason."""

    project: str
    group: str
    unit: str
    title: str
    previous: date
    promised_on: date
    reason: str
    requested_by: str
    moved_by: str
    moved_on: date


@dataclass(frozen=True, slots=True)
class ProcedureGranted:
    """The approval was given. `working_days` were used, without those for which the clock stood still."""

    project: str
    group: str
    unit: str
    kind: str
    title: str
    document_number: str
    sha256: str
    dated: date
    working_days: int
    late: bool
    requested_by: str
    granted_by: str
    granted_on: date


@dataclass(frozen=True, slots=True)
class ProcedureRefused:
    """The approval was refused, with the reason."""

    project: str
    group: str
    unit: str
    kind: str
    title: str
    reason: str
    document_number: str
    sha256: str
    dated: date
    working_days: int
    late: bool
    requested_by: str
    refused_by: str
    refused_on: date


@dataclass(frozen=True, slots=True)
class ProcedureWithdrawn:
    """The request was taken back, with the reason."""

    project: str
    group: str
    unit: str
    kind: str
    title: str
    reason: str
    working_days: int
    withdrawn_by: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True)
class ProcedureOverdue:
    """The promised date has passed without an outcome. Stated once."""

    project: str
    group: str
    unit: str
    kind: str
    title: str
    promised_on: date
    requested_by: str
    overdue_on: date


PROCEDURE_EVENTS = (
    ProcedureRequested,
    ProcedureAccepted,
    SupplementAsked,
    SupplementGiven,
    PromisedDateMoved,
    ProcedureGranted,
    ProcedureRefused,
    ProcedureWithdrawn,
    ProcedureOverdue,
)
