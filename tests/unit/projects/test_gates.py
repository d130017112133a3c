"""Gates before the formal contract: 初判, 部门联审, 合法性审核, 公平竞争审查, 集体决策 (mechanism, «Projects»)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.projects.api_gates import missing
from services.projects.domain.project import commands as c
from services.projects.domain.project.events import (
    Gate,
    GateHeld,
    GateOutcome,
    GatesCounted,
    GateTakenBack,
)
from services.projects.domain.project.gate_commands import TakeGateBack
from services.projects.domain.values import ProjectType, Stage, Status
from services.projects.permissions import PERMISSIONS
from services.projects.rulebooks import GATES as GATES_FILE
from services.projects.rulebooks import gates_rulebook
from tests.unit import given
from tests.unit.given import somebody as who
from tests.unit.projects.stories import CHECKER, TODAY, Story, gate, project_at, sha, sign

RULES = gates_rulebook()
MILLION = Decimal(1_000_000)
ALL = tuple(Gate)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def through(*gates: Gate) -> Story:
    """A project in negotiation that has passed these gates."""
    return project_at(Stage.NEGOTIATING).after(gate(one) for one in gates)


def test_a_gate_is_held_with_its_date_body_outcome_number_and_document() -> None:
    [event] = project_at(Stage.NEGOTIATING).when(gate(Gate.LEGALITY))
    assert event == GateHeld(
        1, Gate.LEGALITY, TODAY, "区司法局", (), GateOutcome.PASSED, "马司审〔2026〕1号（模拟）", sha("legality"), "",
        TODAY, CHECKER,
    )  # fmt: skip


def test_the_same_gate_recorded_again_changes_nothing() -> None:
    assert through(Gate.LEGALITY).when(gate(Gate.LEGALITY)) == []


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"held_on": AFTER}, "date-in-future", "held_on"),
        ({"document_sha256": "f"}, "hash-wrong", "document_sha256"),
        ({"body": "电话13812345678"}, "contact-details", "body"),
        ({"outcome": GateOutcome.CONDITIONAL}, "conditions-missing", "conditions"),
        ({"outcome": GateOutcome.FAILED, "conditions": " "}, "conditions-missing", "conditions"),
        ({"conditions": "能耗指标落实"}, "conditions-unfit", "outcome"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(changes: dict[str, Any], code: str, field: str) -> None:
    refused = project_at(Stage.NEGOTIATING).refused(gate(Gate.LEGALITY, **changes))
    assert (refused.code, refused.field) == (code, field)


def test_a_joint_review_is_one_of_several_departments() -> None:
    refused = project_at(Stage.NEGOTIATING).refused(gate(Gate.JOINT_REVIEW, departments=("410804-U-commerce",)))
    assert (refused.code, refused.field) == ("joint-review-alone", "departments")


def test_one_document_bears_out_a_gate_once() -> None:
    story = through(Gate.LEGALITY)
    assert story.refused(gate(Gate.LEGALITY, held_on=BEFORE)).code == "gate-document-used"
    story.when(TakeGateBack(1, "日期有误", TODAY, CHECKER))
    assert story.when(gate(Gate.LEGALITY, held_on=BEFORE))[0].number == 2


def test_a_lost_project_passes_no_gate() -> None:
    story = project_at(Stage.NEGOTIATING).after([c.ChangeStatus(Status.LOST, TODAY, "流失", TODAY, CHECKER)])
    assert story.refused(gate(Gate.LEGALITY)).code == "project-not-active"


def test_a_gate_is_progress() -> None:
    """三(五): procedures that move on are no standstill."""
    later = TODAY + timedelta(days=40)
    story = project_at(Stage.NEGOTIATING).after([gate(Gate.LEGALITY, today=later)])
    assert story.state.progress_on == later


def test_gates_are_recorded_and_not_enforced_until_the_district_says_so() -> None:
    assert "GatesCounted" not in [type(one).__name__ for one in through().when(sign())]
    assert "GatesCounted" not in [type(one).__name__ for one in through().when(sign(gates_from=AFTER))]


def test_no_signature_without_its_gates_each_missing_one_named() -> None:
    """«Projects»: before the formal contract stand the gates; new land needs all five."""
    refused = through(Gate.PRELIMINARY, Gate.LEGALITY).refused(sign(gates_from=TODAY))
    assert (refused.code, refused.rule) == ("gates-missing", RULES.version)
    assert [one["gate"] for one in refused.details["missing"]] == [
        "joint_review", "fair_competition", "collective_decision",
    ]  # fmt: skip
    for name in ("部门联审", "公平竞争审查", "集体决策"):
        assert name in refused.zh
    assert "collective decision" in refused.en


def test_a_signature_rests_on_its_gates_and_names_them() -> None:
    events = through(*ALL).when(sign(gates_from=TODAY))
    assert GatesCounted((1, 2, 3, 4, 5), TODAY, RULES.version, TODAY) in events


def test_a_failed_gate_is_missing_until_it_is_held_again_and_passed() -> None:
    story = through(*ALL[:-1])
    last = {"outcome": GateOutcome.FAILED, "conditions": "补偿条款须修改"}
    story.when(gate(Gate.COLLECTIVE_DECISION, document_sha256=sha("first"), **last))
    refused = story.refused(sign(gates_from=TODAY))
    assert refused.details["missing"][0]["failed"]
    assert "集体决策（未通过）" in refused.zh
    again = {"outcome": GateOutcome.CONDITIONAL, "conditions": "能耗指标落实"}
    story.when(gate(Gate.COLLECTIVE_DECISION, document_sha256=sha("second"), **again))
    story.when(sign(gates_from=TODAY))
    assert [one.outcome for one in story.state.gates][-2:] == [GateOutcome.FAILED, GateOutcome.CONDITIONAL]


def test_a_gate_held_after_the_signature_does_not_bear_it_out() -> None:
    """What was recorded in arrears counts by the day on which it was held."""
    story = through(*ALL[:-1]).after([gate(Gate.COLLECTIVE_DECISION, held_on=TODAY)])
    assert story.refused(sign(signed_on=BEFORE, gates_from=BEFORE)).code in ("gates-missing", "date-out-of-order")
    later = sign(signed_on=TODAY, today=AFTER, gates_from=TODAY)
    late = through(*ALL[:-1]).after([gate(Gate.COLLECTIVE_DECISION, held_on=AFTER, today=AFTER)])
    assert [one["gate"] for one in late.refused(later).details["missing"]] == ["collective_decision"]


def test_what_a_project_passes_depends_on_its_type_and_amount() -> None:
    leased = ProjectType.LEASED_PLANT
    few = (Gate.PRELIMINARY, Gate.LEGALITY, Gate.FAIR_COMPETITION)
    assert RULES.required(leased, 49 * MILLION) == few
    assert set(RULES.required(leased, 50 * MILLION)) == {*few, Gate.JOINT_REVIEW}
    assert RULES.required(leased, 100 * MILLION) == ALL
    assert RULES.required(leased, None) == ALL, "an amount that is not known leaves none out"
    assert RULES.required(ProjectType.NEW_LAND, MILLION) == ALL


def test_a_wrong_gate_is_taken_back_and_what_was_before_it_holds() -> None:
    story = through(Gate.LEGALITY)
    story.when(gate(Gate.LEGALITY, document_sha256=sha("x"), outcome=GateOutcome.FAILED, conditions="无权限"))
    taken = story.when(TakeGateBack(2, "录入其他项目", TODAY, CHECKER))
    assert taken == [GateTakenBack(2, Gate.LEGALITY, "录入其他项目", TODAY, CHECKER)]
    assert [one.number for one in story.state.gates] == [1]
    assert story.refused(TakeGateBack(2, "再撤", TODAY, CHECKER)).code == "unknown-gate"
    assert story.refused(TakeGateBack(1, " ", TODAY, CHECKER)).field == "reason"


def test_a_gate_on_which_a_signature_rests_is_taken_back_after_it() -> None:
    story = through(*ALL).after([sign(gates_from=TODAY)])
    assert story.refused(TakeGateBack(1, "有误", TODAY, CHECKER)).code == "gate-in-use"
    story.when(c.CorrectStage(Stage.NEGOTIATING, "合同无效", TODAY, CHECKER))
    story.when(TakeGateBack(1, "有误", TODAY, CHECKER))


def test_the_offices_record_gates_and_the_lead_unit_the_preliminary_judgement_alone() -> None:
    """Nobody records the passing of what he himself works for: 初判 alone is the lead unit's head's."""
    [record] = [one for one in PERMISSIONS if one.__name__ == "RecordGate"]
    head = who("lead_unit_head@410804-G-1")
    assert given.may(PERMISSIONS, record, head, {"judging": "410804-G-1"})
    assert not given.may(PERMISSIONS, record, head, {"judging": None})
    assert not given.may(PERMISSIONS, record, who("liaison@410804-G-1"), {"judging": "410804-G-1"})
    for office in ("commerce_bureau@410804", "district_office@410804"):
        assert given.may(PERMISSIONS, record, who(office), {"judging": None})
        assert given.may(PERMISSIONS, TakeGateBack, who(office), {})


def test_the_page_says_what_is_missing_as_the_signature_would() -> None:
    row = {"project_type": "leased_plant", "planned_investment": 60 * MILLION, "contract_amount": None}
    passed: dict[str, Any] = {
        "number": 1,
        "gate": "legality",
        "held_on": TODAY,
        "outcome": "passed",
        "taken_back": False,
    }
    failed = {**passed, "number": 2, "gate": "joint_review", "outcome": "failed"}
    gone = {**passed, "number": 3, "gate": "preliminary", "taken_back": True}
    found = missing(row, [passed, failed, gone], RULES, date.max)
    assert {one.gate: one.failed for one in found} == {
        Gate.PRELIMINARY: False, Gate.JOINT_REVIEW: True, Gate.FAIR_COMPETITION: False,
    }  # fmt: skip
    assert len(missing(row, [passed], RULES, BEFORE)) == 4, "what was held after the signature does not count"


def test_a_wrong_rulebook_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    raw = yaml.safe_load(GATES_FILE.read_text("utf-8"))
    del raw["gates"]["legality"]
    raw["needs"] |= {"new_lend": [{"gate": "handshake"}], "leased_plant": [{"gate": "legality", "from": 0.5}]}
    broken = tmp_path / "gates.yaml"
    broken.write_text(yaml.safe_dump(raw), "utf-8")
    with pytest.raises(ValueError, match=r"gates\.yaml") as raised:
        gates_rulebook(broken)
    for expected in ("'new_lend'", "'handshake'", "legality has no name", "leased_plant.legality is from 0.5"):
        assert expected in str(raised.value)
