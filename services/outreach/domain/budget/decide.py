"""What a budget answers to each command. The rules stand in `allocation`, `expenses` and `eight_points`."""

from __future__ import annotations

from services.outreach.domain.budget import allocation, expenses
from services.outreach.domain.budget import commands as c
from services.outreach.domain.budget.state import Budget
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NO_BUDGET = Rejection(
    "no-such-budget",
    zh="该预算尚未下达；请先由区财政局登记指标。",
    en="This budget has not been allocated; the Finance Bureau allocates it first.",
    rule=allocation.CLAUSE,
    status=404,
)


def decide(command: object, state: Budget) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, c.AllocateBudget):
        return allocation.allocate(command, state)
    if not state.opened:
        return NO_BUDGET
    match command:
        case c.IncreaseBudget():
            return allocation.increase(command, state)
        case c.ReduceBudget():
            return allocation.reduce(command, state)
        case c.CommitExpense():
            return allocation.commit(command, state)
        case c.ReleaseCommitment():
            return allocation.release(command, state)
        case c.ReleaseTrip():
            return allocation.release_trip(command, state)
        case _:
            return _spend(command, state)


def _spend(command: object, state: Budget) -> Decision:
    match command:
        case c.ClaimExpense():
            return expenses.claim(command, state)
        case c.ApproveExpense():
            return expenses.approve(command, state)
        case c.RejectExpense():
            return expenses.reject(command, state)
        case c.PayExpense():
            return expenses.pay(command, state)
        case c.ReverseExpense():
            return expenses.reverse(command, state)
    raise TypeError(f"not a command of a budget: {command!r}")
