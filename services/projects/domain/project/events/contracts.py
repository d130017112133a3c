"""What happens to a contract after its signature: amendments (补充协议) and extensions (增资)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Conversion, Stage
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class DateAmended:
    """Another agreed date of a stage; `was` is null where none had been agreed."""

    stage: Stage
    now: date
    was: date | None = None


@dataclass(frozen=True, slots=True)
class ContractAmended:
    """补充协议: the contract was amended. It is a fact of its own day and changes no figure of a period that is closed.
    `amount_was` and `amount` (yuan) are the amount in force before and after, the same where it stays."""

    amendment: int
    """Counts within the project: 1, 2, 3 …"""
    number: str
    title: str
    dated: date
    sha256: str
    reason: str
    recorded_on: date
    recorded_by: str
    amount_was: Money
    amount: Money
    content_was: str | None = None
    content: str | None = None
    """建设内容 from now on; null where it stays."""
    dates: tuple[DateAmended, ...] = ()
    conversion: Conversion | None = None
    """How the new amount was computed, if it is in another currency."""
    excess_note: str = ""
    """Why the funds recognised may stand above the amount in force."""
    gates: tuple[int, ...] = ()
    """Numbers of the gates on which a larger amount rests, where they are demanded."""


@dataclass(frozen=True, slots=True)
class ExtensionDeclared:
    """增资: the project extends another one and counts its increment alone («Projects», identity)."""

    base: str
    declared_on: date
    declared_by: str


@dataclass(frozen=True, slots=True)
class ExtensionAdded:
    """Another project extends this one."""

    extension: str
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class ExtensionWithdrawn:
    """The project was found to be one of its own."""

    base: str
    reason: str
    withdrawn_on: date
    withdrawn_by: str


@dataclass(frozen=True, slots=True)
class ExtensionRemoved:
    """The other project was found not to extend this one."""

    extension: str
    reason: str
    removed_on: date
    removed_by: str
