"""What may be asked of a signed contract: amendments, and whether a project is the extension of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.projects.domain.exchange import NO_EXCHANGE, Exchange
from services.projects.domain.gates_rulebook import GatesRulebook
from services.projects.domain.values import Conversion, Stage


@dataclass(frozen=True, slots=True)
class AmendContract:
    """Record a supplementary agreement. What is None or empty stays as it is. `gates_from` is the day from which on the
    district demands gates before a contract; None as long as it does not."""

    number: str
    title: str
    dated: date
    sha256: str
    reason: str
    gates: GatesRulebook
    gates_from: date | None
    today: date
    by: str
    amount: Decimal | None = None
    conversion: Conversion | None = None
    content: str | None = None
    dates: tuple[tuple[Stage, date], ...] = ()
    excess_note: str = ""
    exchange: Exchange = NO_EXCHANGE


@dataclass(frozen=True, slots=True)
class DeclareExtension:
    """Say of an unsigned project that it extends another; given together with `AddExtension` to that one."""

    project: str
    base: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AddExtension:
    """The base project's part of it."""

    extension: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class WithdrawExtension:
    """Take back, before the signature, that a project extends another; given together with `RemoveExtension`."""

    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class RemoveExtension:
    """The base project's part of it."""

    extension: str
    reason: str
    today: date
    by: str


ExtensionCommand = DeclareExtension | AddExtension | WithdrawExtension | RemoveExtension
ContractCommand = AmendContract | ExtensionCommand
