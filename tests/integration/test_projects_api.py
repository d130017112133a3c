"""A project from the first report to recognised funds through the real API, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, day, document, projects_world
from tests.unit.projects.stories import credit_code


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
