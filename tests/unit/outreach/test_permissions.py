"""Who may do what in area outreach. Default deny."""

from __future__ import annotations

import pytest

from services.outreach.domain.budget import commands as b
from services.outreach.domain.budget.events import BudgetAllocated, ExpenseClaimed
from services.outreach.domain.budget.state import Budget
from services.outreach.domain.quota import commands as q
from services.outreach.domain.trip import commands as t
from services.outreach.domain.trip.state import Trip
from services.outreach.domain.values import ApprovalLevel, Fund
from services.outreach.permissions import PERMISSIONS
from services.outreach.trip_desk import budget_scopes, trip_scopes
from sevenx.kernel.auth import Scopes
from tests.unit import given
from tests.unit.given import commands_of, somebody

from .given import ALLOCATE, OTHER_UNIT, UNIT, budget, claim, journey

GROUP = "410804-G-1"
BY_THE_SYSTEM = (
    t.NoteResultOverdue,
    q.OpenQuota,
    q.LeavePost,
    q.CountDays,
    q.ReviewQuota,
    q.OpenQuotaYear,
    q.MakeForecast,
)
"""Given by the clock and by reactions, to no person."""
PARTS = {b.TripOfClaim, q.QuotaRules}
STAFF_TRIP = Trip(unit=UNIT, group=GROUP, approval=ApprovalLevel.UNIT)
HEADS_TRIP = Trip(unit=UNIT, group=GROUP, approval=ApprovalLevel.DISTRICT)
GROUP_TRIP = Trip(group=GROUP, approval=ApprovalLevel.GROUP)


def may(command: type, scopes: Scopes, *grants: str) -> bool:
    return given.may(PERMISSIONS, command, somebody(*grants), scopes)


def test_every_command_has_its_permission_or_is_the_systems_own() -> None:
    classes = commands_of(t, b, q)
    assert set(PERMISSIONS) == classes - set(BY_THE_SYSTEM) - PARTS


@pytest.mark.parametrize("command", [*PERMISSIONS, *BY_THE_SYSTEM])
def test_without_the_right_grant_nothing_is_allowed(command: type) -> None:
    scopes = {**trip_scopes(STAFF_TRIP), **budget_scopes(Budget(unit=UNIT), "410804", unit=UNIT)}
    assert not may(command, scopes)
    assert not may(command, scopes, "auditor@410804", "city@410804", "operator@410804", "statistics_bureau@410804")
    assert not may(command, scopes, f"unit_head@{OTHER_UNIT}", "group_leader@410804-G-2", "liaison@410804-G-2")
    assert not may(command, scopes, "finance_bureau@410811", "district_office@410811", "district_leader@410811")


def test_a_heads_own_trip_is_for_the_district_alone() -> None:
    """三(一): never by oneself, nor by whom one leads."""
    heads, staff = trip_scopes(HEADS_TRIP), trip_scopes(STAFF_TRIP)
    for command in (t.ApproveTrip, t.RejectTrip):
        assert may(command, staff, f"unit_head@{UNIT}")
        assert not may(command, heads, f"unit_head@{UNIT}", f"group_leader@{GROUP}", f"unit_liaison@{UNIT}")
        assert may(command, heads, "district_leader@410804")
        assert may(command, heads, "district_office@410804")


def test_a_groups_trip_is_for_its_leader() -> None:
    """三(一)."""
    assert may(t.ApproveTrip, trip_scopes(GROUP_TRIP), f"group_leader@{GROUP}")
    assert not may(t.ApproveTrip, trip_scopes(GROUP_TRIP), f"group_deputy@{GROUP}", f"lead_unit_head@{GROUP}")


def test_the_liaison_does_the_paperwork_and_decides_nothing() -> None:
    scopes = trip_scopes(STAFF_TRIP)
    for command in (t.RequestTrip, t.RecordVisit, t.FileResult, t.CancelTrip, t.WithdrawVisit):
        assert may(command, scopes, f"unit_liaison@{UNIT}")
    for decision in (t.ApproveTrip, t.RejectTrip, t.CorrectCompletion):
        assert not may(decision, scopes, f"unit_liaison@{UNIT}")


def test_who_travels_does_his_own_paperwork_and_decides_nothing() -> None:
    """三(一)."""
    scopes = {"traveller": "410804-N-a"}
    for command in (t.RecordVisit, t.WithdrawVisit, t.FileResult, t.CancelTrip):
        assert may(command, scopes)
        assert not may(command, {"traveller": "410804-N-b"})
    assert trip_scopes(Trip(traveller="410804-N-b"))["traveller"] == "410804-N-b"
    assert not any(may(decision, scopes) for decision in (t.ApproveTrip, t.RejectTrip, t.CorrectCompletion))


def test_the_finance_bureau_allocates_and_pays_and_approves_nothing() -> None:
    """三(四)."""
    state = budget(claim()).state
    scopes = budget_scopes(state, "410804", 1)
    for command in (b.AllocateBudget, b.IncreaseBudget, b.ReduceBudget, b.PayExpense):
        assert may(command, scopes, "finance_bureau@410804")
        assert not may(command, scopes, f"unit_head@{UNIT}", "commerce_bureau@410804", "district_office@410804")
    assert not may(b.ApproveExpense, scopes, "finance_bureau@410804")


def test_an_own_fund_is_its_heads_to_decide_on_within_the_rules_and_the_districts_beyond_them() -> None:
    """三(四): a breach goes to approval by the district."""
    state = budget(claim(), journey(lodging=journey().amount)).state
    assert may(b.ApproveExpense, budget_scopes(state, "410804", 1), f"unit_head@{UNIT}")
    beyond = budget_scopes(state, "410804", 2)
    assert not may(b.ApproveExpense, beyond, f"unit_head@{UNIT}", "commerce_bureau@410804")
    assert may(b.ApproveExpense, beyond, "district_leader@410804")


def test_the_special_fund_is_the_commerce_bureaus_to_decide_on_never_a_units() -> None:
    """三(四): 专项用于区级层面招商活动."""
    special = BudgetAllocated(Fund.SPECIAL, None, 2026, ALLOCATE.amount, "x", "y", ALLOCATE.today)
    state = budget().decider.fold([special])
    scopes = budget_scopes(state, "410804", unit=UNIT)
    assert may(b.CommitExpense, scopes, "commerce_bureau@410804")
    assert not may(b.CommitExpense, scopes, f"unit_head@{UNIT}")
    assert may(b.ClaimExpense, scopes, f"unit_liaison@{UNIT}")
    own = budget_scopes(budget().state, "410804", unit=UNIT)
    assert not may(b.CommitExpense, own, "commerce_bureau@410804")


def test_a_claims_scopes_are_those_of_the_claim_itself() -> None:
    told = budget(claim()).then(ExpenseClaimed)[0]
    assert told.breaches == ()
    assert budget_scopes(budget(claim()).state, "410804", 9)["approving_unit"] == UNIT


@pytest.mark.parametrize("command", BY_THE_SYSTEM)
def test_nobody_gives_the_clocks_commands(command: type) -> None:
    scopes = {**trip_scopes(STAFF_TRIP), "own_unit": UNIT, "special": "410804"}
    everything = [f"{rule.role}@{of}" for rules in PERMISSIONS.values() for rule in rules for of in (UNIT, "410804")]
    assert not may(command, scopes, *everything)
