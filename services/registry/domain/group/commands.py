"""What may be asked of a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.registry.domain.correction import RollBackImport
from services.registry.domain.handover import Handover

from .events import PlannedTarget


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Form a group of clause 一."""

    number: int
    zh: str
    en: str
    clause: str
    formed_on: date
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class AssignLeadUnit:
    """Make a unit a lead unit."""

    unit: str
    as_named: str
    industry: str | None
    effective: date


@dataclass(frozen=True, slots=True)
class WithdrawLeadUnit:
    """End a unit's part as a lead unit."""

    unit: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class AssignResponsibleUnit:
    """Make a unit a responsible unit."""

    unit: str
    as_named: str
    effective: date


@dataclass(frozen=True, slots=True)
class WithdrawResponsibleUnit:
    """End a unit's part as a responsible unit."""

    unit: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class AppointLeader:
    """Appoint the leader; a holder is released on the same day."""

    person: str
    name: str
    effective: date
    assumed: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseLeader:
    """Release the leader without a successor."""

    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class AppointDeputy:
    """Appoint the deputy; a holder is released on the same day."""

    person: str
    name: str
    effective: date
    assumed: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDeputy:
    """Release the deputy without a successor."""

    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class SetDuties:
    """Set the duties."""

    text: str
    items: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class DesignateLiaison:
    """Designate the group's one liaison; a holder is released on the same day."""

    person: str
    name: str
    effective: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AnnounceLiaisonEnd:
    """Announce that the liaison is to leave; without a day the announcement is withdrawn."""

    ends_on: date | None
    reason: str
    today: date


@dataclass(frozen=True, slots=True)
class HandOverLeader(Handover):
    """Hand the leader's post over."""


@dataclass(frozen=True, slots=True)
class HandOverDeputy(Handover):
    """Hand the deputy's post over."""


@dataclass(frozen=True, slots=True)
class HandOverLiaison(Handover):
    """Hand the liaison's post over."""


@dataclass(frozen=True, slots=True)
class AdoptAnnualPlan:
    """Record an approved version of the annual action plan. `drafted_by` is a fact: who drew it up."""

    year: int
    title: str
    document_sha256: str
    drafted_by: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class SetTarget:
    """Set a target of the year for the group, or a unit's part of it."""

    year: int
    indicator: str
    value: Decimal
    measure: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """Draft a version of the annual action plan. `by` is a fact: who drafts it."""

    year: int
    title: str
    document_sha256: str
    targets: tuple[PlannedTarget, ...]
    by: str
    today: date


@dataclass(frozen=True, slots=True)
class SubmitPlan:
    """Submit a draft for approval."""

    year: int
    version: int
    by: str
    today: date


@dataclass(frozen=True, slots=True)
class ApprovePlan:
    """Approve a submitted version."""

    year: int
    version: int
    by: str
    today: date


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """Return a submitted version."""

    year: int
    version: int
    by: str
    today: date
    reason: str


@dataclass(frozen=True, slots=True)
class AdoptPlan:
    """Make an approved version the plan of the year, with its targets."""

    year: int
    version: int
    by: str
    today: date


Command = (
    FormGroup
    | AssignLeadUnit
    | WithdrawLeadUnit
    | AssignResponsibleUnit
    | WithdrawResponsibleUnit
    | AppointLeader
    | ReleaseLeader
    | AppointDeputy
    | ReleaseDeputy
    | SetDuties
    | DesignateLiaison
    | AnnounceLiaisonEnd
    | HandOverLeader
    | HandOverDeputy
    | HandOverLiaison
    | AdoptAnnualPlan
    | SetTarget
    | DraftPlan
    | SubmitPlan
    | ApprovePlan
    | ReturnPlan
    | AdoptPlan
    | RollBackImport
)
