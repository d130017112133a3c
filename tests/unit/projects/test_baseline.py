"""Projects of old ledgers (历史台账): taken over once, approved by the Commerce Bureau, without new credit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.project.commands import JudgeProgress
from services.projects.domain.values import STAGES, Light, Party, ProjectType, Stage, Status
from services.projects.permissions import PERMISSIONS
from tests.unit.given import may, somebody
from tests.unit.projects.ledgers import DAYS, SOURCE, approve, reached, reject, row, taken_over
from tests.unit.projects.stories import (
    OFFICER,
    RULES,
    TODAY,
    Story,
    claim,
    document,
    documents,
    land,
    open_project,
    start_construction,
)


def file(*kinds: str, **changes: Any) -> c.FileEvidence:
    return c.FileEvidence(tuple(map(document, kinds)), RULES, TODAY, "410804-N-a", **changes)


def test_a_row_comes_in_with_its_dates_its_source_and_what_is_missing() -> None:
    """历史台账 come in with their real dates, source file and row, missing evidence listed as 待补."""
    [event] = Story(PROJECT).when(row(Stage.LANDED))
    assert isinstance(event, e.ProjectBaselined)
    assert [one.on for one in event.reached] == list(DAYS[:3])
    assert event.source == SOURCE
    assert event.baselined_funds == Decimal(30_000_000)
    assert event.missing == tuple(
        e.MissingEvidence(stage, need.any_of)
        for stage in STAGES[:3]
        for need in RULES.needs[stage, ProjectType.LEASED_PLANT]
    )


def test_the_same_row_of_the_same_file_changes_nothing() -> None:
    assert taken_over().when(row()) == []
    assert taken_over(approved=False).when(row(by="410804-N-a")) == []


def test_a_stream_that_has_events_is_no_baseline() -> None:
    assert Story(PROJECT).after([open_project()]).refused(row()).code == "project-exists"
    other = e.BaselineSource(SOURCE.file, SOURCE.sha256, 8)
    assert taken_over().refused(row(source=other)).code == "project-exists"
    assert taken_over().refused(open_project()).code == "project-exists"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"reached": reached(Stage.SIGNED)}, "stage-date-missing", "reached.landed"),
    ({"reached": reached(Stage.STARTED)}, "stage-date-too-many", "reached.started"),
    (
        {"reached": (*reached(Stage.SIGNED), e.StageDate(Stage.LANDED, DAYS[0]))},
        "date-out-of-order",
        "reached.landed",
    ),
    (
        {"reached": (*reached(Stage.SIGNED), e.StageDate(Stage.LANDED, TODAY + timedelta(days=1)))},
        "date-in-future",
        "reached.landed",
    ),
    ({"contract_number": None}, "contract-number-missing", "contract_number"),
    ({"contract_amount": None}, "contract-amount-missing", "contract_amount"),
    ({"contract_amount": Decimal(-1)}, "amount-not-positive", "contract_amount"),
    ({"landing_unit": None}, "landing-unit-missing", "landing_unit"),
    ({"landing_kind": "department"}, "not-a-landing-unit", "landing_unit"),
    ({"baselined_funds": Decimal(-1)}, "amount-not-positive", "baselined_funds"),
    ({"planned_investment": Decimal(0)}, "amount-not-positive", "planned_investment"),
    ({"investor": Party("星河铝材（模拟）有限公司", "91000000MA0000001X")}, "credit-code-wrong", "investor.code"),
    ({"investor": Party("星河铝材（模拟）有限公司")}, "credit-code-missing", "investor.code"),
    ({"industry_code": "Z99"}, "industry-code-wrong", "industry_code"),
    ({"content": "联系电话13812345678"}, "contact-details", "content"),
]


@pytest.mark.parametrize(("changes", "code", "field"), WRONG)
def test_a_row_that_does_not_hold_is_refused_by_its_field(changes: dict[str, Any], code: str, field: str) -> None:
    refusal = Story(PROJECT).refused(row(**changes))
    assert (refusal.code, refusal.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contract_number": "1号"}, "contract-number-too-early"),
        ({"landing_unit": "410804-U-macun"}, "landing-unit-too-early"),
        ({"baselined_funds": Decimal(1)}, "baselined-funds-too-early"),
    ],
)
def test_before_its_contract_a_project_has_none(changes: dict[str, Any], code: str) -> None:
    assert Story(PROJECT).refused(row(Stage.NEGOTIATING, **changes)).code == code


def test_before_approval_it_takes_evidence_and_nothing_else() -> None:
    story = taken_over(approved=False)
    assert [type(one) for one in story.when(file("formal_contract"))] == [e.EvidenceFiled]
    for command in (
        start_construction(),
        claim(),
        c.ChangeStatus(Status.DELAYED, TODAY, "资金", TODAY, OFFICER),
        c.WithdrawEvidence("formal_contract", "0" * 64, "误传", TODAY, OFFICER),
    ):
        assert story.refused(command).code == "baseline-pending"
    assert story.when(JudgeProgress(TODAY + timedelta(days=900))) == []


def test_the_commerce_bureau_approves_and_never_who_took_it_over() -> None:
    """历史台账 come in with their real dates and are approved by the Commerce Bureau."""
    assert taken_over(approved=False).refused(approve(by=OFFICER)).code == "own-baseline"
    assert taken_over(approved=False).refused(reject(by=OFFICER)).code == "own-baseline"
    assert [type(one) for one in taken_over(approved=False).when(approve())] == [e.BaselineApproved]
    assert taken_over().refused(approve()).code == "baseline-decided"
    for command in (type(approve()), type(reject())):
        assert may(PERMISSIONS, command, somebody("commerce_bureau@410804"), {})
        assert not may(PERMISSIONS, command, somebody("operator@410804"), {})
    assert may(PERMISSIONS, type(row()), somebody("operator@410804"), {})
    assert not may(PERMISSIONS, type(row()), somebody("liaison@410804-G-1"), {"group": "410804-G-1"})


def test_a_project_from_a_lead_has_no_baseline_to_approve() -> None:
    assert Story(PROJECT).after([open_project()]).refused(approve()).code == "no-baseline"


def test_a_rejected_one_is_over() -> None:
    story = taken_over(approved=False)
    assert story.refused(reject(reason=" ")).code == "reason-missing"
    story.when(reject())
    assert story.state.status is Status.TERMINATED
    for command in (start_construction(), file("formal_contract")):
        assert story.refused(command).code == "baseline-rejected"
    assert story.refused(approve()).code == "baseline-decided"


def test_once_approved_it_goes_on_from_its_stage_and_counts_no_shares_of_old() -> None:
    """Stages that lie before the baseline give no credit shares; the next one is entered as any other is."""
    story = taken_over(Stage.LANDED)
    assert story.state.shares == {}
    assert story.refused(start_construction(documents=())).code == "evidence-missing"
    proofs = documents(Stage.STARTED, ProjectType.LEASED_PLANT)
    events = story.when(start_construction(documents=proofs))
    assert not any(isinstance(one, e.CreditShared) for one in [*story.events, *events])
    assert story.state.stage is Stage.STARTED


def test_a_stage_after_the_baseline_is_credited_as_always() -> None:
    events = taken_over(Stage.SIGNED).when(land(documents=documents(Stage.LANDED, ProjectType.LEASED_PLANT)))
    assert [type(one) for one in events].count(e.CreditShared) == 2


def test_evidence_that_is_filed_later_takes_items_off_the_list() -> None:
    story = taken_over(Stage.SIGNED)
    assert [one.stage for one in story.state.missing] == [Stage.NEGOTIATING, Stage.SIGNED]
    story.when(file("formal_contract"))
    assert [one.any_of for one in story.state.missing] == [("talk_minutes", "investor_confirmation")]
    story.when(c.WithdrawEvidence("formal_contract", document("formal_contract").sha256, "误传", TODAY, OFFICER))
    assert [one.stage for one in story.state.missing] == [Stage.NEGOTIATING, Stage.SIGNED]


def test_a_stage_of_old_that_is_taken_back_is_entered_with_its_evidence() -> None:
    story = taken_over(Stage.LANDED)
    story.when(c.CorrectStage(Stage.SIGNED, "台账误记", TODAY, OFFICER))
    assert {one.stage for one in story.state.missing} == {Stage.NEGOTIATING, Stage.SIGNED}
    assert story.refused(land(documents=())).code == "evidence-missing"


def test_standing_still_counts_from_the_day_it_was_taken_over() -> None:
    """No project of old is stalled on the day on which it comes in."""
    story = taken_over(Stage.SIGNED)
    assert story.state.progress_on == TODAY
    assert story.state.light is Light.GREEN
    assert any(isinstance(one, e.ProjectStalled) for one in story.when(JudgeProgress(TODAY + timedelta(days=400))))
