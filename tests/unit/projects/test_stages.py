"""The way of a project from the first talk to its full capacity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.values import (
    STAGES,
    ContractKind,
    Light,
    ProjectType,
    Stage,
    Status,
)
from tests.unit.projects.stories import (
    COMPANY,
    LIAISON,
    PROMISED,
    RULES,
    TODAY,
    WAY,
    ZONE,
    Story,
    claim,
    document,
    documents,
    land,
    open_project,
    project_at,
    reach_capacity,
    sha,
    sign,
    start_construction,
)

LATER = TODAY + timedelta(days=1)


def test_a_project_begins_with_a_talk_that_is_proved() -> None:
    """«First report, first talk»: the first substantive talk, proved by minutes or the investor's confirmation."""
    refused = Story(PROJECT).refused(open_project(documents=()))
    assert refused.code == "evidence-missing"
    assert refused.details["missing"][0]["any_of"] == ["talk_minutes", "investor_confirmation"]
    opened, filed, started = Story(PROJECT).when(open_project(documents=(document("investor_confirmation"),)))
    assert isinstance(opened, e.ProjectOpened)
    assert isinstance(filed, e.EvidenceFiled)
    assert started.evidence[0].kind == "investor_confirmation"
    assert started.rulebook == RULES.version


def test_what_is_wrong_in_signing_is_said_at_its_field() -> None:
    story = project_at(Stage.NEGOTIATING)
    undated = (replace(documents(Stage.SIGNED)[0], dated=LATER),)
    assert story.refused(sign(documents=undated)).field == "documents.0.dated"
    assert story.refused(sign(signed_on=LATER, agreed=())).field == "agreed.landed"
    assert story.refused(sign(amount=Decimal(0))).field == "amount"


def test_the_whole_way() -> None:
    """«Projects»: 洽谈 签约 落地 开工 投产 达产."""
    story = project_at(Stage.AT_CAPACITY)
    assert story.state.stage is Stage.AT_CAPACITY
    assert list(story.state.reached) == list(STAGES)
    reached = [type(event).__name__ for event in story.events if hasattr(event, "evidence")]
    assert reached == [
        "NegotiationStarted", "ProjectSigned", "ProjectLanded", "ConstructionStarted", "ProductionStarted",
        "CapacityReached",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [ContractKind.LETTER_OF_INTENT, ContractKind.FRAMEWORK])
def test_only_a_formal_contract_counts_as_signed(kind: ContractKind) -> None:
    """«Projects»: letters of intent and frameworks are kept apart."""
    story = project_at(Stage.NEGOTIATING)
    assert story.refused(sign(contract_kind=kind)).code == "not-a-formal-contract"
    [event] = story.when(c.RecordIntent(kind, "合作意向", TODAY, sha("intent"), TODAY, LIAISON))
    assert isinstance(event, e.IntentSigned)
    assert story.state.stage is Stage.NEGOTIATING


def test_a_formal_contract_is_no_intent() -> None:
    intent = c.RecordIntent(ContractKind.FORMAL, "投资合同", TODAY, sha("contract"), TODAY, LIAISON)
    assert project_at(Stage.NEGOTIATING).refused(intent).code == "formal-contract-is-signing"


def test_signing_names_the_contract_that_was_filed() -> None:
    events = project_at(Stage.NEGOTIATING).when(sign())
    signed = next(event for event in events if isinstance(event, e.ProjectSigned))
    assert signed.contract_sha256 == sha("formal_contract")
    assert signed.amount == Decimal(100_000_000)


def test_signing_agrees_the_date_of_every_stage_to_come() -> None:
    """Clause 三(五): every stage has an agreed date."""
    story = project_at(Stage.NEGOTIATING)
    refused = story.refused(sign(agreed=PROMISED[:2]))
    assert (refused.code, refused.details["missing"]) == ("agreed-dates-missing", ["in_production", "at_capacity"])
    events = story.when(sign())
    assert [event.stage for event in events if isinstance(event, e.AgreedDateSet)] == [one for one, _ in PROMISED]


def test_agreed_dates_follow_the_order_of_the_stages() -> None:
    """Clause 三(五)."""
    upside_down = ((Stage.LANDED, date(2027, 1, 1)), *PROMISED[1:])
    assert project_at(Stage.NEGOTIATING).refused(sign(agreed=upside_down)).code == "agreed-dates-out-of-order"


def test_an_agreed_date_changes_with_a_reason_and_only_ahead() -> None:
    """Clause 三(五)."""
    story = project_at(Stage.LANDED)
    later = ((Stage.STARTED, date(2026, 11, 1)),)
    assert story.refused(c.AgreeDates(later, TODAY, LIAISON)).code == "reason-missing"
    [event] = story.when(c.AgreeDates(later, TODAY, LIAISON, "用地手续顺延"))
    assert (event.previous, event.agreed_on) == (date(2026, 10, 1), date(2026, 11, 1))
    assert story.when(c.AgreeDates(later, TODAY, LIAISON, "再次")) == []
    past = c.AgreeDates(((Stage.LANDED, date(2026, 9, 1)),), TODAY, LIAISON, "改")
    assert story.refused(past).code == "stage-already-reached"


