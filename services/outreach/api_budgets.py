"""Commands on budgets and expenses (招商经费)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.outreach.api_models import (
    AdjustBody,
    ApproveExpenseBody,
    BudgetBody,
    ClaimBody,
    CommitBody,
    PayBody,
    ReasonBody,
    RejectExpenseBody,
)
from services.outreach.api_types import BudgetId, ItemNumber
from services.outreach.deciders import BUDGET
from services.outreach.domain.budget import commands as c
from services.outreach.domain.budget.state import Budget
from services.outreach.domain.trip.state import TripStatus
from services.outreach.ids import budget_id
from services.outreach.roster import Roster
from services.outreach.rulebooks import expense_rulebook
from services.outreach.trip_desk import budget_scopes, known_budget, known_trip
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["budgets 招商经费"])


@router.post("/budgets", status_code=201)
async def allocate_budget(body: BudgetBody, desk: Commands, reads: ReadModel) -> Answer:
    """Allocate (指标下达) the special fund of district-level activities or a unit's own fund, one of each a year."""
    if body.unit is not None:
        await Roster(reads).check_unit(body.unit)
    command = c.AllocateBudget(
        desk.principal.subject, desk.today(), body.fund, body.unit, body.year, body.amount, body.document_number
    )
    return await desk.give(BUDGET, budget_id(desk.principal.district, body.fund, body.unit, body.year), command)


@router.post("/budgets/{budget}/increase")
async def increase_budget(budget: BudgetId, body: AdjustBody, desk: Commands) -> Answer:
    """Allocate more (追加), by a document of its own."""
    command = c.IncreaseBudget(desk.principal.subject, desk.today(), body.amount, body.document_number, body.reason)
    return await _give(desk, budget, command)


@router.post("/budgets/{budget}/reduce")
async def reduce_budget(budget: BudgetId, body: AdjustBody, desk: Commands) -> Answer:
    """Take back (调减) no more than is available."""
    command = c.ReduceBudget(desk.principal.subject, desk.today(), body.amount, body.document_number, body.reason)
    return await _give(desk, budget, command)


@router.post("/budgets/{budget}/commitments", status_code=201)
async def commit_expense(budget: BudgetId, body: CommitBody, desk: Commands, reads: ReadModel) -> Answer:
    """Set money aside (预留) for an approved activity. A trip's is set aside by its approval."""
    await Roster(reads).check_unit(body.unit)
    command = c.CommitExpense(desk.principal.subject, desk.today(), body.unit, body.purpose, body.amount)
    district = desk.principal.district

    def scopes(state: Budget) -> dict[str, Any]:
        return {**budget_scopes(state, district), "approving_unit": None}

    await known_budget(desk, budget)
    return await desk.give(BUDGET, budget, command, scopes)


@router.post("/budgets/{budget}/commitments/{number}/release")
async def release_commitment(budget: BudgetId, number: ItemNumber, body: ReasonBody, desk: Commands) -> Answer:
    """Free what was set aside and not claimed (释放预留)."""
    return await _give(desk, budget, c.ReleaseCommitment(desk.principal.subject, desk.today(), number, body.reason))


@router.post("/budgets/{budget}/expenses", status_code=201)
async def claim_expense(budget: BudgetId, body: ClaimBody, desk: Commands, reads: ReadModel) -> Answer:
    """Claim an expense (报销申请). It is held to the rules of `GET /rules`: a breach is refused with the rule named, or
    goes to the district for approval with the rule named. A budget is never overspent."""
    roster = Roster(reads)
    await roster.check_unit(body.unit)
    state = await known_budget(desk, budget)
    command = c.ClaimExpense(
        by=desk.principal.subject,
        today=desk.today(),
        unit=body.unit,
        kind=body.kind,
        purpose=body.purpose,
        amount=body.amount,
        rulebook=expense_rulebook(),
        companion_limit=await roster.companion_limit(),
        trip=body.trip,
        trip_facts=None if body.trip is None else await _facts(desk, body.trip),
        commitment=body.commitment or _set_aside(state, body),
        reception=body.reception.reception() if body.reception else None,
        travel=body.travel.travel() if body.travel else None,
    )
    return await _give(desk, budget, command, unit=body.unit)


def _set_aside(state: Budget, body: ClaimBody) -> int | None:
    """What the trip's approval has set aside in this budget, if anything."""
    held = (number for number, one in state.commitments.items() if one.trip == body.trip and one.unit == body.unit)
    return None if body.trip is None else next(held, None)


async def _facts(desk: CommandDesk, stream: str) -> c.TripOfClaim:
    trip = await known_trip(desk, stream)
    return c.TripOfClaim(
        approved=trip.status in (TripStatus.APPROVED, TripStatus.COMPLETED),
        unit=trip.unit,
        days=(trip.ends_on - trip.starts_on).days + 1,
        people=1 + len(trip.companions),
        abroad_document=trip.abroad_document,
    )


@router.post("/budgets/{budget}/expenses/{number}/approve")
async def approve_expense(budget: BudgetId, number: ItemNumber, body: ApproveExpenseBody, desk: Commands) -> Answer:
    """Approve (审批), all or less, never one's own claim. One that breaks a rule is approved by the district
    alone, with a reason."""
    command = c.ApproveExpense(desk.principal.subject, desk.today(), number, body.amount, body.reason)
    return await _give(desk, budget, command, number)


@router.post("/budgets/{budget}/expenses/{number}/reject")
async def reject_expense(budget: BudgetId, number: ItemNumber, body: RejectExpenseBody, desk: Commands) -> Answer:
    """Reject (驳回), with the rule where it is one."""
    rule = None if body.rule is None else str(body.rule)
    command = c.RejectExpense(desk.principal.subject, desk.today(), number, body.reason, rule)
    return await _give(desk, budget, command, number)


@router.post("/budgets/{budget}/expenses/{number}/pay")
async def pay_expense(budget: BudgetId, number: ItemNumber, body: PayBody, desk: Commands) -> Answer:
    """Record a payment (支付登记) that the Finance Bureau has made outside the system. A voucher number is used
    once; who claimed or approved does not pay."""
    command = c.PayExpense(desk.principal.subject, desk.today(), number, body.amount, body.voucher_number, body.paid_on)
    return await _give(desk, budget, command, number)


@router.post("/budgets/{budget}/expenses/{number}/reverse")
async def reverse_expense(budget: BudgetId, number: ItemNumber, body: ReasonBody, desk: Commands) -> Answer:
    """Take back an approved or paid expense (冲销), with the reason; its money is available again."""
    return await _give(
        desk, budget, c.ReverseExpense(desk.principal.subject, desk.today(), number, body.reason), number
    )


async def _give(
    desk: CommandDesk, budget: str, command: object, expense: int | None = None, unit: str | None = None
) -> Answer:
    await known_budget(desk, budget)
    district = desk.principal.district
    return await desk.give(BUDGET, budget, command, lambda state: budget_scopes(state, district, expense, unit))
