"""What happens to a budget (三(四)). Amounts are in yuan; the system records payments and pays nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.outreach.domain.values import ExpenseKind, Fund, Paper, RuleBreach
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A document behind a claim: its number or name, and the SHA-256 of the file where there is one."""

    kind: Paper
    reference: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """A reception as it is claimed: who was received is told by body and count, never by a person's name."""

    held_on: date
    place: str
    guests_from: str
    guests: int
    companions: int
    meals: int
    meal_amount: Money
    alcohol: bool
    tobacco: bool
    papers: tuple[FiledPaper, ...]


@dataclass(frozen=True, slots=True)
class Travel:
    """A journey as it is claimed, for all who travelled. `fares` are those between places."""

    place: str
    abroad: bool
    people: int
    nights: int
    days: int
    lodging: Money
    meals: Money
    local_transport: Money
    fares: Money


@dataclass(frozen=True, slots=True)
class BudgetAllocated:
    """The Finance Bureau allocates a fund for a year; `document_number` is the 指标文号."""

    fund: Fund
    unit: str | None
    year: int
    amount: Money
    document_number: str
    allocated_by: str
    allocated_on: date


@dataclass(frozen=True, slots=True)
class BudgetIncreased:
    """More is allocated."""

    amount: Money
    allocated: Money
    document_number: str
    reason: str
    increased_by: str
    increased_on: date


@dataclass(frozen=True, slots=True)
class BudgetReduced:
    """Some of what is still available is taken back."""

    amount: Money
    allocated: Money
    document_number: str
    reason: str
    reduced_by: str
    reduced_on: date


@dataclass(frozen=True, slots=True)
class ExpenseCommitted:
    """Money is set aside for an approved trip or activity."""

    commitment: int
    unit: str
    purpose: str
    trip: str | None
    amount: Money
    available: Money
    """What is left of the budget after it."""
    committed_by: str
    committed_on: date


@dataclass(frozen=True, slots=True)
class CommitmentReleased:
    """What was set aside and not claimed is free again."""

    commitment: int
    trip: str | None
    released: Money
    available: Money
    reason: str
    released_by: str
    released_on: date


@dataclass(frozen=True, slots=True)
class ExpenseClaimed:
    """An expense is claimed. `breaches` are rules that it does not keep and that an approval of the district may
    still allow; a claim that breaks a stricter rule is refused."""

    expense: int
    unit: str
    trip: str | None
    commitment: int | None
    kind: ExpenseKind
    purpose: str
    amount: Money
    available: Money
    claimed_by: str
    claimed_on: date
    breaches: tuple[RuleBreach, ...]
    rulebook: str
    reception: Reception | None = None
    travel: Travel | None = None


@dataclass(frozen=True, slots=True)
class ExpenseApproved:
    """The superior approves, all or a part; breaches only with a reason."""

    expense: int
    amount: Money
    claimed: Money
    reason: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class ExpenseRejected:
    """The claim is rejected; `rule` is the rule of the rulebook that it breaks, where it is one."""

    expense: int
    unit: str
    amount: Money
    reason: str
    rule: str | None
    claimed_by: str
    rejected_by: str
    rejected_on: date


@dataclass(frozen=True, slots=True)
class ExpensePaid:
    """The Finance Bureau has paid outside the system; `voucher_number` is the 支付凭证号."""

    expense: int
    unit: str
    amount: Money
    voucher_number: str
    paid_on: date
    recorded_by: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class ExpenseReversed:
    """An approved or paid expense is taken back, and its money is available again."""

    expense: int
    unit: str
    amount: Money
    was_paid: bool
    voucher_number: str | None
    reason: str
    reversed_by: str
    reversed_on: date


BUDGET_EVENTS = (
    BudgetAllocated,
    BudgetIncreased,
    BudgetReduced,
    ExpenseCommitted,
    CommitmentReleased,
    ExpenseClaimed,
    ExpenseApproved,
    ExpenseRejected,
    ExpensePaid,
    ExpenseReversed,
)
