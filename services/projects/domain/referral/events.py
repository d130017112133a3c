"""What may happen to referrals (以企引企、以商招商): who brought whom. One stream holds a district's whole
graph, so that no two of them can close a circle at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Party


@dataclass(frozen=True, slots=True)
class ReferralRecorded:
    """An enterprise or body brought an investor (clause 二(三)). `referral` counts within the district."""

    referral: int
    referrer: Party
    referred: Party
    referrer_key: str
    """By what two mentions are one party: the credit code, or `n-` and a hash of the name."""
    referred_key: str
    recorded_by: str
    recorded_on: date
    lead: str | None = None
    """The lead that tells of it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferralWithdrawn:
    """A referral was recorded by mistake; it no longer counts and stays on record."""

    referral: int
    referrer_key: str
    referred_key: str
    reason: str
    withdrawn_by: str
    withdrawn_on: date


REFERRAL_EVENTS = (ReferralRecorded, ReferralWithdrawn)
