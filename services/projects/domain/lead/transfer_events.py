"""A lead's way from one unit or group to another (流转)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.values import CreditPart
from sevenx.kernel.types import Ratio


class TransferOutcome(StrEnum):
    """Why a transfer that was asked for came to nothing."""

    DECLINED = "declined"
    """By the receiver."""
    WITHDRAWN = "withdrawn"
    """By those who had asked."""


@dataclass(frozen=True, slots=True)
class LeadTransferAsked:
    """流转: those who work on a lead ask another unit or group to take it over, and say which part of the credit goes
    with it."""

    transfer: int
    """Counts within the lead: 1, 2, 3 …"""
    from_unit: str
    from_group: str
    to_unit: str
    to_group: str
    share: Ratio
    """The receiver's part of the credit, 1 being the whole of what finder and group get."""
    reason: str
    asked_on: date
    asked_by: str


@dataclass(frozen=True, slots=True)
class LeadTransferred:
    """The receiver has taken the lead over: from now on it works on it, and both are credited."""

    transfer: int
    from_unit: str
    from_group: str
    to_unit: str
    to_group: str
    parts: tuple[CreditPart, ...]
    """Who has which part of the credit from now on; they sum to one."""
    accepted_on: date
    accepted_by: str


@dataclass(frozen=True, slots=True)
class LeadTransferEnded:
    """A transfer that was asked for came to nothing; the lead stays where it is."""

    transfer: int
    outcome: TransferOutcome
    reason: str
    ended_on: date
    ended_by: str


TRANSFER_EVENTS = (LeadTransferAsked, LeadTransferred, LeadTransferEnded)
