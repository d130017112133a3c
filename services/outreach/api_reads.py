"""Lists and pages of trips, budgets and expenses."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, and_, or_

from services.outreach import budget_queries, queries
from services.outreach.api_types import BudgetId, BudgetText, GroupId, Month, PersonId, TripId, TripText, UnitId, Year
from services.outreach.api_views import (
    BudgetPage,
    BudgetView,
    CommitmentView,
    DocumentView,
    ExpenseView,
    PlaceLimits,
    ReceptionRules,
    RulebookView,
    RuleView,
    TripSummary,
    TripView,
    VisitView,
)
from services.outreach.domain.budget.decide import NO_BUDGET
from services.outreach.domain.budget.state import ExpenseState
from services.outreach.domain.rulebook import ReceptionSet
from services.outreach.domain.trip.decide import NO_TRIP
from services.outreach.domain.trip.state import TripStatus
from services.outreach.domain.values import ApprovalLevel
from services.outreach.roster import Roster
from services.outreach.rulebooks import expense_rulebook
from services.outreach.tables import trip
from services.outreach.visibility import check_reader, units_of
from sevenx.kernel.auth import Principal
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(tags=["lists 查询"])


@router.get("/trips")
async def list_trips(
    principal: Asking,
    reads: ReadModel,
    unit: UnitId | None = None,
    group: GroupId | None = None,
    traveller: PersonId | None = None,
    month: Annotated[Month | None, Query(description="Those that touch this month", examples=["2026-08"])] = None,
    status: TripStatus | None = None,
    overdue: Annotated[bool | None, Query(description="Only those whose result is overdue, or is not")] = None,
) -> list[TripSummary]:
    """Trips of the district, the latest first, 500 at most."""
    check_reader(principal)
    rows = await queries.trips(
        reads,
        travellers=None if traveller is None else [traveller],
        of_unit=unit,
        of_group=group,
        month=None if month is None else _days(month),
        status=status,
        overdue=overdue,
    )
    return [TripSummary(**_of(row, TripSummary)) for row in rows]


@router.get("/trips/mine")
async def list_my_trips(principal: Asking, reads: ReadModel) -> list[TripSummary]:
    """My trips (我的外出): those that I make, go along on, or have asked for."""
    rows = await queries.my_trips(reads, principal.subject)
    return [TripSummary(**_of(row, TripSummary)) for row in rows]


@router.get("/trips/to-approve")
async def list_trips_to_approve(principal: Asking, reads: ReadModel) -> list[TripSummary]:
    """Trips that wait for my decision (待我审批); never my own."""
    rows = await queries.to_approve(reads, _decidable(principal), principal.subject)
    return [TripSummary(**_of(row, TripSummary)) for row in rows]


def _decidable(principal: Principal) -> ColumnElement[bool]:
    """What the grants let one decide on: as the permissions of ApproveTrip have it."""
    if any(principal.holds(role, [principal.district]) for role in ("district_leader", "district_office")):
        return trip.c.status == TripStatus.REQUESTED
    parts = [grant.partition("@") for grant in principal.grants]
    units = [scope for role, _, scope in parts if role == "unit_head"]
    groups = [scope for role, _, scope in parts if role == "group_leader"]
    return or_(
        and_(trip.c.approval == ApprovalLevel.UNIT, trip.c.unit.in_(units)),
        and_(trip.c.approval == ApprovalLevel.GROUP, trip.c.group.in_(groups)),
    )


@router.get("/trips/{trip_id}")
async def get_trip(trip_id: TripId, principal: Asking, reads: ReadModel) -> TripView:
    """A trip with its visits and the days that count."""
    check_reader(principal)
    row = await queries.one_trip(reads, trip_id)
    if row is None:
        raise Problem.of(NO_TRIP)
    return TripView(
        **_of(row, TripView),
        visits=[VisitView(**_of(one, VisitView)) for one in await queries.visits(reads, trip_id)],
        counted_days=await queries.days_of(reads, trip_id),
    )


@router.get("/budgets")
async def list_budgets(principal: Asking, reads: ReadModel, year: Year | None = None) -> list[BudgetView]:
    """Budgets with what is left (可用余额): every one for the offices, else the special fund and the own unit's."""
    rows = await budget_queries.budgets(reads, year, units_of(principal))
    return [BudgetView(**_of(row, BudgetView)) for row in rows]


@router.get("/budgets/{budget}")
async def get_budget(budget: BudgetId, principal: Asking, reads: ReadModel) -> BudgetPage:
    """A budget with its documents (指标文号) and what is set aside."""
    units = units_of(principal)
    row = await budget_queries.one_budget(reads, budget)
    if row is None or (units is not None and row["unit"] not in (None, *units)):
        raise Problem.of(NO_BUDGET)
    return BudgetPage(
        **_of(row, BudgetPage),
        documents=[DocumentView(**_of(one, DocumentView)) for one in await budget_queries.documents(reads, budget)],
        commitments=[
            CommitmentView(**_of(one, CommitmentView)) for one in await budget_queries.commitments(reads, budget)
        ],
    )


@router.get("/expenses")
async def list_expenses(
    principal: Asking,
    reads: ReadModel,
    budget: BudgetText | None = None,
    state: ExpenseState | None = None,
    unit: UnitId | None = None,
    trip: TripText | None = None,
    breached: Annotated[bool | None, Query(description="Only those that break a rule, or keep all")] = None,
) -> list[ExpenseView]:
    """Expenses by state (待审批, 已审批, 已支付, 已驳回, 已冲销), the latest first: every one for the offices, else the
    own unit's."""
    rows = await budget_queries.expenses(
        reads,
        of_budget=budget,
        state=state,
        of_unit=unit,
        of_trip=trip,
        breached=breached,
        units=units_of(principal),
    )
    return [ExpenseView(**_of({**row, "budget": row["stream"]}, ExpenseView)) for row in rows]


@router.get("/rules")
async def get_rules(principal: Asking, reads: ReadModel) -> RulebookView:
    """The rules under which expenses are claimed (三(四)): 公务接待, 商务接待, travel, and what a breach brings."""
    check_reader(principal)
    book, limit = expense_rulebook(), await Roster(reads).companion_limit()
    places = {"其他地区": book.default, **book.places}
    return RulebookView(
        version=book.version,
        rules=[
            RuleView(id=r.id, zh=r.zh, en=r.en, source=r.source, on_breach=r.on_breach) for r in book.rules.values()
        ],
        official_reception=_reception(book.official),
        business_reception=_reception(book.business),
        companions=f"接待对象{limit.guests}人以内不超过{limit.most}人，超过的不超过{limit.share}",
        places=[
            PlaceLimits(place=place, lodging=one.lodging, meals=one.meals, local_transport=one.local_transport)
            for place, one in places.items()
        ],
    )


def _reception(of: ReceptionSet) -> ReceptionRules:
    return ReceptionRules(
        papers=[[str(kind) for kind in need] for need in of.papers], meals=of.meals, meal_price=of.meal_price
    )


def _days(month: str) -> tuple[date, date]:
    year, number = map(int, month.split("-"))
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _of(row: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """What the model shows of a row; the stream is its id."""
    known = {"id": row["stream"], **row}
    return {name: known[name] for name in model.model_fields if name in known}
