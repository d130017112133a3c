"""Funds in place: claimed, first checked, jointly recognised, reversed («Projects», funds in place)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.values import Referee, Stage, Status
from tests.unit.projects.stories import (
    BODIES,
    CHECKER,
    COMMERCE,
    GROUP_TWO,
    LEAD_UNIT,
    LIAISON,
    OFFICER,
    STREET,
    TODAY,
    ZONE,
    Story,
    claim,
    dollars,
    land,
    open_project,
    project_at,
    sha,
    sign,
    voucher,
)

MILLION = Decimal(1_000_000)
BUREAU, DISTRICT_OFFICE = Referee.COMMERCE_BUREAU, Referee.DISTRICT_OFFICE


def check(amount: Decimal = 30 * MILLION, **changes: Any) -> c.CheckFunds:
    return replace(c.CheckFunds(1, amount, BUREAU, TODAY, CHECKER, "核减"), **changes)


def recognise(amount: Decimal = 30 * MILLION, **changes: Any) -> c.RecogniseFunds:
    command = c.RecogniseFunds(
        1, amount, BODIES, BODIES, COMMERCE, sha("minutes"), BUREAU, TODAY, OFFICER, "联合认定核减"
    )
    return replace(command, **changes)


def reverse(amount: Decimal, **changes: Any) -> c.ReverseFunds:
    return replace(c.ReverseFunds(1, amount, "资金回流", BUREAU, TODAY, OFFICER), **changes)


def claimed() -> Story:
    return project_at(Stage.LANDED).after([claim()])


def checked() -> Story:
    return claimed().after([check()])


def recognised() -> Story:
    return checked().after([recognise()])


def test_from_the_claim_to_the_recognition() -> None:
    story = project_at(Stage.LANDED)
    [made] = story.when(claim())
    assert (made.claim, made.claimant, made.referee) == (1, ZONE, BUREAU)
    [accepted] = story.when(check(25 * MILLION))
    assert (accepted.claimed, accepted.amount, accepted.month) == (30 * MILLION, 25 * MILLION, "2026-07")
    [final] = story.when(recognise(20 * MILLION))
    assert (final.checked, final.amount, final.bodies) == (25 * MILLION, 20 * MILLION, BODIES)
    assert (story.state.checked, story.state.recognised) == (25 * MILLION, 20 * MILLION)


def test_funds_need_a_formal_contract() -> None:
    refused = project_at(Stage.NEGOTIATING).refused(claim(claimant=LEAD_UNIT))
    assert refused.code == "not-signed"


def test_funds_are_claimed_by_the_landing_unit_or_a_lead_unit() -> None:
    story = project_at(Stage.LANDED)
    assert story.refused(claim(claimant=STREET)).code == "not-entitled-to-claim"
    assert story.when(claim(claimant=LEAD_UNIT))


def test_vouchers_bear_out_the_amount() -> None:
    assert project_at(Stage.LANDED).refused(claim(amount=31 * MILLION)).code == "vouchers-too-small"
    assert project_at(Stage.LANDED).refused(claim(vouchers=())).code == "vouchers-too-small"


def test_a_voucher_counts_once_in_a_project() -> None:
    """«Auditors»: inflated funds."""
    story = claimed()
    refused = story.refused(claim())
    assert (refused.code, refused.details["claim"]) == ("voucher-used-twice", 1)
    twice = (voucher("2", 10_000_000), voucher("2", 20_000_000))
    assert story.refused(claim(vouchers=twice)).code == "voucher-used-twice"


def test_a_voucher_of_a_claim_that_came_to_nothing_may_be_claimed_anew() -> None:
    story = claimed().after([check(Decimal(0))])
    [second] = story.when(claim(claimant=LEAD_UNIT))
    assert second.claim == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"month": "2026-08"}, "month-wrong"),
        ({"month": "2026-7"}, "month-wrong"),
        ({"month": "2026-06"}, "paid-after-the-month"),
        ({"vouchers": (voucher(paid_on=TODAY + timedelta(days=1)),)}, "date-in-future"),
        ({"vouchers": (replace(voucher(), sha256="x"),)}, "hash-wrong"),
        ({"vouchers": (voucher("1", 31_000_000), voucher("2", -1_000_000))}, "amount-not-positive"),
        ({"amount": Decimal(0)}, "amount-not-positive"),
        ({"note": "询13800000000"}, "contact-details"),
        ({"conversion": dollars("1000000", "7")}, "conversion-wrong"),
    ],
)
def test_a_claim_is_for_a_month_with_vouchers_that_hold(changes: dict[str, Any], code: str) -> None:
    assert project_at(Stage.LANDED).refused(claim(**changes)).code == code


def test_a_wrong_voucher_is_named_by_its_place_in_the_claim() -> None:
    wrong = (voucher("1"), voucher("2", paid_on=TODAY + timedelta(days=1)))
    assert project_at(Stage.LANDED).refused(claim(vouchers=wrong)).field == "vouchers.1.paid_on"
    assert project_at(Stage.LANDED).refused(claim(month="2026-13")).field == "month"


def test_an_earlier_month_may_be_claimed_with_earlier_vouchers() -> None:
    june = claim(month="2026-06", vouchers=(voucher(paid_on=date(2026, 6, 30)),))
    assert project_at(Stage.LANDED).when(june)


@pytest.mark.parametrize("status", [Status.LOST, Status.TERMINATED])
def test_a_project_that_is_over_claims_no_funds(status: Status) -> None:
    story = project_at(Stage.LANDED).after([c.ChangeStatus(status, TODAY, "终止", TODAY, LIAISON)])
    assert story.refused(claim()).code == "project-not-active"


def test_the_first_check_may_reduce_with_a_reason_and_never_raise() -> None:
    story = claimed()
    assert story.refused(check(25 * MILLION, reason="")).code == "reason-missing"
    assert story.refused(check(31 * MILLION)).code == "amount-too-large"
    assert story.refused(check(Decimal(-1))).code == "amount-too-large"
    assert story.when(check(25 * MILLION))
    assert story.refused(check()).code == "claim-step"


@pytest.mark.parametrize("command", [check(by=LIAISON), recognise(by=LIAISON), reverse(MILLION, by=LIAISON)])
def test_nobody_decides_what_he_himself_claimed(command: Any) -> None:
    """No claimant recognises."""
    assert checked().refused(command).code == "own-claim"


def test_no_claimant_takes_part_in_the_joint_recognition() -> None:
    story = project_at(Stage.LANDED).after([claim(claimant=LEAD_UNIT), check()])
    refused = story.refused(recognise())
    assert (refused.code, refused.details["barred"]) == ("own-claim", [LEAD_UNIT])
    without = tuple(body for body in BODIES if body != LEAD_UNIT)
    assert story.when(recognise(bodies=without))


def test_every_body_of_the_setting_takes_part() -> None:
    """Joint recognition: 商务, 发改, 财政, 统计, 审计, 督查."""
    refused = checked().refused(recognise(bodies=BODIES[:-1]))
    assert (refused.code, refused.details["missing"]) == ("bodies-missing", [BODIES[-1]])


def test_recognition_follows_the_first_check_and_is_given_once() -> None:
    assert claimed().refused(recognise()).code == "claim-step"
    assert recognised().refused(recognise()).code == "claim-step"
    assert claimed().after([check(Decimal(0))]).refused(recognise(Decimal(0))).code == "claim-step"


def test_recognition_stays_within_the_first_check() -> None:
    story = claimed().after([check(25 * MILLION)])
    assert story.refused(recognise(26 * MILLION)).code == "amount-too-large"
    assert story.refused(recognise(20 * MILLION, reason="")).code == "reason-missing"


def party_stories() -> list[tuple[str, Story]]:
    signed = [sign()]
    return [
        ("claimant", project_at(Stage.LANDED).after([claim(claimant=COMMERCE.unit, lead_units=(COMMERCE.unit,))])),
        ("finder", Story(project_at(Stage.NEGOTIATING).decider).after([open_project(finder=COMMERCE.unit), *signed,
                                                                       land(), claim()])),
        ("its group", Story(project_at(Stage.NEGOTIATING).decider).after([open_project(group=GROUP_TWO), *signed,
                                                                          land(), claim()])),
    ]  # fmt: skip


@pytest.mark.parametrize(("how", "story"), party_stories(), ids=lambda value: value if isinstance(value, str) else "")
def test_where_the_commerce_bureau_is_a_party_the_district_office_decides(how: str, story: Story) -> None:
    """Where the Commerce Bureau or its group two is a party the district office decides."""
    assert story.state.claims[0].referee is DISTRICT_OFFICE
    assert story.refused(check()).code == "not-the-deciding-office"
    assert story.when(check(office=DISTRICT_OFFICE))
    assert story.refused(recognise(office=DISTRICT_OFFICE)).code == "own-claim"
    assert story.when(recognise(office=DISTRICT_OFFICE, bodies=BODIES[1:]))


def test_elsewhere_the_commerce_bureau_decides() -> None:
    assert claimed().refused(check(office=DISTRICT_OFFICE)).code == "not-the-deciding-office"


def test_recognised_funds_stand_above_the_contract_amount_only_with_a_note() -> None:
    """Invariant: above the contract amount only with a note."""
    big = voucher("big", 120_000_000)
    story = project_at(Stage.LANDED).after([claim(amount=120 * MILLION, vouchers=(big,)), check(120 * MILLION)])
    refused = story.refused(recognise(120 * MILLION))
    assert (refused.code, refused.details["above"]) == ("above-contract-amount", str(20 * MILLION))
    [event] = story.when(recognise(120 * MILLION, excess_note="投资方追加设备投资，补充协议正在办理"))
    assert event.excess_note
    assert story.state.recognised == 120 * MILLION


def test_a_note_is_kept_only_where_it_is_needed() -> None:
    [event] = checked().when(recognise(excess_note="无须说明"))
    assert event.excess_note == ""


def test_a_reversal_leaves_both_figures_and_neither_falls_below_zero() -> None:
    """Invariant: confirmed funds never below zero."""
    story = recognised()
    [event] = story.when(reverse(10 * MILLION))
    assert isinstance(event, e.FundsReversed)
    assert (event.off_recognised, event.checked_left, event.recognised_left) == (
        10 * MILLION,
        20 * MILLION,
        20 * MILLION,
    )
    assert story.refused(reverse(21 * MILLION)).code == "amount-too-large"
    assert story.refused(reverse(MILLION, reason="")).code == "reason-missing"
    story.when(reverse(20 * MILLION))
    assert (story.state.checked, story.state.recognised) == (0, 0)


def test_a_reversal_takes_no_more_off_the_recognised_figure_than_stood_there() -> None:
    story = checked().after([recognise(10 * MILLION)])
    [event] = story.when(reverse(25 * MILLION))
    assert (event.off_recognised, event.checked_left, event.recognised_left) == (10 * MILLION, 5 * MILLION, 0)


def test_what_is_reversed_before_recognition_cannot_be_recognised() -> None:
    story = checked().after([reverse(10 * MILLION)])
    assert story.state.claims[0].recognised is None
    assert story.refused(recognise()).code == "amount-too-large"
    assert story.when(recognise(20 * MILLION))


def test_an_unchecked_claim_is_reduced_by_its_check_not_reversed() -> None:
    assert claimed().refused(reverse(MILLION)).code == "claim-step"


def test_funds_are_still_reversed_when_the_project_is_over() -> None:
    story = recognised().after([c.ChangeStatus(Status.TERMINATED, TODAY, "协议解除", TODAY, LIAISON)])
    assert story.when(reverse(30 * MILLION))


def test_an_unknown_claim_is_named_so() -> None:
    assert claimed().refused(check(claim=2)).status == 404
    assert claimed().refused(check(claim=0)).status == 404
