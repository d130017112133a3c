"""How each event changes a budget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.outreach.domain.budget.events import (
    BudgetAllocated,
    BudgetIncreased,
    BudgetReduced,
    CommitmentReleased,
    ExpenseApproved,
    ExpenseClaimed,
    ExpenseCommitted,
    ExpensePaid,
    ExpenseRejected,
    ExpenseReversed,
)
from services.outreach.domain.budget.state import Budget, Commitment, Expense, ExpenseState


def evolve(state: Budget, event: object) -> Budget:
    """The budget after the event."""
    match event:
        case BudgetAllocated():
            documents = frozenset({event.document_number})
            return Budget(True, event.fund, event.unit, event.year, event.amount, documents)
        case BudgetIncreased(allocated=allocated, document_number=number):
            return replace(state, allocated=allocated, documents=state.documents | {number})
        case BudgetReduced(allocated=allocated, document_number=number):
            return replace(state, allocated=allocated, documents=state.documents | {number})
        case ExpenseCommitted(commitment=number):
            held = Commitment(event.amount, event.unit, event.trip)
            return replace(state, commitments={**state.commitments, number: held})
        case CommitmentReleased(commitment=number):
            released = replace(state.commitments[number], released=True)
            return replace(state, commitments={**state.commitments, number: released})
        case _:
            return _expense(state, event)


def _expense(state: Budget, event: object) -> Budget:
    match event:
        case ExpenseClaimed(expense=number):
            new = _claimed(event)
            return replace(state, expenses={**state.expenses, number: new})
        case ExpenseApproved(expense=number, amount=amount, approved_by=by):
            return _with(state, number, state=ExpenseState.APPROVED, amount=amount, approved_by=by)
        case ExpenseRejected(expense=number):
            return _with(state, number, state=ExpenseState.REJECTED)
        case ExpensePaid(expense=number, amount=amount, voucher_number=voucher):
            used = replace(state, vouchers={**state.vouchers, voucher: number})
            return _with(used, number, state=ExpenseState.PAID, amount=amount, voucher_number=voucher)
        case ExpenseReversed(expense=number):
            return _with(state, number, state=ExpenseState.REVERSED)
        case _:
            return state


def _claimed(event: ExpenseClaimed) -> Expense:
    travel = event.travel
    return Expense(
        amount=event.amount,
        unit=event.unit,
        claimed_by=event.claimed_by,
        commitment=event.commitment,
        trip=event.trip,
        days=travel.people * travel.days if travel else 0,
        nights=travel.people * travel.nights if travel else 0,
        breaches=tuple(one.rule for one in event.breaches),
    )


def _with(budget: Budget, number: int, **changed: Any) -> Budget:
    expense = replace(budget.expenses[number], **changed)
    return replace(budget, expenses={**budget.expenses, number: expense})
