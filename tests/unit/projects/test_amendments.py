"""A contract is amended by a supplementary agreement, each a fact of its own day («Projects», contracts)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.project.events import Gate
from services.projects.domain.project.gate_commands import TakeGateBack
from services.projects.domain.values import Referee, Stage, Status
from tests.unit.projects.stories import (
    CHECKER,
    LIAISON,
    OFFICER,
    PROMISED,
    TODAY,
    Story,
    amend,
    claim,
    dollars,
    gate,
    project_at,
    sha,
    sign,
    voucher,
)
from tests.unit.projects.test_funds import check, recognise

MILLION = Decimal(1_000_000)


def signed() -> Story:
    return project_at(Stage.SIGNED)


def funded() -> Story:
    """100 million recognised of a contract of 100 million."""
    amount = 100 * MILLION
    return project_at(Stage.LANDED).after(
        [claim(amount=amount, vouchers=(voucher("1", int(amount)),)), check(amount), recognise(amount)]
    )


def test_old_and_new_amount_stand_in_the_event_and_the_new_one_is_in_force() -> None:
    story = signed()
    [event] = story.when(amend())
    assert (event.amendment, event.amount_was, event.amount) == (1, 100 * MILLION, 120 * MILLION)
    assert story.state.contract_amount == 120 * MILLION
    assert story.when(amend()) == [], "the same agreement told again changes nothing"
    [second] = story.when(amend(number="2号", sha256=sha("second"), amount=90 * MILLION))
    assert (second.amendment, second.amount_was) == (2, 120 * MILLION)


def test_an_amount_in_another_currency_is_computed_at_the_rate_of_the_agreement() -> None:
    [event] = signed().when(amend(amount=None, conversion=dollars("20000000")))
    assert event.amount == Decimal("142468000.00")
    late = dollars("20000000", rate_on=TODAY + timedelta(days=1))
    assert signed().refused(amend(amount=None, conversion=late)).field == "conversion.rate_on"


def test_content_and_dates_change_with_what_they_were() -> None:
    story, later = signed(), date(2026, 9, 1)
    event, dated = story.when(amend(amount=None, content="生产线3条", dates=((Stage.LANDED, later),)))
    assert (event.content_was, event.content) == ("新建厂房4万平方米，铝板带生产线2条", "生产线3条")
    assert event.dates == (e.DateAmended(Stage.LANDED, later, dict(PROMISED)[Stage.LANDED]),)
    assert isinstance(dated, e.AgreedDateSet)
    assert (event.amount_was, event.amount) == (100 * MILLION, 100 * MILLION)
    assert story.state.agreed[Stage.LANDED] == later


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"amount": None}, "nothing-amended", "amount"),
        ({"amount": 100 * MILLION}, "nothing-amended", "amount"),
        ({"amount": Decimal(0)}, "amount-not-positive", "amount"),
        ({"reason": " "}, "reason-missing", "reason"),
        ({"sha256": "x"}, "hash-wrong", "sha256"),
        ({"dated": TODAY + timedelta(days=1)}, "date-in-future", "dated"),
        ({"dated": TODAY - timedelta(days=1)}, "date-out-of-order", "dated"),
        ({"content": "询13800000000"}, "contact-details", "content"),
        ({"dates": ((Stage.SIGNED, TODAY),)}, "stage-already-reached", "dates.signed"),
        ({"dates": ((Stage.STARTED, date(2026, 7, 25)),)}, "agreed-dates-out-of-order", "dates.started"),
    ],
)
def test_an_agreement_that_does_not_hold_says_what_and_where(changes: dict[str, Any], code: str, field: str) -> None:
    refused = signed().refused(amend(**changes))
    assert (refused.code, refused.field) == (code, field)


def test_only_a_contract_that_is_signed_and_not_over_is_amended() -> None:
    assert project_at(Stage.NEGOTIATING).refused(amend()).code == "not-signed"
    lost = signed().after([c.ChangeStatus(Status.TERMINATED, TODAY, "终止", TODAY, LIAISON)])
    assert lost.refused(amend()).code == "project-not-active"


def test_one_document_amends_once() -> None:
    refused = signed().after([amend()]).refused(amend(number="另一份", amount=130 * MILLION))
    assert (refused.code, refused.field) == ("amendment-document-used", "sha256")


def test_a_larger_amount_needs_the_gates_that_are_demanded_and_keeps_them() -> None:
    """«Projects»: before a formal contract stand its gates."""
    story = signed()
    assert story.refused(amend(gates_from=TODAY)).code == "gates-missing"
    assert story.when(amend(amount=90 * MILLION, gates_from=TODAY)), "a smaller one does not"
    story.after(gate(one) for one in Gate)
    [event] = story.when(amend(number="2号", sha256=sha("second"), gates_from=TODAY))
    assert event.gates
    assert story.refused(TakeGateBack(event.gates[0], "误录", TODAY, CHECKER)).code == "gate-in-use"


def test_an_amount_below_the_recognised_funds_needs_a_note() -> None:
    """Confirmed funds stand above the contract amount in force only with a note."""
    story = funded()
    refused = story.refused(amend(amount=80 * MILLION))
    assert (refused.code, refused.field) == ("above-contract-amount", "excess_note")
    [event] = story.when(amend(amount=80 * MILLION, excess_note="二期取消，已到位资金转流动资金"))
    assert event.excess_note
    assert signed().when(amend(excess_note="无需说明"))[0].excess_note == "", "kept only where it is needed"


def test_a_larger_amount_in_force_takes_more_recognised_funds_without_a_note() -> None:
    story = funded().after([amend()])
    more = (voucher("2", 20_000_000),)
    story.after([claim(amount=20 * MILLION, vouchers=more), check(20 * MILLION, claim=2)])
    [event] = story.when(recognise(20 * MILLION, claim=2))
    assert event.excess_note == ""


def test_with_the_signature_its_amendments_are_taken_back() -> None:
    story = signed().after([amend(content="生产线3条")])
    event, *_ = story.when(c.CorrectStage(Stage.NEGOTIATING, "合同无效", TODAY, OFFICER))
    assert event.void_amendments == (1,)
    assert event.content == "新建厂房4万平方米，铝板带生产线2条"
    assert (story.state.contract_amount, story.state.amendments) == (None, ())
    landed = project_at(Stage.LANDED).after([amend()])
    kept, *_ = landed.when(c.CorrectStage(Stage.SIGNED, "落地有误", TODAY, OFFICER))
    assert (kept.void_amendments, landed.state.contract_amount) == ((), 120 * MILLION)


def test_numbers_of_amendments_are_not_used_twice() -> None:
    story = signed().after([amend(), c.CorrectStage(Stage.NEGOTIATING, "合同无效", TODAY, OFFICER)])
    story.after([sign(documents=()), amend(number="新1号", sha256=sha("new"))])
    assert story.state.amendments[0].amendment == 2


def test_reversals_lead_back_below_the_amount() -> None:
    story = funded().after([amend(amount=80 * MILLION, excess_note="说明")])
    story.when(c.ReverseFunds(1, 20 * MILLION, "回流", Referee.COMMERCE_BUREAU, TODAY, OFFICER))
    assert story.state.recognised == story.state.contract_amount