def test_a_stage_event_carries_the_date_it_is_judged_against() -> None:
    """Clause 三(五): signed lands early, landed starts early, started produces early."""
    [*_, started] = project_at(Stage.LANDED).when(start_construction())
    assert started.agreed_on == date(2026, 10, 1)


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_no_stage_is_left_out_or_entered_twice(stage: Stage) -> None:
    for command in WAY[1:]:
        if command is WAY[stage.rank + 1]:
            continue
        assert project_at(stage).refused(command()).code == "stage-order"


@pytest.mark.parametrize("stage", STAGES[1:])
@pytest.mark.parametrize("project_type", list(ProjectType))
def test_no_stage_without_its_evidence(stage: Stage, project_type: ProjectType) -> None:
    """«Projects»: evidence by stage and type of project; the error names what is missing."""
    story = Story(PROJECT).after([open_project(project_type=project_type)])
    for at in STAGES[1 : stage.rank]:
        story.when(WAY[at.rank](documents=documents(at, project_type)))
    needed = documents(stage, project_type)
    for left_out in needed:
        kept = tuple(one for one in needed if one != left_out)
        refused = story.refused(WAY[stage.rank](documents=kept))
        assert refused.code == "evidence-missing"
        [missing] = refused.details["missing"]
        assert left_out.kind in missing["any_of"]
        assert RULES.kinds[left_out.kind].zh in refused.zh
        assert RULES.kinds[left_out.kind].en in refused.en
    assert story.when(WAY[stage.rank](documents=needed))


def test_evidence_may_be_filed_beforehand() -> None:
    story = project_at(Stage.NEGOTIATING)
    story.when(c.FileEvidence(documents(Stage.SIGNED), RULES, TODAY, LIAISON))
    assert story.when(sign(documents=()))


def test_a_document_filed_again_changes_nothing() -> None:
    story = project_at(Stage.SIGNED)
    assert story.when(c.FileEvidence(documents(Stage.SIGNED), RULES, TODAY, LIAISON)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "love_letter"}, "unknown-document-kind"),
        ({"sha256": "ABC"}, "hash-wrong"),
        ({"dated": LATER}, "date-in-future"),
        ({"title": "张某 13800000000"}, "contact-details"),
    ],
)
def test_a_document_is_of_a_known_kind_with_its_hash_and_date(changed: dict[str, Any], code: str) -> None:
    """«Projects»: each document with its SHA-256."""
    wrong = replace(document("talk_minutes", "another"), **changed)
    filing = c.FileEvidence((wrong,), RULES, TODAY, LIAISON)
    assert project_at(Stage.NEGOTIATING).refused(filing).code == code


def test_a_document_is_withdrawn_unless_a_stage_rests_on_it() -> None:
    story = project_at(Stage.SIGNED)
    used = c.WithdrawEvidence("formal_contract", sha("formal_contract"), "传错", TODAY, LIAISON)
    assert story.refused(used).code == "document-in-use"
    story.when(c.FileEvidence((document("lease_contract"),), RULES, TODAY, LIAISON))
    unused = c.WithdrawEvidence("lease_contract", sha("lease_contract"), "传错", TODAY, LIAISON)
    assert isinstance(story.when(unused)[0], e.EvidenceWithdrawn)
    assert story.refused(unused).code == "unknown-document"


def test_what_has_not_happened_is_not_recorded() -> None:
    assert project_at(Stage.NEGOTIATING).refused(sign(signed_on=LATER)).code == "date-in-future"


def test_a_stage_is_not_dated_before_the_one_it_follows() -> None:
    assert project_at(Stage.SIGNED).refused(land(landed_on=TODAY - timedelta(days=1))).code == "date-out-of-order"


def test_a_project_lands_at_a_zone_or_a_sub_district() -> None:
    """Clause 二(一): 特色商业区、产业集聚区和各街道办事处 are the landing units."""
    bureau = land(landing_unit="410804-U-finance", unit_kind="department")
    assert project_at(Stage.SIGNED).refused(bureau).code == "not-a-landing-unit"
    assert project_at(Stage.SIGNED).when(land(landing_unit="410804-U-macun", unit_kind="sub_district"))


def test_a_landed_project_has_exactly_one_landing_unit() -> None:
    """Clause 二(一)."""
    story = project_at(Stage.LANDED)
    assert story.state.landing_unit == ZONE
    assert story.refused(land(landing_unit="410804-U-macun", unit_kind="sub_district")).code == "stage-order"


