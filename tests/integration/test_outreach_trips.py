"""Trips and quotas as a deployment runs them, clause 三(一)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.outreach.domain.quota.events import (
    QuotaAdjusted,
    QuotaDaysCounted,
    QuotaForecastDue,
    QuotaOpened,
    QuotaShortfallNoted,
    QuotaYearEnded,
)
from services.outreach.domain.trip.events import TripResultOverdue
from services.registry.domain.unit.events import UnitHeadReleased
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.outreach_world import World, at, outreach_world, visit


def quota(world: World, unit: str, year: int = 2026) -> dict[str, Any]:
    """The row of a head in the table of a year."""
    rows = done(world.auditor.get("/quotas", year=year))["judged"]
    return next(row for row in rows if row["unit"] == world.id(f"U-{unit}"))


def test_a_trip_from_request_to_the_heads_quota(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """三(一): requested, approved by the district, visited, filed in time, counted; then corrected."""
    with outreach_world(postgres, kafka) as world:
        requested = done(world.liaison.post("/trips", world.trip("01-12", "01-14"), key="a-trip-01"))
        again = done(world.liaison.post("/trips", world.trip("01-12", "01-14"), key="a-trip-01"))
        assert (again["replayed"], again["id"]) == (True, requested["id"])
        path, position = f"/trips/{requested['id']}", requested["position"]
        assert path == f"/trips/{world.id('T-2026-0001')}"

        refused(world.head.post(f"{path}/approve", {}), 403, "not-allowed")
        refused(world.person("head-macun").post(f"{path}/approve", {}), 403, "not-allowed")
        assert [one["id"] for one in done(world.leader.get("/trips/to-approve", after=position))] == [requested["id"]]
        assert done(world.head.get("/trips/to-approve")) == []
        assert [one["id"] for one in done(world.head.get("/trips/mine"))] == [requested["id"]]
        done(world.leader.post(f"{path}/approve", {}))
        refused(world.liaison.post(f"{path}/visits", visit("01-12")), 422, "visit-outside-trip")

        world.tick_to("01-14")
        for on in ("01-12", "01-13", "01-13"):
            done(world.liaison.post(f"{path}/visits", visit(on)))
        filed = done(world.liaison.post(f"{path}/result", {"result": "形成线索 1 条（模拟数据）"}))
        shown = done(world.auditor.get(path, after=filed["position"]))
        assert (shown["status"], shown["in_time"], len(shown["visits"])) == ("completed", True, 3)
        assert shown["counted_days"] == ["2026-01-12", "2026-01-13"]
        world.settle()
        assert (quota(world, "commerce")["counted_days"], quota(world, "commerce")["required_days"]) == (2, 92)

        correct = {"reason": "1月13日为参会（模拟数据）", "excluded_days": ["2026-01-13"]}
        refused(world.liaison.post(f"{path}/correct", correct), 403, "not-allowed")
        done(world.supervision.post(f"{path}/correct", correct))
        world.settle()
        assert quota(world, "commerce")["counted_days"] == 1
        assert [one.data["total"] for one in world.published(QuotaDaysCounted)] == [2, 1]
        compared = done(world.auditor.get("/projections/verify"))
        assert compared["equal"] is True, compared


def test_the_table_shows_rows_of_zero_and_those_who_owe_no_figure(world: World) -> None:
    """三(一): heads of sub-districts and departments are judged; zones' officers and leaders shown; agencies not."""
    table = done(world.auditor.get("/quotas", year=2026))
    assert [(row["unit_kind"], row["counted_days"]) for row in table["judged"]] == [
        ("department", 0),
        ("sub_district", 0),
    ]
    assert {(row["post"], row["days"]) for row in table["shown"]} == {("unit_head", 0), ("group_leader", 0)}
    one = done(world.auditor.get(f"/quotas/{table['judged'][0]['id']}"))
    assert one["in_post"] == [["2026-01-01", "2026-12-31"]]
    refused(world.auditor.get(f"/quotas/{world.id('Q-2025-U-x-N-y')}"), 404, "no-such-quota")


