"""What may be asked about the transfer of a lead (流转)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AskTransfer:
    """Ask a unit or group to take the lead over. The units and groups were found in the registry by the caller."""

    to_unit: str
    to_group: str
    share: Decimal
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class AcceptTransfer:
    """Take the lead over; given together with `MoveReport` to its investor's protections."""

    transfer: int
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class DeclineTransfer:
    transfer: int
    reason: str
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class WithdrawTransfer:
    transfer: int
    reason: str
    today: date
    by: str


TransferAnswer = AcceptTransfer | DeclineTransfer | WithdrawTransfer
TransferCommand = AskTransfer | TransferAnswer
