"""What may be asked of the graph of referrals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Party


@dataclass(frozen=True, slots=True)
class RecordReferral:
    """Record who brought whom. With `from_lead` it comes from a registration, which is not refused because somebody
    else was recorded before as having brought the investor."""

    referrer: Party
    referred: Party
    today: date
    by: str
    lead: str | None = None
    note: str = ""
    from_lead: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawReferral:
    referral: int
    reason: str
    today: date
    by: str


ReferralCommand = RecordReferral | WithdrawReferral
