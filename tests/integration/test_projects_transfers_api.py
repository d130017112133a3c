"""A lead's transfer (流转) through the real API, up to the credit at landing; and what one enterprise has brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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


def negotiation(name: str = "铝板带项目（模拟）", **changes: Any) -> dict[str, Any]:
    facts = {"name": name, "project_type": "leased_plant", "content": "租赁厂房2万平方米", "started_on": day()}
    return {**facts, "documents": [document("talk_minutes")], **changes}


def party(number: int) -> dict[str, str]:
    return {"name": f"第{number}家（模拟）有限公司", "code": credit_code(number)}


def test_a_lead_is_taken_over_by_its_receiver_and_both_are_credited(world: World) -> None:
    """Leads: transfer between units (流转) with both credited."""
    finder, receiver = world.person("liaison-macun"), world.person("head-industry-zone")
    lead = done(finder.post("/leads", world.lead()))["id"]
    to = {"to_unit": world.unit("industry-zone"), "to_group": world.id("G-2"), "share": "0.4", "reason": "改投（模拟）"}
    refused(world.person("liaison-finance").post(f"/leads/{lead}/transfers", to), 403, "not-allowed")
    refused(finder.post(f"/leads/{lead}/transfers", {**to, "to_unit": world.unit("zone")}), 422, "unknown-unit")
    done(finder.post(f"/leads/{lead}/transfers", to))
    refused(finder.post(f"/leads/{lead}/transfers/1/accept", {}), 403, "not-allowed")
    refused(receiver.post(f"/leads/{lead}/transfers/2/accept", {}), 404, "unknown-transfer")
    taken = done(receiver.post(f"/leads/{lead}/transfers/1/accept", {}))
    talk = {"held_on": day(), "place": "宁波", "summary": "对接"}
    refused(finder.post(f"/leads/{lead}/talks", talk), 403, "not-allowed")
    done(receiver.post(f"/leads/{lead}/talks", talk))
    seen = done(finder.get(f"/leads/{lead}", after=taken["position"]))
    assert (seen["finder"], seen["group"]) == (world.unit("industry-zone"), world.id("G-2"))
    assert seen["found_by"] == world.unit("macun")
    assert [(one["state"], float(one["share"])) for one in seen["transfers"]] == [("accepted", 0.4)]
    done(world.person("leader-2").post(f"/leads/{lead}/qualify", {"note": "真实"}))
    project = done(receiver.post(f"/leads/{lead}/negotiate", negotiation()))["id"]
    done(world.commerce.post(f"/projects/{project}/sign", contract()))
    last = done(world.commerce.post(f"/projects/{project}/land", world.landing()))
    found = done(finder.get(f"/projects/{project}", after=last["position"]))["credit"]
    credit = {one["cohort"]: [(part["holder"], float(part["share"])) for part in one["shares"]] for one in found}
    assert credit["groups"] == [(world.id("G-1"), 0.6), (world.id("G-2"), 0.4)]
    zone = world.unit("industry-zone")
    assert credit["units"] == [(world.unit("macun"), 0.18), (zone, 0.12), (zone, 0.7)]


def test_what_one_enterprise_has_brought_is_counted_directly_and_through_others(world: World) -> None:
    """二(三), 以企引企: one brings a batch."""
    lead: dict[int, str] = {}
    for number, brought_by in ((501, 500), (502, 501), (503, 501)):
        named = {"investor": party(number), "source": "referral", "referred_by": party(brought_by)}
        lead[number] = done(world.commerce.post("/leads", world.lead(**named, industry="aluminium")))["id"]
        done(world.person("leader-1").post(f"/leads/{lead[number]}/qualify", {"note": "真实"}))
    first = done(world.commerce.post(f"/leads/{lead[501]}/negotiate", negotiation("甲（模拟）")))["id"]
    second = done(world.commerce.post(f"/leads/{lead[502]}/negotiate", negotiation("乙（模拟）")))["id"]
    done(world.commerce.post(f"/projects/{first}/sign", contract()))
    more = done(world.commerce.post(f"/leads/{lead[503]}/negotiate", negotiation("增资（模拟）", extends=first)))["id"]
    done(world.commerce.post(f"/projects/{more}/sign", contract(amount="40000000.00")))
    world.service.wait_drained()
    seen = done(world.auditor.get("/referrals/chain", party=credit_code(500)))
    assert (seen["direct"], seen["batch"], seen["signed"]) == (1, 3, 2)
    assert (seen["direct_projects"], seen["indirect_projects"]) == (1, 1), "an extension is no project of its own"
    assert seen["contract_amount"] == "140000000.00"
    assert [(one["id"], one["generation"], one["extends"]) for one in seen["projects"]] == [
        (first, 1, None),
        (second, 2, None),
        (more, 2, first),
    ]
    others = done(world.person("liaison-2").get("/referrals/chain", party=credit_code(500)))["projects"]
    assert [one["name"] for one in others] == ["甲（模拟）", "（未签约，已隐去）", "增资（模拟）"]