def test_a_stage_is_taken_back_by_a_correcting_event() -> None:
    """«Projects»: a stage is taken back by a correcting event, never by editing."""
    story = project_at(Stage.STARTED)
    assert story.refused(c.CorrectStage(Stage.LANDED, " ", TODAY, LIAISON)).code == "reason-missing"
    assert story.refused(c.CorrectStage(Stage.STARTED, "错", TODAY, LIAISON)).code == "not-an-earlier-stage"
    [event] = story.when(c.CorrectStage(Stage.SIGNED, "落地单位登记有误", TODAY, LIAISON))
    assert (event.from_stage, event.to_stage, event.holds_since) == (Stage.STARTED, Stage.SIGNED, TODAY)
    assert {(one.cohort, one.indicator) for one in event.void_shares} == {("units", "all"), ("groups", "all")}
    assert (story.state.stage, story.state.landing_unit, story.state.shares) == (Stage.SIGNED, None, {})
    assert story.when(land(landing_unit="410804-U-macun", unit_kind="sub_district"))


def test_a_signature_is_not_taken_back_while_funds_count_on_it() -> None:
    story = project_at(Stage.LANDED)
    story.when(claim())
    assert story.refused(c.CorrectStage(Stage.NEGOTIATING, "未签", TODAY, LIAISON)).code == "funds-still-count"
    assert story.when(c.CorrectStage(Stage.SIGNED, "未落地", TODAY, LIAISON))


def test_status_stands_apart_from_the_stage_with_reason_and_date() -> None:
    """«Projects»: active, delayed, dormant, lost, terminated, each with reason and date."""
    story = project_at(Stage.SIGNED)
    assert story.refused(c.ChangeStatus(Status.DORMANT, TODAY, "", TODAY, LIAISON)).code == "reason-missing"
    event, light = story.when(c.ChangeStatus(Status.DORMANT, TODAY, "投资方调整计划", TODAY, LIAISON))
    assert light.light is Light.RED
    assert (event.previous, event.status, event.since) == (Status.ACTIVE, Status.DORMANT, TODAY)
    assert story.state.stage is Stage.SIGNED
    assert story.when(c.ChangeStatus(Status.DORMANT, TODAY, "同上", TODAY, LIAISON)) == []


@pytest.mark.parametrize("status", [Status.DORMANT, Status.LOST, Status.TERMINATED])
def test_a_project_that_stands_still_enters_no_stage(status: Status) -> None:
    story = project_at(Stage.SIGNED)
    story.when(c.ChangeStatus(status, TODAY, "停", TODAY, LIAISON))
    assert story.refused(land()).code == "project-not-active"


def test_a_delayed_project_may_still_move_on() -> None:
    story = project_at(Stage.SIGNED)
    story.when(c.ChangeStatus(Status.DELAYED, TODAY, "征地推迟", TODAY, LIAISON))
    assert story.when(land())


def test_a_terminated_project_stays_terminated() -> None:
    story = project_at(Stage.SIGNED)
    story.when(c.ChangeStatus(Status.TERMINATED, TODAY, "协议解除", TODAY, LIAISON))
    assert story.refused(c.ChangeStatus(Status.ACTIVE, TODAY, "恢复", TODAY, LIAISON)).code == "terminated"


def test_investor_and_project_company_are_two() -> None:
    """«Identity»: investor and the later project company are two; 履约 counts the company's registration."""
    register = c.RegisterCompany(COMPANY, TODAY, TODAY, LIAISON)
    assert project_at(Stage.NEGOTIATING).refused(register).code == "not-signed"
    story = project_at(Stage.SIGNED)
    [event] = story.when(register)
    assert event.company == COMPANY
    assert story.state.opened.investor != story.state.company
    assert story.when(register) == []
    no_code = c.RegisterCompany(replace(COMPANY, code=None), TODAY, TODAY, LIAISON)
    assert story.refused(no_code).code == "credit-code-missing"


def test_the_national_project_code_is_recorded_once_it_exists() -> None:
    """«Identity»: the 24-character project code (GB/T 40058)."""
    story = project_at(Stage.SIGNED)
    assert story.refused(c.AssignProjectCode("410804", TODAY, TODAY, LIAISON)).code == "project-code-wrong"
    assign = c.AssignProjectCode("2607-410804-04-01-123456", TODAY, TODAY, LIAISON)
    assert story.when(assign) == [e.ProjectCodeAssigned("2607-410804-04-01-123456", TODAY, LIAISON)]
    assert story.when(assign) == []


def test_a_project_that_does_not_exist_takes_no_command() -> None:
    for command in (sign(), land(), reach_capacity(), claim()):
        assert Story(PROJECT).refused(command).status == 404


def test_a_project_is_opened_once() -> None:
    assert project_at(Stage.NEGOTIATING).refused(open_project()).code == "project-exists"
