"""What a lead's rules need to know of its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.lead.events import LeadRegistered
from services.projects.domain.lead.transfer_events import LeadTransferAsked
from services.projects.domain.values import CreditPart


class LeadStatus(StrEnum):
    """Where a lead stands."""

    NONE = "none"
    REGISTERED = "registered"
    QUALIFIED = "qualified"
    CLOSED = "closed"
    CONVERTED = "converted"


LEAD_STATUS_ZH = dict(zip(LeadStatus, ("未登记", "已登记", "已研判", "已关闭", "已转项目"), strict=True))


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead: where it stands, what was registered, and the project that it became."""

    status: LeadStatus = LeadStatus.NONE
    registered: LeadRegistered | None = None
    project: str | None = None
    talks: int = 0
    talked_on: date | None = None
    """The day of the latest talk."""
    enterprise: str | None = None
    """Which enterprise of the register its investor is."""
    unit: str = ""
    """Who works on it: who found it, or to whom it was transferred."""
    group: str = ""
    transfers: int = 0
    asked: LeadTransferAsked | None = None
    """The transfer that awaits its receiver's answer."""
    parts: tuple[CreditPart, ...] = ()
    """Who has which part of the credit; the last one works on it."""
