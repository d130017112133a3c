"""A project from the first report to recognised funds through the real API, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.registry.domain.district.events import SettingType
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, day, document, projects_world, setting
from tests.integration.service_process import wait_until
from tests.unit.projects.stories import credit_code, sha


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def test_from_the_first_report_to_recognised_funds(world: World) -> None:
    """The whole way, each step by those whose posts allow it."""
    lead = done(world.person("liaison-macun").post("/leads", world.lead()))["id"]
    refused(world.person("liaison-macun").post(f"/leads/{lead}/qualify", {}), 403, "not-allowed")
    done(world.head.post(f"/leads/{lead}/qualify", {"note": "真实"}))
    body = {"name": "铝板带项目（模拟）", "project_type": "leased_plant", "content": "租赁厂房", "started_on": day()}
    refused(world.liaison.post(f"/leads/{lead}/negotiate", body), 422, "evidence-missing")
    opened = done(world.liaison.post(f"/leads/{lead}/negotiate", {**body, "documents": [document("talk_minutes")]}))
    project = opened["id"]
    assert opened["events"] == [
        "ProjectOpened", "EvidenceFiled", "NegotiationStarted", "LeadConverted", "ProtectionConverted",
        "FirstTalkProved",
    ]  # fmt: skip
    done(world.liaison.post(f"/projects/{project}/sign", contract()))
    company = {"name": "模拟星河铝业有限公司", "code": credit_code(2), "registered_on": day()}
    done(world.liaison.post(f"/projects/{project}/company", company))
    done(world.liaison.post(f"/projects/{project}/land", world.landing()))
    started = {"on": day(), "documents": [document("equipment_contract")]}
    done(world.zone.post(f"/projects/{project}/start-construction", started))
    assert done(world.zone.post(f"/projects/{project}/funds", world.claim()))["events"] == ["FundsClaimed"]
    funds = f"/projects/{project}/funds/1"
    done(world.commerce.post(f"{funds}/check", {"amount": 28_000_000, "reason": "凭证3为借款"}))
    done(world.commerce.post(f"{funds}/recognise", world.recognition(25_000_000)))
    last = done(world.commerce.post(f"{funds}/reverse", {"amount": 5_000_000, "reason": "回流"}))
    page = done(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert (page["stage"], page["landing_unit"], page["company_code"]) == (
        "started", world.unit("industry-zone"), credit_code(2),
    )  # fmt: skip
    assert page["funds"] == {"claimed": "30000000.00", "checked": "23000000.00", "recognised": "20000000.00"}
    assert [one["stage"] for one in page["stages"]] == ["negotiating", "signed", "landed", "started"]
    assert page["next_stage"]["stage"] == "in_production"
    assert page["next_stage"]["missing"][0]["zh"] == "设备安装验收单"
    shares = next(one for one in page["credit"] if one["cohort"] == "units")["shares"]
    assert [(one["holder"], one["share"]) for one in shares] == [
        (world.unit("macun"), "0.300000"), (world.unit("industry-zone"), "0.700000"),
    ]  # fmt: skip
    told = done(world.auditor.get(f"/projects/{project}/timeline"))["events"]
    assert [one["version"] for one in told] == list(range(1, len(told) + 1))
    assert told[-1]["event"] == "FundsReversed"
    assert done(world.auditor.get(f"/leads/{lead}"))["project"] == project


def test_a_stage_without_its_evidence_is_refused_by_name(world: World) -> None:
    project = world.signed()
    problem = refused(
        world.liaison.post(f"/projects/{project}/land", {**world.landing(), "documents": []}), 422, "evidence-missing"
    )
    assert "项目公司营业执照" in problem["detail_zh"]
    assert [one["any_of"] for one in problem["missing"]] == [
        ["business_licence"], ["project_filing"], ["lease_contract", "premises_title"],
    ]  # fmt: skip


def test_what_the_registry_does_not_know_is_refused_with_what_is_near(world: World) -> None:
    """A misspelt unit, group or industry is an error that lists the candidates."""
    wrong = refused(world.commerce.post("/leads", world.lead(finder=world.unit("makun"))), 422, "unknown-unit")
    assert world.unit("macun") in wrong["near"]
    refused(world.commerce.post("/leads", world.lead("G-9")), 422, "unknown-group")
    refused(world.commerce.post("/leads", world.lead(industry="aluminum")), 422, "unknown-industry")
    project = world.signed()
    refused(world.liaison.post(f"/projects/{project}/land", world.landing("nowhere")), 422, "unknown-unit")
    refused(world.liaison.post(f"/projects/{project}/land", world.landing("finance")), 422, "not-a-landing-unit")


def test_policy_funds_are_an_indicator_of_their_own_and_no_industry(world: World) -> None:
    """«Identity»: 上级政策性资金争取 is never funds in place."""
    refused(world.commerce.post("/leads", world.lead(industry="policy-funds")), 422, "unknown-industry")


def test_the_same_key_answers_the_same_and_another_body_is_a_conflict(world: World) -> None:
    key, lead = "a-key-of-this-test", world.lead()
    first = done(world.commerce.post("/leads", lead, key=key))
    again = done(world.commerce.post("/leads", lead, key=key))
    assert again == {**first, "replayed": True}
    other = world.commerce.post("/leads", {**lead, "title": "另一条线索"}, key=key)
    refused(other, 409, "idempotency-key-reused")


def test_another_groups_liaison_may_not_work_on_a_project(world: World) -> None:
    project = world.negotiating("G-1")
    refused(world.person("liaison-2").post(f"/projects/{project}/sign", contract()), 403, "not-allowed")


def test_gates_are_recorded_shown_as_missing_and_demanded_once_the_district_says_so(world: World) -> None:
    """«Projects»: before the formal contract stand the gates."""
    project = world.negotiating()
    gates = f"/projects/{project}/gates"
    review = passed("joint_review", departments=[world.unit("commerce"), world.unit("finance")])
    refused(world.head.post(gates, review), 403, "not-allowed")
    done(world.head.post(gates, passed("preliminary")))
    refused(world.commerce.post(gates, {**review, "departments": [world.unit("comerce")]}), 422, "unknown-unit")
    wrong = refused(world.commerce.post(gates, passed("legality", outcome="failed")), 422, "conditions-missing")
    assert wrong["fields"][0]["where"] == "body.conditions"
    last = done(world.office.post(gates, passed("legality", outcome="failed", conditions="无权限依据")))
    page = done(world.liaison.get(gates, after=last["position"]))
    assert [(one["gate"], one["outcome"]) for one in page["held"]] == [
        ("preliminary", "passed"), ("legality", "failed"),
    ]  # fmt: skip
    assert [one["gate"] for one in page["missing"]] == [
        "joint_review", "legality", "fair_competition", "collective_decision",
    ]  # fmt: skip
    assert page["required_from"] is None
    last = done(world.office.post(f"{gates}/2/take-back", {"reason": "录入其他项目"}))
    assert done(world.liaison.get(gates, after=last["position"]))["held"][1]["taken_back"]
    world.tell("registry", world.id("D"), setting("gates.required_from", day(), SettingType.TEXT))
    wait_until(lambda: done(world.liaison.get(gates))["required_from"] == day(), 30)
    missing = refused(world.liaison.post(f"/projects/{project}/sign", contract()), 422, "gates-missing")
    assert [one["zh"] for one in missing["missing"]] == ["部门联审", "合法性审核", "公平竞争审查", "集体决策"]
    for gate in ("legality", "fair_competition", "collective_decision"):
        done(world.commerce.post(gates, passed(gate, document_sha256=sha(f"{gate} again"))))
    done(world.commerce.post(gates, review))
    assert "GatesCounted" in done(world.liaison.post(f"/projects/{project}/sign", contract()))["events"]
    world.tell("registry", world.id("D"), setting("gates.required_from", "never", SettingType.TEXT))
    wait_until(lambda: done(world.liaison.get(gates))["required_from"] is None, 30)


def test_the_ledger_of_promises_lists_the_overdue_first(world: World) -> None:
    """«Projects»: promises of the government and of the enterprise, with due dates and fulfilment."""
    project = world.signed()
    promises = f"/projects/{project}/promises"
    land = pledge(party="government", kind="land", value="120", unit="亩")
    problem = refused(world.liaison.post(promises, land), 422, "promise-without-basis")
    assert problem["fields"][0]["where"] == "body.basis_sha256"
    done(world.liaison.post(promises, {**land, "basis_sha256": sha("minutes")}))
    done(world.liaison.post(promises, pledge(due=day(60))))
    done(world.liaison.post(promises, pledge(due=day(-1), clause="第六条")))
    last = done(world.liaison.post(promises, pledge(due=day(30))))
    world.wait_for(last["position"])
    page = done(world.auditor.get("/promises?limit=2"))
    assert [(one["promise"], one["state"]) for one in page["items"]] == [(3, "overdue"), (4, "open")]
    rest = done(world.auditor.get(f"/promises?limit=2&cursor={page['next']}"))
    assert [one["promise"] for one in rest["items"]] == [2, 1]
    assert rest["next"] is None
    for cursor in ("3", "0_2026-02-31_410804-P-2026-0001_1"):
        refused(world.auditor.get(f"/promises?cursor={cursor}"), 422, "invalid-request")
    low = {"fulfilled_on": day(), "evidence_sha256": sha("report"), "value": "299"}
    refused(world.liaison.post(f"{promises}/3/fulfil", low), 422, "promise-not-reached")
    done(world.liaison.post(f"{promises}/3/fulfil", {**low, "value": "300"}))
    done(world.liaison.post(f"{promises}/4/amend", {"due": day(45), "reason": "补充协议"}))
    done(world.office.post(f"{promises}/2/break", {"broken_on": day(), "reason": "企业书面告知"}))
    last = done(world.office.post(f"{promises}/2/withdraw", {"reason": "告知撤回"}))
    shown = done(world.auditor.get(f"/projects/{project}", after=last["position"]))["promises"]
    assert [one["state"] for one in shown] == ["open", "withdrawn", "fulfilled", "open"]
    found = done(
        world.auditor.get(f"/promises?party=enterprise&state=open&due_before={day(46)}&group={world.id('G-1')}")
    )
    assert [(one["project"], one["promise"], one["due"]) for one in found["items"]] == [(project, 4, day(45))]
    assert done(world.auditor.get(f"/promises?group={world.id('G-2')}"))["items"] == []


def passed(gate: str, **changes: Any) -> dict[str, Any]:
    facts = {"held_on": day(), "body": "区司法局", "outcome": "passed", "reference": "模审〔2026〕1号"}
    return {"gate": gate, **facts, "document_sha256": sha(gate), **changes}


def pledge(**changes: Any) -> dict[str, Any]:
    facts = {"party": "enterprise", "kind": "intensity", "text": "投资强度不低于每亩300万元", "due": day(90)}
    return {**facts, "clause": "第五条", "value": "300", "unit": "万元/亩", **changes}
