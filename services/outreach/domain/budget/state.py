"""What the rules need to remember of a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from services.outreach.domain.values import Fund

_ZERO = Decimal(0)


class ExpenseState(StrEnum):
    """Where an expense stands."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    PAID = "paid"
    REJECTED = "rejected"
    REVERSED = "reversed"


EXPENSE_ZH = dict(zip(ExpenseState, ("待审批", "已审批", "已支付", "已驳回", "已冲销"), strict=True))
BINDING = (ExpenseState.CLAIMED, ExpenseState.APPROVED, ExpenseState.PAID)


@dataclass(frozen=True)
class Commitment:
    """Money set aside; once released it holds no more than what was claimed of it."""

    amount: Decimal
    unit: str
    trip: str | None = None
    released: bool = False


@dataclass(frozen=True)
class Expense:
    """One expense as it now stands; `amount` is what was claimed, then approved, then paid."""

    amount: Decimal
    unit: str
    claimed_by: str
    commitment: int | None = None
    state: ExpenseState = ExpenseState.CLAIMED
    trip: str | None = None
    days: int = 0
    """Of a journey: days and nights, each for every person."""
    nights: int = 0
    breaches: tuple[str, ...] = ()
    approved_by: str = ""
    voucher_number: str | None = None

    @property
    def bound(self) -> Decimal:
        """What it takes of the budget."""
        return self.amount if self.state in BINDING else _ZERO


@dataclass(frozen=True)
class Budget:
    """One fund of one unit (or of the district) for one year."""

    opened: bool = False
    fund: Fund = Fund.OWN
    unit: str | None = None
    year: int = 0
    allocated: Decimal = _ZERO
    documents: frozenset[str] = frozenset()
    commitments: Mapping[int, Commitment] = field(default_factory=dict)
    expenses: Mapping[int, Expense] = field(default_factory=dict)
    vouchers: Mapping[str, int] = field(default_factory=dict)
    """Every voucher number ever used here, with its expense."""

    def held(self, commitment: int) -> Decimal:
        """What a commitment still sets aside beyond what was claimed of it and binds."""
        return self._held({commitment})

    @property
    def committed(self) -> Decimal:
        """Set aside and not claimed yet."""
        return self._held(set(self.commitments))

    def _held(self, wanted: set[int]) -> Decimal:
        drawn: dict[int, Decimal] = {}
        for one in self.expenses.values():
            if one.commitment in wanted:
                drawn[one.commitment] = drawn.get(one.commitment, _ZERO) + one.bound
        kept = ((number, self.commitments[number]) for number in wanted)
        left = (max(_ZERO, one.amount - drawn.get(number, _ZERO)) for number, one in kept if not one.released)
        return sum(left, _ZERO)

    @property
    def spent(self) -> Decimal:
        """Claimed, approved or paid."""
        return sum((one.bound for one in self.expenses.values()), _ZERO)

    @property
    def available(self) -> Decimal:
        """三(四): allocated, less what is set aside, less what is claimed or paid; never below zero."""
        return self.allocated - self.committed - self.spent
