"""What may be asked of the graph of referrals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.values import Party


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A party with every key by which it may be meant: as it is named, and by the codes and names of the enterprise of
    the register that it is, with all that were found to be one with that."""

    name: str
    keys: frozenset[str]


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
    lead_investor: KnownParty | None = None
    """The investor of `lead`, where the referral does not come from its registration."""
    referred_keys: frozenset[str] = frozenset()
    """Every key by which the referred party may be meant, beside its own."""
    named: frozenset[str] = frozenset()
    """Keys of the parties that are named to the one who records it (三(二)); a refusal names no other."""


@dataclass(frozen=True, slots=True)
class WithdrawReferral:
    referral: int
    reason: str
    today: date
    by: str


ReferralCommand = RecordReferral | WithdrawReferral
