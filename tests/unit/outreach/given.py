"""The words of the tests of outreach: the commands of trips, quotas and budgets, and streams that they bring about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.outreach.deciders import BUDGET, TRIP
from services.outreach.domain.budget import commands as b
from services.outreach.domain.budget.events import FiledPaper, Reception, Travel
from services.outreach.domain.quota.commands import QuotaRules
from services.outreach.domain.rulebook import CompanionLimit
from services.outreach.domain.trip import commands as t
from services.outreach.domain.values import (
    ApprovalLevel,
    CountingRules,
    Destination,
    ExpenseKind,
    Fund,
    Paper,
    TripKind,
)
from services.outreach.rulebooks import expense_rulebook
from tests.unit.given import CALENDAR, Told

QUARTER = QuotaRules(Fraction(1, 4), "calendar_days_in_post", CALENDAR)
RULES = CountingRules(1, ("meeting", "training", "transit"))
UNIT, OTHER_UNIT = "410804-U-commerce", "410804-U-finance"
HEAD, LIAISON, STAFF, LEADER, FINANCE, OFFICE = (
    f"410804-N-{who}" for who in ("head", "liaison", "staff", "leader", "finance", "office")
)
TRIP_ID = "410804-T-2026-0001"
SUZHOU = Destination("江苏省苏州市", "江苏", outside_city=True, abroad=False)
BUDGET_ID = "410804-B-2026-own-commerce"


def day(text: str) -> date:
    """`08-10` is 10 August 2026, a Monday."""
    return date.fromisoformat(f"2026-{text}")


def days(first: str, last: str) -> tuple[date, ...]:
    """Every day from the first to the last."""
    begin, end = day(first), day(last)
    return tuple(begin + timedelta(days=n) for n in range((end - begin).days + 1))


REQUEST = t.RequestTrip(
    by=LIAISON,
    today=day("08-03"),
    traveller=HEAD,
    traveller_name="何模拟",
    unit=UNIT,
    group=None,
    kind=TripKind.INVESTMENT,
    purpose="对接铝精深加工企业（模拟数据）",
    destinations=(SUZHOU,),
    starts_on=day("08-10"),
    ends_on=day("08-12"),
    companions=(STAFF,),
    enterprises=("示例铝业有限公司（模拟）",),
    approval=ApprovalLevel.DISTRICT,
    home_city="焦作",
)
APPROVE = t.ApproveTrip(LEADER, day("08-05"), CALENDAR.add_working_days(day("08-12"), 5))
"""The result is due on Wednesday 19 August."""
RESULT = t.FileResult(LIAISON, day("08-14"), "形成线索 1 条（模拟数据）", RULES)


def visit(on: str, enterprise: str = "示例铝业有限公司（模拟）", **other: Any) -> t.RecordVisit:
    """A visit in Suzhou, recorded on its day."""
    command = t.RecordVisit(
        by=LIAISON,
        today=day(on),
        visited_on=day(on),
        enterprise=enterprise,
        code=None,
        place="江苏省苏州市工业园区",
        outside_city=True,
        people_met=2,
        roles=("总经理",),
        summary="有意来访（模拟数据）",
        home_city="焦作",
    )
    return replace(command, **other)


def trip(*commands: Any, request: t.RequestTrip = REQUEST) -> Told[Any]:
    """A trip that was requested, and then."""
    return Told(TRIP, request, *commands)


def approved(*commands: Any, request: t.RequestTrip = REQUEST) -> Told[Any]:
    """A trip that was approved, and then."""
    return trip(APPROVE, *commands, request=request)


ALLOCATE = b.AllocateBudget(FINANCE, day("01-05"), Fund.OWN, UNIT, 2026, Decimal(10_000), "模拟财预〔2026〕1号")
FACTS = b.TripOfClaim(approved=True, unit=UNIT, days=3, people=2, abroad_document=None)
TRAVEL = Travel("江苏省苏州市", False, 1, 2, 3, Decimal(700), Decimal(300), Decimal(240), Decimal(760))
"""Within every limit, 2000 yuan in all."""


def budget(*commands: Any, allocate: b.AllocateBudget = ALLOCATE) -> Told[Any]:
    """A budget of 10 000 yuan, and then."""
    return Told(BUDGET, allocate, *commands)


def claim(amount: Decimal | int = 100, **other: Any) -> b.ClaimExpense:
    """A claim to which no rule but the budget applies."""
    command = b.ClaimExpense(
        by=LIAISON,
        today=day("08-14"),
        unit=UNIT,
        kind=ExpenseKind.ACTIVITY,
        purpose="推介材料（模拟数据）",
        amount=Decimal(amount),
        rulebook=expense_rulebook(),
        companion_limit=CompanionLimit(3, 10, Fraction(1, 3)),
    )
    return replace(command, **other)


def journey(**other: Any) -> b.ClaimExpense:
    """A claim for the journey to Suzhou; parts that are given replace those of the journey, and the amount follows."""
    parts = replace(TRAVEL, **other)
    total = parts.lodging + parts.meals + parts.local_transport + parts.fares
    return claim(kind=ExpenseKind.TRAVEL, trip=TRIP_ID, trip_facts=FACTS, travel=parts, amount=total)


def reception(kind: ExpenseKind, *papers: Paper, **other: Any) -> b.ClaimExpense:
    """A reception of five guests by two at 50 yuan each, with these papers."""
    filed = tuple(FiledPaper(one, "模拟 1 号") for one in papers)
    held = Reception(day("08-13"), "机关食堂", "示例公司（模拟）", 5, 2, 1, Decimal(350), False, False, filed)
    held = replace(held, **other)
    return claim(kind=kind, reception=held, amount=held.meal_amount)


OFFICIAL_PAPERS = (Paper.OFFICIAL_LETTER, Paper.GUEST_LIST, Paper.RECEIPT)
BUSINESS_PAPERS = (Paper.INVITATION, Paper.APPROVAL_FORM, Paper.GUEST_LIST, Paper.RECEIPT)


def official(**other: Any) -> b.ClaimExpense:
    return reception(ExpenseKind.OFFICIAL_RECEPTION, *OFFICIAL_PAPERS, **other)


def business(**other: Any) -> b.ClaimExpense:
    return reception(ExpenseKind.BUSINESS_RECEPTION, *BUSINESS_PAPERS, **other)
