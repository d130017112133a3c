"""Clause 三(四): the two reception rule sets and the limits of travel, each breach with its rule, limit and figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from services.outreach.domain.budget import commands as c
from services.outreach.domain.budget.events import ExpenseClaimed
from services.outreach.domain.rulebook import CompanionLimit
from services.outreach.domain.values import ExpenseKind, Paper

from .given import (
    BUSINESS_PAPERS,
    FACTS,
    OFFICIAL_PAPERS,
    OTHER_UNIT,
    TRIP_ID,
    budget,
    business,
    claim,
    journey,
    official,
    reception,
)


def test_an_official_reception_needs_the_official_letter() -> None:
    """三(四) 公务接待: 公函."""
    budget(official()).then(ExpenseClaimed)
    refused = budget(reception(ExpenseKind.OFFICIAL_RECEPTION, *BUSINESS_PAPERS))
    told = refused.refused("rule-breached", "reception.official.papers")
    assert told.details["breaches"][0]["actual"] == "缺公函"


def test_a_business_reception_needs_invitation_or_visit_letter_form_list_and_receipt() -> None:
    """三(四) 商务接待."""
    budget(business()).then(ExpenseClaimed)
    letter = (Paper.VISIT_LETTER, *BUSINESS_PAPERS[1:])
    budget(reception(ExpenseKind.BUSINESS_RECEPTION, *letter)).then(ExpenseClaimed)
    told = budget(reception(ExpenseKind.BUSINESS_RECEPTION, *OFFICIAL_PAPERS))
    breach = told.refused("rule-breached", "reception.business.papers").details["breaches"][0]
    assert breach["actual"] == "缺邀请函或来访函、审批单"


@pytest.mark.parametrize(
    ("guests", "companions", "kept"),
    [(1, 3, True), (10, 3, True), (10, 4, False), (11, 3, True), (11, 4, False), (12, 4, True), (30, 11, False)],
)
def test_three_companions_for_ten_guests_and_a_third_above(guests: int, companions: int, kept: bool) -> None:
    """三(四)."""
    told = budget(official(guests=guests, companions=companions))
    if kept:
        told.then(ExpenseClaimed)
    else:
        told.refused("rule-breached", "reception.companions")


def test_the_figures_for_companions_are_the_districts() -> None:
    """Settings reception.companions, …_guests, …_share."""
    stricter = CompanionLimit(1, 5, Fraction(1, 5))
    budget(replace(official(), companion_limit=stricter)).refused("rule-breached", "reception.companions")


@pytest.mark.parametrize(
    ("changed", "rule"), [({"alcohol": True}, "reception.no_alcohol"), ({"tobacco": True}, "reception.no_tobacco")]
)
@pytest.mark.parametrize("kind", [official, business])
def test_no_alcohol_and_no_tobacco(kind: Any, changed: dict[str, Any], rule: str) -> None:
    """三(四)."""
    budget(kind(**changed)).refused("rule-breached", rule)


def test_one_working_meal_at_an_official_reception_more_meals_of_business_guests_need_approval() -> None:
    """三(四)."""
    budget(official(meals=2)).refused("rule-breached", "reception.official.meals")
    budget(business(meals=2)).then(ExpenseClaimed)
    assert _approval(business(meals=3)) == ["reception.business.meals"]


def test_a_dear_meal_goes_to_approval_with_its_price() -> None:
    """三(四): 7 people at 60 yuan are 420, at 150 are 1050."""
    assert _approval(official(meal_amount=Decimal(420))) == []
    assert _approval(official(meal_amount=Decimal(421))) == ["reception.official.meal_price"]
    assert _approval(business(meal_amount=Decimal(1050))) == []
    assert _approval(business(meal_amount=Decimal(1051))) == ["reception.business.meal_price"]
    breach = budget(official(meal_amount=Decimal(490))).then(ExpenseClaimed)[0].breaches[0]
    assert (breach.limit, breach.actual) == ("60元", "70.00元")


def _approval(command: c.ClaimExpense) -> list[str]:
    """The rules named in a claim that was taken."""
    return [one.rule for one in budget(command).then(ExpenseClaimed)[0].breaches]


def test_all_breaches_are_told_at_once_the_refused_ones_first_in_the_message() -> None:
    told = budget(official(alcohol=True, meals=2, meal_amount=Decimal(2000))).refused("rule-breached")
    rules = [one["rule"] for one in told.details["breaches"]]
    assert rules == ["reception.official.meals", "reception.official.meal_price", "reception.no_alcohol"]
    assert "工作餐不上酒" in told.zh
    assert "人均" not in told.zh


def test_travel_is_held_to_the_limits_of_the_place() -> None:
    """三(四): Suzhou 380 a night; 350 where no place is named; meals 100 and local transport 80 a day."""
    assert _approval(journey(lodging=Decimal(760))) == []
    assert _approval(journey(lodging=Decimal(761))) == ["travel.lodging"]
    assert _approval(journey(place="安徽省宿州市", lodging=Decimal(701))) == ["travel.lodging"]
    assert _approval(journey(people=2, lodging=Decimal(1520))) == []
    budget(journey(meals=Decimal("300.01"))).refused("rule-breached", "travel.meals")
    budget(journey(local_transport=Decimal(241))).refused("rule-breached", "travel.local_transport")
    assert _approval(journey(nights=0, lodging=Decimal(1))) == ["travel.lodging"]


def test_travel_is_paid_for_an_approved_trip_and_its_days_alone() -> None:
    """三(四)."""
    budget(replace(journey(), trip=None, trip_facts=None)).refused("rule-breached", "travel.trip_approved")
    unapproved = replace(journey(), trip_facts=replace(FACTS, approved=False))
    budget(unapproved).refused("rule-breached", "travel.trip_approved")
    budget(replace(journey(), trip_facts=replace(FACTS, unit=OTHER_UNIT))).refused("other-units-trip")
    budget(journey(days=7)).refused("rule-breached", "travel.trip_days")
    budget(journey(people=3)).refused("rule-breached", "travel.trip_days")


def test_two_claims_cannot_pay_a_day_of_a_trip_twice() -> None:
    """三(四): the trip of two people and three days has six days to pay."""
    told = budget(journey(), journey()).when(journey(days=1, nights=0, lodging=Decimal(0), meals=Decimal(0)))
    assert "累计7人天" in told.refused("rule-breached", "travel.trip_days").zh


def test_expenses_abroad_need_the_approval_to_go_abroad() -> None:
    """三(四): its costs follow that approval, not the places of the country."""
    abroad = journey(abroad=True, place="新加坡", lodging=Decimal(3000))
    budget(abroad).refused("rule-breached", "travel.abroad_approval")
    facts = replace(FACTS, abroad_document="模拟外〔2026〕1号")
    assert _approval(replace(abroad, trip_facts=facts)) == []


def test_a_claims_parts_fit_its_kind_and_its_amount() -> None:
    budget(claim(kind=ExpenseKind.TRAVEL)).refused("claim-parts")
    budget(claim(kind=ExpenseKind.OFFICIAL_RECEPTION)).refused("claim-parts")
    budget(replace(official(), kind=ExpenseKind.OTHER)).refused("claim-parts")
    budget(replace(journey(), amount=Decimal(2001))).refused("claim-sum")
    budget(replace(official(), amount=Decimal(349))).refused("claim-sum")
    assert budget(journey()).then(ExpenseClaimed)[0].trip == TRIP_ID
