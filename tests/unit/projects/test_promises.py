"""The ledger of promises (承诺台账) of government and enterprise, with due dates and fulfilment (mechanism,
«Projects»)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.projects.api_promises import seen_by
from services.projects.domain.project import commands as c
from services.projects.domain.project import promise_commands as p
from services.projects.domain.project.events import (
    Gate,
    PromiseAmended,
    PromiseBroken,
    PromiseFulfilled,
    PromiseKind,
    PromiseMade,
    PromiseOverdue,
    PromiseParty,
    PromiseWithdrawn,
)
from services.projects.domain.project.gate_commands import TakeGateBack
from services.projects.domain.project.promises import KINDS
from services.projects.domain.project.state import PromiseState
from services.projects.domain.values import Stage, Status
from services.projects.permissions import PERMISSIONS
from services.projects.promise_queries import check_cursor, cursor_of
from services.projects.visibility import MASK
from tests.unit import given
from tests.unit.given import somebody as who
from tests.unit.projects.stories import (
    CHECKER,
    GROUP_ONE,
    LIAISON,
    STREET,
    TODAY,
    ZONE,
    Story,
    gate,
    project_at,
    promise,
    sha,
)

DUE = TODAY + timedelta(days=100)
AFTER = DUE + timedelta(days=1)
LAND = {"party": PromiseParty.GOVERNMENT, "kind": PromiseKind.LAND, "value": Decimal(120), "unit": "亩"}


def promised(**changes: Any) -> Story:
    """A signed project with one promise, of the enterprise by default."""
    return project_at(Stage.SIGNED).after([promise(**changes)])


def kept(**changes: Any) -> p.FulfilPromise:
    return replace(p.FulfilPromise(1, TODAY, sha("report"), TODAY, LIAISON, Decimal(310)), **changes)


def amended(**changes: Any) -> p.AmendPromise:
    return replace(p.AmendPromise(1, "补充协议", TODAY, LIAISON), **changes)


def test_a_promise_has_its_party_kind_text_value_basis_and_due_date() -> None:
    [event] = project_at(Stage.SIGNED).when(promise())
    assert event == PromiseMade(
        1, PromiseParty.ENTERPRISE, PromiseKind.INTENSITY, "投资强度不低于每亩300万元", DUE, "第五条第（二）款", TODAY,
        LIAISON, Decimal(300), "万元/亩",
    )  # fmt: skip


def test_promises_are_numbered_within_the_project() -> None:
    story = promised().after([promise(kind=PromiseKind.JOBS, value=Decimal(200), unit="人")])
    assert [one.number for one in story.state.promises] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"kind": PromiseKind.LAND}, "promise-kind-of-other-party", "kind"),
        ({"unit": None}, "promise-measure-incomplete", "unit"),
        ({"value": None}, "promise-measure-incomplete", "value"),
        ({"value": Decimal(0)}, "amount-not-positive", "value"),
        ({"text": "联系13812345678"}, "contact-details", "text"),
        ({"basis_sha256": "f", **LAND}, "hash-wrong", "basis_sha256"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(changes: dict[str, Any], code: str, field: str) -> None:
    refused = project_at(Stage.SIGNED).refused(promise(**changes))
    assert (refused.code, refused.field) == (code, field)


def test_each_party_promises_what_is_its_own() -> None:
    """«Projects»: of the government land, awards, procedures; of the enterprise intensity, tax, dates, jobs."""
    assert set(KINDS[PromiseParty.GOVERNMENT]) & set(KINDS[PromiseParty.ENTERPRISE]) == {PromiseKind.OTHER}
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(PromiseKind)


def test_the_government_promises_nothing_without_review_or_legal_basis() -> None:
    """«Auditors»: promises without review or legal basis."""
    refused = project_at(Stage.SIGNED).refused(promise(**LAND))
    assert (refused.code, refused.field) == ("promise-without-basis", "basis_sha256")
    assert "集体决策" in refused.zh
    [event] = project_at(Stage.SIGNED).when(promise(**LAND, basis_sha256=sha("minutes")))
    assert (event.gate, event.basis_sha256) == (None, sha("minutes"))


def test_a_promise_of_the_government_rests_on_the_collective_decision() -> None:
    story = project_at(Stage.SIGNED).after([gate(Gate.COLLECTIVE_DECISION)])
    assert story.when(promise(**LAND))[0].gate == 1
    refused = story.refused(TakeGateBack(1, "有误", TODAY, CHECKER))
    assert (refused.code, refused.details["promises"]) == ("gate-in-use", [1])
    story.when(amended(basis_sha256=sha("minutes")))
    story.when(TakeGateBack(1, "有误", TODAY, CHECKER))


def test_a_changed_promise_of_the_government_needs_a_basis_of_its_own() -> None:
    story = project_at(Stage.SIGNED).after([gate(Gate.COLLECTIVE_DECISION), promise(**LAND)])
    assert story.refused(amended(value=Decimal(150))).code == "promise-without-basis"
    assert story.when(amended(due=AFTER))[0].gate == 1, "another due date rests on what was decided"
    story.when(gate(Gate.COLLECTIVE_DECISION, document_sha256=sha("second")))
    assert story.when(amended(value=Decimal(150)))[0].gate == 2


def test_a_promise_is_changed_with_its_reason_and_what_was_before_is_kept() -> None:
    story = promised()
    assert story.refused(amended(due=AFTER, reason=" ")).field == "reason"
    assert story.when(amended()) == story.when(amended(due=DUE)) == [], "nothing changes"
    [event] = story.when(amended(due=AFTER, value=Decimal(280)))
    assert isinstance(event, PromiseAmended)
    assert (event.due_was, event.due, event.value_was, event.value) == (DUE, AFTER, Decimal(300), Decimal(280))


def test_a_promise_is_kept_on_a_day_on_evidence_with_what_was_reached() -> None:
    [event] = promised().when(kept())
    assert event == PromiseFulfilled(
        1, PromiseParty.ENTERPRISE, PromiseKind.INTENSITY, DUE, TODAY, sha("report"), TODAY, LIAISON, Decimal(310),
        "万元/亩",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (kept(value=Decimal(299)), "promise-not-reached", "value"),
        (kept(value=None), "promise-value-unfit", "value"),
        (kept(fulfilled_on=AFTER), "date-in-future", "fulfilled_on"),
        (kept(evidence_sha256="f"), "hash-wrong", "evidence_sha256"),
        (p.BreakPromise(1, AFTER, "停建", TODAY, LIAISON), "date-in-future", "broken_on"),
        (p.BreakPromise(1, TODAY, "", TODAY, LIAISON), "reason-missing", "reason"),
        (p.WithdrawPromise(1, "", TODAY, LIAISON), "reason-missing", "reason"),
        (kept(promise=2), "unknown-promise", ""),
    ],
)
def test_an_end_that_does_not_hold_is_refused(command: Any, code: str, field: str) -> None:
    refused = promised().refused(command)
    assert (refused.code, refused.field) == (code, field)


def test_of_days_fewer_are_better() -> None:
    days = {"kind": PromiseKind.PROCEDURE, "party": PromiseParty.GOVERNMENT, "value": Decimal(30), "unit": "天"}
    promised(**days, basis_sha256=sha("minutes")).when(kept(value=Decimal(20)))


def test_what_has_ended_stays_as_it_is_until_it_is_withdrawn() -> None:
    story = promised()
    assert [type(one) for one in story.when(p.BreakPromise(1, TODAY, "停建", TODAY, LIAISON))] == [PromiseBroken]
    assert story.refused(kept()).code == "promise-closed"
    assert story.refused(amended(due=AFTER)).code == "promise-closed"
    assert [type(one) for one in story.when(p.WithdrawPromise(1, "录错", TODAY, CHECKER))] == [PromiseWithdrawn]
    assert story.when(p.WithdrawPromise(1, "录错", TODAY, CHECKER)) == []
    assert story.state.promises[0].state is PromiseState.WITHDRAWN


def test_a_due_date_that_passes_is_said_exactly_once() -> None:
    story = promised()
    assert story.when(p.JudgePromises(DUE)) == []
    late = PromiseOverdue(1, PromiseParty.ENTERPRISE, PromiseKind.INTENSITY, DUE, AFTER, GROUP_ONE, STREET)
    assert story.when(p.JudgePromises(AFTER)) == [late]
    assert story.when(p.JudgePromises(AFTER + timedelta(days=9))) == []
    late_and_kept = [type(one) for one in story.when(kept(today=AFTER))]
    assert late_and_kept[0] is PromiseFulfilled
    assert PromiseOverdue not in late_and_kept


def test_a_command_that_finds_it_overdue_says_so_at_once() -> None:
    """三(五): judged by the clock, and at once by every command; then the clock has nothing to say."""
    story = promised()
    talk = c.RecordProjectTalk(AFTER, "宁波市", "对接", AFTER, LIAISON)
    assert PromiseOverdue in [type(one) for one in story.when(talk)]
    assert story.when(p.JudgePromises(AFTER)) == []
    [made, late] = project_at(Stage.SIGNED).when(promise(due=TODAY - timedelta(days=1)))
    assert (type(made), type(late)) == (PromiseMade, PromiseOverdue)


def test_another_due_date_opens_an_overdue_promise_again() -> None:
    story = promised().after([p.JudgePromises(AFTER)])
    story.when(amended(clause="补充协议第一条", today=AFTER))
    assert story.state.promises[0].state is PromiseState.OVERDUE
    later = AFTER + timedelta(days=30)
    story.when(amended(due=later, today=AFTER))
    assert story.state.promises[0].state is PromiseState.OPEN
    assert len(story.when(p.JudgePromises(later + timedelta(days=1)))) == 1


def test_of_a_lost_project_nothing_is_asked_until_it_is_taken_up_again() -> None:
    story = promised().after([c.ChangeStatus(Status.LOST, TODAY, "流失", TODAY, CHECKER)])
    assert story.when(p.JudgePromises(AFTER)) == []
    assert story.refused(promise()).code == "project-not-active"
    again = story.when(c.ChangeStatus(Status.ACTIVE, AFTER, "重启", AFTER, CHECKER))
    assert PromiseOverdue in [type(one) for one in again]


def test_the_landing_unit_answers_for_what_is_overdue() -> None:
    story = project_at(Stage.LANDED).after([promise()])
    [late] = story.when(p.JudgePromises(AFTER))
    assert late.unit == ZONE


def test_the_group_keeps_the_ledger_and_the_offices_withdraw() -> None:
    scopes = {"group": GROUP_ONE, "landing": ZONE, "finder": STREET}
    for command in (p.MakePromise, p.AmendPromise, p.FulfilPromise, p.BreakPromise):
        assert given.may(PERMISSIONS, command, who("liaison@410804-G-1"), scopes)
    zone = who(f"unit_head@{ZONE}")
    assert given.may(PERMISSIONS, p.FulfilPromise, zone, scopes)
    assert not given.may(PERMISSIONS, p.MakePromise, zone, scopes)
    assert not given.may(PERMISSIONS, p.WithdrawPromise, who("liaison@410804-G-1"), scopes)
    assert given.may(PERMISSIONS, p.WithdrawPromise, who("district_office@410804"), scopes)


def test_what_an_unsigned_project_promises_is_for_those_who_work_on_it() -> None:
    """三(二): information is shared among the groups, unsigned investors masked."""
    row = {"group_id": GROUP_ONE, "finder": STREET, "landing_unit": None, "stage": "negotiating", "name": "铝板带"}
    row |= {"text": "供地120亩", "clause": "第三条", "value": Decimal(120), "unit": "亩", "state": "open"}
    hidden = seen_by(who("liaison@410804-G-2"), row)
    assert (hidden["name"], hidden["text"], hidden["clause"], hidden["value"]) == (MASK, MASK, MASK, None)
    for grant in ("liaison@410804-G-1", "auditor@410804"):
        assert seen_by(who(grant), row) == row
    assert seen_by(who("liaison@410804-G-2"), {**row, "stage": "signed"})["text"] == "供地120亩"


@pytest.mark.parametrize("day", ["2026-02-31", "0000-01-01"])
def test_a_cursor_without_a_day_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match=r"day|year"):
        check_cursor(f"0_{day}_410804-P-2026-0001_3")


def test_a_page_ends_at_a_key() -> None:
    row = {"urgency": 0, "due": DUE, "stream": "410804-P-2026-0001", "promise": 3}
    assert cursor_of(row) == f"0_{DUE}_410804-P-2026-0001_3"
