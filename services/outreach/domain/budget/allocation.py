"""The rules of what is there: allocations with their document number, and what is set aside."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from services.outreach.domain.budget.commands import (
    AllocateBudget,
    CommitExpense,
    IncreaseBudget,
    ReduceBudget,
    ReleaseCommitment,
    ReleaseTrip,
)
from services.outreach.domain.budget.events import (
    BudgetAllocated,
    BudgetIncreased,
    BudgetReduced,
    CommitmentReleased,
    ExpenseCommitted,
)
from services.outreach.domain.budget.state import Budget
from services.outreach.domain.values import Fund
from sevenx.district.yuan import yuan_en, yuan_zh
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(四)"


def allocate(command: AllocateBudget, state: Budget) -> Decision:
    """三(四): the Finance Bureau allocates the special fund, and each unit's own, with a document number (指标文号)."""
    if state.opened:
        return Rejection(
            "already-allocated",
            zh="该预算已下达；追加或调减请使用调整。",
            en="This budget has been allocated; increase or reduce it.",
            rule=CLAUSE,
            status=409,
        )
    if (command.fund is Fund.SPECIAL) is not (command.unit is None):
        return Rejection(
            "fund-and-unit",
            zh="区级专项经费不属于某一单位；单位自有经费须写明单位。",
            en="The special fund belongs to no unit; a unit's own fund names the unit.",
            rule=CLAUSE,
            field="unit",
        )
    return positive(command.amount) or [
        BudgetAllocated(
            fund=command.fund,
            unit=command.unit,
            year=command.year,
            amount=command.amount,
            document_number=command.document_number,
            allocated_by=command.by,
            allocated_on=command.today,
        )
    ]


def increase(command: IncreaseBudget, state: Budget) -> Decision:
    """三(四): more is allocated, by a document of its own."""
    allocated = state.allocated + command.amount
    return (
        positive(command.amount)
        or _new_document(command.document_number, state)
        or [
            BudgetIncreased(
                command.amount, allocated, command.document_number, command.reason, command.by, command.today
            )
        ]
    )


def reduce(command: ReduceBudget, state: Budget) -> Decision:
    """三(四): no more is taken back than is available."""
    allocated = state.allocated - command.amount
    return (
        positive(command.amount)
        or _new_document(command.document_number, state)
        or enough(command.amount, state)
        or [
            BudgetReduced(command.amount, allocated, command.document_number, command.reason, command.by, command.today)
        ]
    )


def commit(command: CommitExpense, state: Budget) -> Decision:
    """三(四): an approved trip or activity sets money aside, a trip once, and never more than is available."""
    if command.trip is not None and any(one.trip == command.trip for one in state.commitments.values()):
        return []
    wrong = positive(command.amount) or own_unit(command.unit, state) or enough(command.amount, state)
    if wrong:
        return wrong if command.trip is None else replace(wrong, field="")  # whoever approves a trip enters no amount
    return [
        ExpenseCommitted(
            commitment=len(state.commitments) + 1,
            unit=command.unit,
            purpose=command.purpose,
            trip=command.trip,
            amount=command.amount,
            available=state.available - command.amount,
            committed_by=command.by,
            committed_on=command.today,
        )
    ]


def release(command: ReleaseCommitment, state: Budget) -> Decision:
    """三(四): what was set aside and is not needed is free again."""
    if command.commitment not in state.commitments:
        return no_such("commitment", "预留", command.commitment)
    return _released(command.commitment, command, state)


def release_trip(command: ReleaseTrip, state: Budget) -> Decision:
    """三(四): a trip that does not take place needs no money."""
    numbers = [number for number, one in state.commitments.items() if one.trip == command.trip]
    return [event for number in numbers for event in _released(number, command, state)]


def _released(number: int, command: ReleaseCommitment | ReleaseTrip, state: Budget) -> list[CommitmentReleased]:
    commitment = state.commitments[number]
    if commitment.released:
        return []
    held = state.held(number)
    available = state.available + held
    return [CommitmentReleased(number, commitment.trip, held, available, command.reason, command.by, command.today)]


def enough(amount: Decimal, state: Budget) -> Rejection | None:
    """三(四): a budget is never overspent."""
    if amount <= state.available:
        return None
    return Rejection(
        "over-budget",
        zh=f"预算不足：可用{yuan_zh(state.available)}，需要{yuan_zh(amount)}；请调减金额或由区财政局追加指标。",
        en=f"The budget has {yuan_en(state.available)} left and {yuan_en(amount)} are needed: "
        "ask for less, or for an increase.",
        rule=CLAUSE,
        details={"available": str(state.available), "needed": str(amount)},
        status=409,
        field="amount",
    )


def positive(amount: Decimal) -> Rejection | None:
    if amount > 0:
        return None
    return Rejection(
        "amount-not-positive", zh="金额须大于零。", en="An amount is more than zero.", rule=CLAUSE, field="amount"
    )


def own_unit(unit: str, state: Budget) -> Rejection | None:
    """三(四): a unit's own fund bears its own activities; the special fund those of the district, whoever runs them."""
    if state.unit in (None, unit):
        return None
    return Rejection(
        "other-units-fund",
        zh=f"该预算是 {state.unit} 的自有经费，{unit} 不能列支。",
        en=f"This is the own fund of {state.unit}; {unit} cannot spend it.",
        rule=CLAUSE,
        details={"unit": unit, "of": state.unit},
        field="unit",
    )


def _new_document(number: str, state: Budget) -> Rejection | None:
    if number not in state.documents:
        return None
    return Rejection(
        "document-used",
        zh=f"指标文号 {number} 已用于本预算。",
        en=f"Document {number} has been used for this budget already.",
        rule=CLAUSE,
        status=409,
        field="document_number",
    )


def no_such(what: str, zh: str, number: int) -> Rejection:
    return Rejection(
        f"no-such-{what}",
        zh=f"该预算没有第 {number} 项{zh}。",
        en=f"The budget has no {what} {number}.",
        status=404,
    )
