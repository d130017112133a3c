"""Budgets, what is set aside, and expenses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.outreach.domain.budget.state import ExpenseState
from services.outreach.tables import budget, budget_document, commitment, expense, metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

of_budgets = Projections(metadata)


@of_budgets.on("outreach.BudgetAllocated")
def allocated(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(budget, fund=data["fund"], unit=data["unit"], year=data["year"], allocated=data["amount"])
    _document(rows, data, data["amount"], "", data["allocated_on"], data["allocated_by"])


@of_budgets.on("outreach.BudgetIncreased")
def increased(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(budget, allocated=data["allocated"])
    _document(rows, data, data["amount"], data["reason"], data["increased_on"], data["increased_by"])


@of_budgets.on("outreach.BudgetReduced")
def reduced(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(budget, allocated=data["allocated"])
    _document(rows, data, -data["amount"], data["reason"], data["reduced_on"], data["reduced_by"])


@of_budgets.on("outreach.ExpenseCommitted")
def committed(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("unit", "purpose", "trip", "amount", "committed_on")
    rows.put(commitment, data["commitment"], released=False, **{name: data[name] for name in names})


@of_budgets.on("outreach.CommitmentReleased")
def released(event: Recorded, rows: Changes) -> None:
    rows.set(commitment, event.data["commitment"], released=True)


@of_budgets.on("outreach.ExpenseClaimed")
def claimed(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("unit", "trip", "commitment", "kind", "purpose", "amount", "claimed_by", "claimed_on", "breaches")
    details = data["reception"] or data["travel"]
    rows.put(
        expense,
        data["expense"],
        **{name: data[name] for name in (*names, "rulebook")},
        state=ExpenseState.CLAIMED,
        claimed=data["amount"],
        details=None if details is None else _plain(details),
    )


@of_budgets.on("outreach.ExpenseApproved")
def approved(event: Recorded, rows: Changes) -> None:
    data = event.data
    _decided(rows, data, ExpenseState.APPROVED, data["approved_by"], data["approved_on"], amount=data["amount"])


@of_budgets.on("outreach.ExpenseRejected")
def rejected(event: Recorded, rows: Changes) -> None:
    data = event.data
    _decided(rows, data, ExpenseState.REJECTED, data["rejected_by"], data["rejected_on"], rule=data["rule"])


@of_budgets.on("outreach.ExpensePaid")
def paid(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("amount", "voucher_number", "paid_on")
    rows.set(expense, data["expense"], state=ExpenseState.PAID, **{name: data[name] for name in names})


@of_budgets.on("outreach.ExpenseReversed")
def reversed_(event: Recorded, rows: Changes) -> None:
    data = event.data
    _decided(rows, data, ExpenseState.REVERSED, data["reversed_by"], data["reversed_on"])


def _decided(rows: Changes, data: Mapping[str, Any], state: ExpenseState, by: str, on: date, **values: Any) -> None:
    reason = data["reason"]
    rows.set(expense, data["expense"], state=state, decided_by=by, decided_on=on, reason=reason, **values)


def _document(rows: Changes, data: Mapping[str, Any], amount: Decimal, reason: str, on: date, by: str) -> None:
    rows.put(budget_document, data["document_number"], amount=amount, reason=reason, on=on, by=by)


def _plain(value: Any) -> Any:
    """As JSON holds it: days in ISO form, amounts as text."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
