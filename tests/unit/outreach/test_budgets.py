"""Clause 三(四): allocated by document, never overspent, approved and paid by others, taken back in the open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.outreach.deciders import BUDGET
from services.outreach.domain.budget import commands as c
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
from services.outreach.domain.values import Fund
from tests.unit.given import Told

from .given import (
    ALLOCATE,
    FACTS,
    FINANCE,
    HEAD,
    LEADER,
    LIAISON,
    OTHER_UNIT,
    TRIP_ID,
    UNIT,
    budget,
    claim,
    day,
    journey,
)

INCREASE = c.IncreaseBudget(FINANCE, day("07-01"), Decimal(500), "模拟财预〔2026〕9号", "追加（模拟）")
REDUCE = c.ReduceBudget(FINANCE, day("07-02"), Decimal(500), "模拟财预〔2026〕10号", "调减（模拟）")
COMMIT = c.CommitExpense(HEAD, day("08-05"), UNIT, "推介会（模拟）", Decimal(3000))
FOR_TRIP = replace(COMMIT, trip=TRIP_ID)
APPROVE = c.ApproveExpense(HEAD, day("08-17"), 1)
PAY = c.PayExpense(FINANCE, day("08-20"), 1, Decimal(100), "ZF2026080001", day("08-19"))
REVERSE = c.ReverseExpense(FINANCE, day("09-01"), 1, "重复报销（模拟）")
REJECT = c.RejectExpense(HEAD, day("08-17"), 1, "票据不全（模拟）")


def test_the_finance_bureau_allocates_with_a_document_number_once() -> None:
    """三(四), 指标文号."""
    assert budget().then(BudgetAllocated)[0].document_number == ALLOCATE.document_number
    budget(ALLOCATE).refused("already-allocated")
    budget(allocate=replace(ALLOCATE, amount=Decimal(0))).refused("amount-not-positive")


def test_the_special_fund_is_no_units_and_an_own_fund_is_one_units() -> None:
    """三(四)."""
    budget(allocate=replace(ALLOCATE, fund=Fund.SPECIAL)).refused("fund-and-unit")
    budget(allocate=replace(ALLOCATE, unit=None)).refused("fund-and-unit")
    special = replace(ALLOCATE, fund=Fund.SPECIAL, unit=None)
    budget(replace(COMMIT, unit=OTHER_UNIT), allocate=special).then(ExpenseCommitted)
    budget(replace(COMMIT, unit=OTHER_UNIT)).refused("other-units-fund")
    budget(claim(unit=OTHER_UNIT)).refused("other-units-fund")


def test_a_budget_is_increased_and_reduced_by_documents_of_their_own() -> None:
    assert budget(INCREASE).then(BudgetIncreased)[0].allocated == 10_500
    assert budget(INCREASE, REDUCE).then(BudgetReduced)[0].allocated == 10_000
    budget(replace(INCREASE, document_number=ALLOCATE.document_number)).refused("document-used")
    budget(REDUCE, replace(REDUCE, amount=Decimal(1))).refused("document-used")
    budget(COMMIT, claim(6900), replace(REDUCE, amount=Decimal(101))).refused("over-budget")
    budget(COMMIT, claim(6900), replace(REDUCE, amount=Decimal(100))).then(BudgetReduced)


def test_no_more_is_set_aside_or_claimed_than_is_there() -> None:
    """三(四): available = allocated - committed - claimed."""
    told = budget(COMMIT)
    assert told.then(ExpenseCommitted)[0].available == 7000
    refused = told.when(claim(7001)).refused("over-budget", "三(四)")
    assert refused.details == {"available": "7000", "needed": "7001"}
    told.when(claim(7000)).then(ExpenseClaimed)
    told.when(replace(COMMIT, amount=Decimal("0.01"))).refused("over-budget")


def test_a_claim_uses_what_was_set_aside_for_it_and_then_what_is_left() -> None:
    """三(四)."""
    told = budget(COMMIT, claim(3500, commitment=1))
    assert told.then(ExpenseClaimed)[0].available == 6500
    told.when(claim(6500)).then(ExpenseClaimed)
    told.when(claim(1, commitment=1)).refused("over-budget")
    budget(COMMIT, claim(7000), claim(3001, commitment=1)).refused("over-budget")
    budget(COMMIT, claim(7000), claim(3000, commitment=1)).then(ExpenseClaimed)


def test_a_commitment_is_of_one_unit_and_trip() -> None:
    special = replace(ALLOCATE, fund=Fund.SPECIAL, unit=None)
    budget(COMMIT, claim(unit=OTHER_UNIT, commitment=1), allocate=special).refused("other-commitment")
    budget(FOR_TRIP, claim(commitment=1)).refused("other-commitment")
    budget(FOR_TRIP, claim(commitment=1, trip=TRIP_ID, trip_facts=FACTS)).then(ExpenseClaimed)
    budget(claim(commitment=1)).refused("no-such-commitment")


def test_a_trip_sets_money_aside_once_and_frees_it_when_it_is_cancelled() -> None:
    """三(四)."""
    release = c.ReleaseTrip(LIAISON, day("08-06"), TRIP_ID, "取消（模拟）")
    budget(FOR_TRIP, FOR_TRIP).then()
    freed = budget(FOR_TRIP, release).then(CommitmentReleased)[0]
    assert (freed.released, freed.available) == (3000, 10_000)
    budget(FOR_TRIP, release, release).then()
    budget(release).then()


def test_a_release_frees_only_what_was_not_claimed() -> None:
    release = c.ReleaseCommitment(HEAD, day("09-01"), 1, "结余（模拟）")
    freed = budget(COMMIT, claim(1200, commitment=1), release).then(CommitmentReleased)[0]
    assert (freed.released, freed.available) == (1800, 8800)
    budget(release).refused("no-such-commitment")


def test_less_may_be_approved_than_was_claimed_and_the_rest_is_available_again() -> None:
    told = budget(claim(), replace(APPROVE, amount=Decimal(60)))
    approved = told.then(ExpenseApproved)[0]
    assert (approved.amount, approved.claimed, told.state.available) == (60, 100, 9940)
    budget(claim(), replace(APPROVE, amount=Decimal(101))).refused("amount-too-large")
    budget(claim(), replace(APPROVE, amount=Decimal(0))).refused("amount-too-large")
    budget(APPROVE).refused("no-such-expense")
    budget(claim(), APPROVE, APPROVE).refused("wrong-step")


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ((), APPROVE),
        ((), REJECT),
        ((APPROVE,), PAY),
        ((APPROVE,), REVERSE),
    ],
)
def test_nobody_decides_on_what_he_claimed(before: tuple[Any, ...], command: Any) -> None:
    """三(四)."""
    assert budget(claim(), *before, replace(command, by=LIAISON)).refused("own-claim").status == 403


def test_who_approved_does_not_pay() -> None:
    """三(四)."""
    budget(claim(), APPROVE, replace(PAY, by=HEAD)).refused("own-claim")
    budget(claim(), APPROVE, PAY).then(ExpensePaid)


def test_a_breach_is_approved_only_with_a_reason_and_stays_named() -> None:
    """三(四): lodging over the limit of the place goes to the district."""
    over = journey(lodging=Decimal(900))
    claimed = budget(over).then(ExpenseClaimed)[0]
    assert [one.rule for one in claimed.breaches] == ["travel.lodging"]
    assert budget(over, APPROVE).refused("breach-needs-reason").details == {"rules": ["travel.lodging"]}
    budget(over, replace(APPROVE, by=LEADER, reason="会展期间酒店涨价（模拟）")).then(ExpenseApproved)


def test_a_rejected_claim_frees_its_money_and_names_the_rule() -> None:
    told = budget(claim(), replace(REJECT, rule="travel.lodging"))
    assert told.then(ExpenseRejected)[0].rule == "travel.lodging"
    assert told.state.available == 10_000
    told.when(PAY).refused("wrong-step")


def test_a_voucher_number_is_used_once_even_after_a_reversal() -> None:
    """三(四), 支付凭证号."""
    told = budget(claim(), APPROVE, PAY, claim(), replace(APPROVE, expense=2))
    assert told.when(replace(PAY, expense=2)).refused("voucher-used").details["expense"] == 1
    told.when(REVERSE).then(ExpenseReversed)
    told.when(replace(PAY, expense=2)).refused("voucher-used")
    told.when(replace(PAY, expense=2, voucher_number="ZF2026080002")).then(ExpensePaid)


def test_a_payment_is_recorded_after_it_was_made_and_not_above_what_was_approved() -> None:
    budget(claim(), PAY).refused("wrong-step")
    budget(claim(), APPROVE, replace(PAY, amount=Decimal(101))).refused("amount-too-large")
    budget(claim(), APPROVE, replace(PAY, paid_on=day("08-21"))).refused("paid-in-future")


def test_a_reversal_gives_the_money_back_in_the_open() -> None:
    told = budget(claim(), APPROVE, PAY, REVERSE)
    taken = told.then(ExpenseReversed)[0]
    assert (taken.was_paid, taken.voucher_number, told.state.available) == (True, "ZF2026080001", 10_000)
    told.when(REVERSE).refused("wrong-step")
    budget(claim(), REVERSE).refused("wrong-step")


def test_a_reversed_claim_of_a_commitment_is_set_aside_again() -> None:
    told = budget(COMMIT, claim(3000, commitment=1), APPROVE, REVERSE)
    assert (told.state.committed, told.state.available) == (3000, 7000)


def test_what_was_not_allocated_is_not_found() -> None:
    for command in (INCREASE, REDUCE, COMMIT, claim(), APPROVE, PAY, REVERSE):
        assert Told(BUDGET, command).refused("no-such-budget").status == 404
