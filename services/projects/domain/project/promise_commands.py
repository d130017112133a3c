"""What may be asked of a project's ledger of promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.project.events.promises import PromiseKind, PromiseParty


@dataclass(frozen=True, slots=True)
class MakePromise:
    """Enter a promise in the ledger."""

    party: PromiseParty
    kind: PromiseKind
    text: str
    due: date
    clause: str
    today: date
    by: str
    value: Decimal | None = None
    unit: str | None = None
    basis_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class AmendPromise:
    """Change a promise; what is None stays as it is."""

    promise: int
    reason: str
    today: date
    by: str
    text: str | None = None
    due: date | None = None
    clause: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    basis_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FulfilPromise:
    promise: int
    fulfilled_on: date
    evidence_sha256: str
    today: date
    by: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BreakPromise:
    promise: int
    broken_on: date
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class WithdrawPromise:
    promise: int
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class JudgePromises:
    """By the clock: state which promises are overdue as of `on`."""

    on: date


PromiseCommand = MakePromise | AmendPromise | FulfilPromise | BreakPromise | WithdrawPromise