def test_the_unit_head_decides_on_his_staff_and_the_leader_on_the_group(world: World) -> None:
    """三(一): the right superior."""
    staff = world.trip("02-02", "02-03", traveller=world.id("N-staff-commerce"))
    path = f"/trips/{done(world.liaison.post('/trips', staff))['id']}"
    refused(world.person("head-macun").post(f"{path}/approve", {}), 403, "not-allowed")
    done(world.head.post(f"{path}/reject", {"reason": "工作冲突（模拟）"}))
    of_group = {**staff, "unit": None, "group": world.id("G-1"), "traveller": world.id("N-staff-macun")}
    path = f"/trips/{done(world.liaison.post('/trips', of_group))['id']}"
    refused(world.head.post(f"{path}/approve", {}), 403, "not-allowed")
    done(world.person("leader").post(f"{path}/approve", {}))
    with_head = {**staff, "companions": [world.id("N-head-commerce")]}
    path = f"/trips/{done(world.liaison.post('/trips', with_head))['id']}"
    refused(world.head.post(f"{path}/approve", {}), 403, "own-trip")
    cancelled = done(world.liaison.post(f"{path}/cancel", {"reason": "不再需要（模拟）"}))
    listed = done(world.auditor.get("/trips", after=cancelled["position"], month="2026-02", status="cancelled"))
    assert [f"/trips/{one['id']}" for one in listed] == [path]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"traveller": "410804-N-nobody"}, 422, "unknown-person"),
        ({"companions": ["410804-N-nobody"]}, 422, "unknown-person"),
        ({"unit": "410804-U-nothing"}, 422, "unknown-unit"),
        ({"group": "410804-G-9"}, 422, "unknown-group"),
        ({"starts_on": "2026-01-04"}, 422, "trip-not-beforehand"),
        ({"budget": "410804-B-2026-special", "estimate": "1.00"}, 404, "no-such-budget"),
        ({"destinations": [{"place": "焦作市武陟县", "province": "河南"}]}, 422, "inside-city"),
        ({"destinations": []}, 422, "invalid-request"),
        ({"purpose": ""}, 422, "invalid-request"),
        ({"surplus": 1}, 422, "invalid-request"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(world: World, changes: Any, status: int, code: str) -> None:
    refused(world.liaison.post("/trips", {**world.trip("03-02", "03-03"), **changes}), status, code)


def test_who_has_neither_post_nor_office_sees_nothing(world: World) -> None:
    for path in ("/trips", "/quotas", "/quotas/forecast", "/rules"):
        refused(world.person("stranger").get(path), 403, "not-allowed")
    refused(world.auditor.get(f"/trips/{world.id('T-2026-9999')}"), 404, "no-such-trip")


def test_the_clock_foresees_shortfalls_notes_late_results_and_turns_the_year(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    """三(一): a shortfall is noted when it changes; a head who left is prorated; New Year opens the next quotas."""
    with outreach_world(postgres, kafka) as world:
        path = world.approved("01-12", "01-14")
        world.tick_to("03-02")
        overdue = world.published(TripResultOverdue)
        assert [one.data["due_on"] for one in overdue] == [date(2026, 1, 21)]
        assert done(world.auditor.get("/trips", overdue=True))[0]["id"] == path.removeprefix("/trips/")
        assert world.published(QuotaShortfallNoted) == [], "two months in the post are not over"

        world.tick_to("06-02")
        assert len(world.published(QuotaForecastDue)) == 5
        noted = world.published(QuotaShortfallNoted)
        assert sorted((one.data["shortfall_days"], str(one.data["as_of"])) for one in noted) == [(92, "2026-03-31")] * 2
        assert [one["shortfall_days"] for one in done(world.auditor.get("/quotas/forecast"))] == [92, 92]

        world.approved("06-08", "06-12", "macun")
        left = UnitHeadReleased(world.id("N-head-commerce"), "模拟", date(2026, 7, 1), "调离（模拟）")
        world.settle(world.tell("registry", world.id("U-commerce"), left, when=at("06-30 09:00")))
        assert [one.data["required_days"] for one in world.published(QuotaAdjusted)] == [46]
        forecast = {one["unit"]: one for one in done(world.auditor.get("/quotas/forecast"))}
        assert forecast[world.id("U-macun")]["planned_days"] == 5
        assert forecast[world.id("U-macun")]["shortfall_days"] == 87

        world.tick_to("01-04", year=2027)
        assert [one.data["year"] for one in world.published(QuotaYearEnded)] == [2026]
        opened = [(one.data["unit"], one.data["year"]) for one in world.published(QuotaOpened)]
        assert sorted(one for one in opened if one[1] == 2027) == [(world.id("U-macun"), 2027)]
        compared = done(world.auditor.get("/projections/verify"))
        assert compared["equal"] is True, compared


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    """A district on 5 January in which nobody has completed a trip."""
    with outreach_world(postgres, kafka) as told:
        yield told
