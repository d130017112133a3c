"""Commands to a budget. `by` is the person who gives the command, `today` the business date; amounts are in yuan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.outreach.domain.budget.events import Reception, Travel
from services.outreach.domain.rulebook import CompanionLimit, ExpenseRulebook
from services.outreach.domain.values import ExpenseKind, Fund


@dataclass(frozen=True)
class AllocateBudget:
    """The Finance Bureau allocates a fund for a year."""

    by: str
    today: date
    fund: Fund
    unit: str | None
    year: int
    amount: Decimal
    document_number: str


@dataclass(frozen=True)
class IncreaseBudget:
    """Allocate more."""

    by: str
    today: date
    amount: Decimal
    document_number: str
    reason: str


@dataclass(frozen=True)
class ReduceBudget:
    """Take back some of what is available."""

    by: str
    today: date
    amount: Decimal
    document_number: str
    reason: str


@dataclass(frozen=True)
class CommitExpense:
    """Set money aside, for a trip as it is approved or for an activity."""

    by: str
    today: date
    unit: str
    purpose: str
    amount: Decimal
    trip: str | None = None


@dataclass(frozen=True)
class ReleaseCommitment:
    """Free what was set aside and not claimed."""

    by: str
    today: date
    commitment: int
    reason: str


@dataclass(frozen=True)
class ReleaseTrip:
    """Free what was set aside for a trip that does not take place."""

    by: str
    today: date
    trip: str
    reason: str


@dataclass(frozen=True)
class TripOfClaim:
    """What a claim needs to know of its trip."""

    approved: bool
    unit: str | None
    days: int
    people: int
    abroad_document: str | None


@dataclass(frozen=True)
class ClaimExpense:
    """Claim an expense under the rulebook. `trip_facts` are those of `trip`, None where there is none."""

    by: str
    today: date
    unit: str
    kind: ExpenseKind
    purpose: str
    amount: Decimal
    rulebook: ExpenseRulebook
    companion_limit: CompanionLimit
    trip: str | None = None
    trip_facts: TripOfClaim | None = None
    commitment: int | None = None
    reception: Reception | None = None
    travel: Travel | None = None


@dataclass(frozen=True)
class ApproveExpense:
    """Approve a claim, all of it or less; a breach is allowed only with a reason."""

    by: str
    today: date
    expense: int
    amount: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class RejectExpense:
    """Reject a claim."""

    by: str
    today: date
    expense: int
    reason: str
    rule: str | None = None


@dataclass(frozen=True)
class PayExpense:
    """Record that an approved expense was paid outside the system."""

    by: str
    today: date
    expense: int
    amount: Decimal
    voucher_number: str
    paid_on: date


@dataclass(frozen=True)
class ReverseExpense:
    """Take back an approved or paid expense."""

    by: str
    today: date
    expense: int
    reason: str
