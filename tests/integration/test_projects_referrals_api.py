"""Who brought whom (以企引企) through the real API: the lead that tells of it, and who is told who brought an investor
before. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, projects_world
from tests.unit.projects.stories import credit_code


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def party(number: int, **changes: Any) -> dict[str, Any]:
    return {"name": f"第{number}家（模拟）有限公司", "code": credit_code(number), **changes}


def lead(world: World, investor: dict[str, Any], group: str = "G-1", **changes: Any) -> str:
    """A lead of this investor, once the read model knows it."""
    answer = done(world.commerce.post("/leads", world.lead(group, investor=investor, **changes)))
    world.wait_for(answer["position"])
    return str(answer["id"])


def registered(world: World, number: int, **changes: Any) -> str:
    """An enterprise of the register."""
    body = {**party(number), "origin": "province", "place": "河南省郑州市", "registered_for": world.unit("macun")}
    answer = done(world.commerce.post("/enterprises", {**body, **changes}))
    world.wait_for(answer["position"])
    return str(answer["id"])


def merged(world: World, survivor: str, absorbed: str) -> None:
    body = {"absorbed": absorbed, "reason": "同一家企业（模拟）", "despite_codes": True}
    world.wait_for(done(world.commerce.post(f"/enterprises/{survivor}/merge", body))["position"])


def test_a_lead_tells_of_its_own_investor_alone(world: World) -> None:
    """二(三): the problem says what is wrong, at the field, in both languages; nothing is recorded."""
    one = lead(world, party(602))
    wrong = {"referrer": party(601), "referred": party(603), "lead": one}
    problem = refused(world.liaison.post("/referrals", wrong), 422, "lead-of-another")
    [field] = problem["fields"]
    assert (field["where"], field["kind"]) == ("body.lead", "lead-of-another")
    assert "第602家" in field["message_zh"]
    assert one in field["message"]
    refused(world.commerce.post("/referrals", wrong), 422, "lead-of-another")
    refused(world.commerce.post("/referrals", {**wrong, "lead": world.id("L-2026-9999")}), 404, "unknown-lead")
    refused(world.person("liaison-2").post("/referrals", wrong), 403, "not-allowed")
    right = done(world.liaison.post("/referrals", {**wrong, "referred": party(602)}))
    assert right["events"] == ["ReferralRecorded"]


def test_an_investor_that_was_merged_is_the_one_that_it_was_found_to_be(world: World) -> None:
    """合并: the lead names the absorbed enterprise, by its code alone or by its id; the referral the survivor."""
    survivor, absorbed = registered(world, 612), registered(world, 613)
    by_code, by_id = lead(world, party(613)), lead(world, party(613, id=absorbed))
    told = {"referrer": party(611), "referred": party(612)}
    refused(world.liaison.post("/referrals", {**told, "lead": by_code}), 422, "lead-of-another")
    merged(world, survivor, absorbed)
    for one in (by_code, by_id):
        for referred in (party(612), party(612, id=survivor), {"name": party(612)["name"], "id": absorbed}):
            answer = done(world.liaison.post("/referrals", {**told, "referred": referred, "lead": one}))
            world.wait_for(answer["position"])
    known = done(world.auditor.get("/referrals"))["items"]
    assert [one["lead"] for one in known if one["referrer"]["key"] == credit_code(611)] == [by_code]
    undone = {"absorbed": absorbed, "reason": "并非同一家（模拟）"}
    world.wait_for(done(world.commerce.post(f"/enterprises/{survivor}/merge/undo", undone))["position"])
    refused(world.liaison.post("/referrals", {**told, "lead": by_code}), 422, "lead-of-another")


def test_who_brought_an_investor_before_is_named_to_those_who_work_on_it(world: World) -> None:
    """三(二): the earlier referrer is an unsigned investor of group one; group two's liaison is not told its name."""
    lead(world, party(621))
    theirs = lead(world, party(622), "G-2")
    first = {"referrer": party(621), "referred": party(622)}
    world.wait_for(done(world.commerce.post("/referrals", first))["position"])
    another = {"referrer": party(623), "referred": party(622), "lead": theirs}
    named = refused(world.commerce.post("/referrals", another), 409, "brought-before")
    assert "第621家" in named["detail_zh"]
    assert "第621家" in named["detail"]
    masked = refused(world.person("liaison-2").post("/referrals", another), 409, "brought-before")
    assert masked["referral"] == named["referral"]
    assert "第621家" not in str(masked)
    assert credit_code(621) not in str(masked)
    listed = done(world.person("liaison-2").get("/referrals"))["items"]
    [shown] = [one for one in listed if one["referral"] == masked["referral"]]
    assert shown["referrer"]["key"] is None, "the list masks it as the refusal does"


def test_a_circle_is_told_without_the_codes_of_those_who_are_masked(world: World) -> None:
    lead(world, party(632))
    theirs = lead(world, party(631), "G-2")
    for referrer, referred in ((631, 632), (632, 633)):
        told = {"referrer": party(referrer), "referred": party(referred)}
        world.wait_for(done(world.commerce.post("/referrals", told))["position"])
    circle = {"referrer": party(633), "referred": party(631), "lead": theirs}
    chain = [credit_code(633), credit_code(632), credit_code(631)]
    assert refused(world.commerce.post("/referrals", circle), 409, "referral-circle")["chain"] == chain
    masked = refused(world.person("liaison-2").post("/referrals", circle), 409, "referral-circle")
    assert masked["chain"] == [chain[0], None, chain[2]]
