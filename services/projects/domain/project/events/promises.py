"""The ledger of promises (承诺台账): what government and enterprise owe one another, by when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.values import Quantity


class PromiseParty(StrEnum):
    """Who promised."""

    GOVERNMENT = "government"
    ENTERPRISE = "enterprise"


class PromiseKind(StrEnum):
    """What was promised: 用地 奖补 手续 of the government; 投资 强度 税收 时限 用工 of the enterprise."""

    LAND = "land"
    AWARD = "award"
    PROCEDURE = "procedure"
    INVESTMENT = "investment"
    INTENSITY = "intensity"
    TAX = "tax"
    SCHEDULE = "schedule"
    JOBS = "jobs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A promise was entered in the ledger. `promise` counts within the project: 1, 2, 3 …"""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    text: str
    due: date
    clause: str
    """Clause of the contract."""
    recorded_on: date
    recorded_by: str
    value: Quantity | None = None
    """The measurable value, in `unit`."""
    unit: str | None = None
    gate: int | None = None
    """Number of the collective decision (集体决策) on which a promise of the government rests."""
    basis_sha256: str | None = None
    """The document of its review or legal basis."""


@dataclass(frozen=True, slots=True)
class PromiseAmended:
    """A promise was changed, with the reason; what holds now, all of it."""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    text: str
    due: date
    due_was: date
    clause: str
    reason: str
    amended_on: date
    amended_by: str
    value: Quantity | None = None
    value_was: Quantity | None = None
    unit: str | None = None
    gate: int | None = None
    basis_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseFulfilled:
    """A promise was kept: on which day, on what evidence, and the value that was reached."""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    due: date
    fulfilled_on: date
    evidence_sha256: str
    recorded_on: date
    recorded_by: str
    value: Quantity | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseBroken:
    """A promise will not be kept, with the reason."""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    due: date
    broken_on: date
    reason: str
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class PromiseWithdrawn:
    """A promise was entered, or its end recorded, by mistake, or both parties let it go."""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    reason: str
    withdrawn_on: date
    withdrawn_by: str


@dataclass(frozen=True, slots=True)
class PromiseOverdue:
    """The due date of a promise passed without it being kept; said once for each due date."""

    promise: int
    party: PromiseParty
    kind: PromiseKind
    due: date
    overdue_on: date
    """The day after."""
    group: str
    unit: str
    """Who carries the project: the landing unit, before it the finder."""
