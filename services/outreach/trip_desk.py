"""What the routes of trips ask before they give a command: scopes, and money that goes with a trip."""

from __future__ import annotations

from typing import Any

from services.outreach.deciders import BUDGET, TRIP
from services.outreach.domain.budget.commands import CommitExpense, ReleaseTrip
from services.outreach.domain.budget.decide import NO_BUDGET
from services.outreach.domain.budget.state import Budget
from services.outreach.domain.trip.decide import NO_TRIP
from services.outreach.domain.trip.state import Trip, TripStatus
from services.outreach.domain.values import ApprovalLevel, Fund
from sevenx.kernel.auth import Scopes
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem

Given = tuple[Decider[Any], str, Any]


async def known_trip(desk: CommandDesk, stream: str) -> Trip:
    """The trip; Problem 404 for one that was never requested."""
    state: Trip = await desk.state(TRIP, stream)
    if state.status is TripStatus.NONE:
        raise Problem.of(NO_TRIP)
    return state


async def known_budget(desk: CommandDesk, stream: str) -> Budget:
    """The budget; Problem 404 for one that was not allocated."""
    state: Budget = await desk.state(BUDGET, stream)
    if not state.opened:
        raise Problem.of(NO_BUDGET)
    return state


def trip_scopes(trip: Trip) -> Scopes:
    """Who makes a trip and for whom, and whose head or leader decides on it."""
    return {
        "unit": trip.unit,
        "group": trip.group,
        "traveller": trip.traveller,
        "approving_unit": trip.unit if trip.approval is ApprovalLevel.UNIT else None,
        "approving_group": trip.group if trip.approval is ApprovalLevel.GROUP else None,
    }


def budget_scopes(budget: Budget, district: str, expense: int | None = None, unit: str | None = None) -> Scopes:
    """Whose fund it is. A claim that breaks a rule is for the district to decide, not for the unit's head."""
    claimed = None if expense is None else budget.expenses.get(expense)
    within = claimed is None or not claimed.breaches
    special = budget.fund is Fund.SPECIAL
    return {
        "unit": unit,
        "own_unit": budget.unit,
        "approving_unit": budget.unit if within else None,
        "special": district if special and within else None,
    }


def with_money(trip: Trip, stream: str, desk: CommandDesk) -> list[Given]:
    """What an approval sets aside, where the trip names the budget that bears it."""
    if trip.budget is None or trip.estimate is None or trip.unit is None:
        return []
    purpose, today = f"外出招商 {stream}", desk.today()
    command = CommitExpense(desk.principal.subject, today, trip.unit, purpose, trip.estimate, stream)
    return [(BUDGET, trip.budget, command)]


def without_money(trip: Trip, stream: str, reason: str, desk: CommandDesk) -> list[Given]:
    """What a cancellation frees; nothing where nothing was set aside."""
    if trip.budget is None:
        return []
    return [(BUDGET, trip.budget, ReleaseTrip(desk.principal.subject, desk.today(), stream, reason))]
