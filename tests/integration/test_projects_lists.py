"""Lists and pages of area projects: who sees what, page by page, and what a slip is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, projects_world


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def test_an_unsigned_investor_is_masked_for_other_groups(world: World) -> None:
    """Clause 三(二): sharing among the groups, unsigned investors masked."""
    project = world.negotiating("G-1")
    world.service.wait_drained()
    other = world.person("liaison-2")
    listed = done(other.get("/projects", stage="negotiating", group=world.id("G-1"), limit=500))["items"]
    assert {one["investor_name"] for one in listed} == {"（未签约，已隐去）"}
    refused(other.get(f"/projects/{project}"), 403, "unsigned-project")
    assert done(world.liaison.get(f"/projects/{project}"))["investor_name"] == "星河铝材（模拟）有限公司"
    leads = done(other.get("/leads", limit=500))["items"]
    assert {one["investor_code"] for one in leads if one["group"] == world.id("G-1")} == {None}


def test_lists_go_page_by_page_and_filter(world: World) -> None:
    for _ in range(3):
        world.signed("G-2")
    world.service.wait_drained()
    everything = done(world.auditor.get("/projects", group=world.id("G-2"), limit=500))["items"]
    seen, cursor = [], None
    while True:
        page = done(world.auditor.get("/projects", group=world.id("G-2"), limit=2, cursor=cursor))
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == everything
    assert [one["id"] for one in seen] == sorted(one["id"] for one in seen)
    signed = done(world.auditor.get("/projects", stage="signed", group=world.id("G-2")))["items"]
    assert {one["stage"] for one in signed} == {"signed"}
    waiting = done(world.auditor.get("/funds", step="claimed", referee="commerce_bureau"))["items"]
    assert {one["step"] for one in waiting} <= {"claimed"}
    rows = done(world.auditor.get("/summary"))["rows"]
    found = sum(row["projects"] for row in rows if row["group"] == world.id("G-2"))
    assert found == len(everything)


def test_reading_and_writing_need_a_post_or_an_office(world: World) -> None:
    stranger = world.person("nobody")
    refused(stranger.get("/projects"), 403, "not-allowed")
    refused(stranger.post("/leads", world.lead()), 403, "not-allowed")
    refused(world.auditor.post("/leads", world.lead()), 403, "not-allowed")


def test_what_is_not_there_is_a_404_in_both_languages(world: World) -> None:
    missing = world.id("P-2026-9999")
    refused(world.auditor.get(f"/projects/{missing}"), 404, "unknown-project")
    refused(world.commerce.post(f"/projects/{missing}/sign", contract()), 404, "unknown-project")
    refused(world.auditor.get(f"/leads/{world.id('L-2026-9999')}"), 404, "unknown-lead")
    refused(world.commerce.post(f"/leads/{world.id('L-2026-9999')}/qualify", {}), 404, "unknown-lead")


@pytest.mark.parametrize(
    "body", [{"amount": "1.001"}, {"signed_on": "2026-7-1"}, {"contract_title": "a\x00"}, {"colour": "red"}]
)
def test_a_slip_in_a_body_is_named(world: World, body: dict[str, Any]) -> None:
    problem = refused(
        world.commerce.post(f"/projects/{world.id('P-2026-0001')}/sign", contract(**body)), 422, "invalid-request"
    )
    assert any(field in problem["detail"] for field in body)


def test_the_read_model_equals_a_pure_replay(world: World) -> None:
    world.service.wait_drained()
    report = done(world.auditor.get("/projections/verify"))
    assert report["equal"], report


def test_the_evidence_rulebook_can_be_read(world: World) -> None:
    rules = done(world.liaison.get("/evidence-rulebook"))
    assert rules["kinds"]["formal_contract"]["zh"] == "正式合同"
    assert {"stage": "signed", "project_type": "new_land", "any_of": ["formal_contract"]} in rules["requirements"]
