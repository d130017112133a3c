"""What the clock decides in area projects, in simulated time on the real PostgreSQL and Kafka: idleness and terms of
protections, contests that are late, standstill and lights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done
from tests.integration.projects_world import World, day, projects_world


@pytest.fixture
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka, simulated=True) as made:
        yield made


def test_a_half_year_of_an_idle_lead_and_a_project_that_stands_still(world: World) -> None:
    """首报首谈 and 三(五) by the clock: warned, proposed, declined, expired, queue moved up; stalled, lights changed. A
    missed tick is caught up, each deadline on its own day and once."""
    body = world.lead()
    first = done(world.person("liaison-macun").post("/leads", body))["id"]
    rival = {**body, "finder": world.unit("audit")}
    second = done(world.person("liaison-audit").post("/leads", rival))["id"]
    done(world.person("liaison-audit").post(f"/leads/{second}/contests", {"grounds": "首谈在先"}))
    project = world.signed()
    world.tick_ahead(70)
    protection = done(world.commerce.get(f"/leads/{first}/protection"))
    assert (protection["warned_since"], protection["proposed_since"]) == (day(), day())
    assert [one["overdue"] for one in done(world.commerce.get("/contests", state="open"))["items"]] == [True]
    stands = done(world.liaison.get(f"/projects/{project}"))
    assert (stands["stalled_since"], stands["light"]) == (day(), "red")
    assert [one["code"] for one in stands["light_reasons"]] == ["agreed-date-long-passed", "stalled"]
    told = done(world.auditor.get(f"/projects/{project}/timeline"))["events"]
    lights = [one["data"] for one in told if one["event"] == "LightChanged"]
    assert [(one["was"], one["light"], one["as_of"]) for one in lights] == [
        ("green", "yellow", day(23)), ("yellow", "red", day(60)),
    ]  # fmt: skip
    assert [one["event"] for one in told].count("ProjectStalled") == 1
    listed = done(world.auditor.get("/stalled"))["items"]
    assert [(one["id"], one["next_date"]) for one in listed] == [(project, day(30))]

    done(world.commerce.post(f"/leads/{second}/contests/1/decide", {"upheld": False, "reason": "无依据"}))
    done(world.commerce.post(f"/leads/{first}/protection/decide-release", {"release": False, "reason": "仍在对接"}))
    talk = {"held_on": day(70), "place": "马村区", "summary": "现场考察（模拟）"}
    ended = done(world.liaison.post(f"/projects/{project}/talks", talk))
    assert ended["events"] == ["ProjectTalkRecorded", "StallEnded"]
    world.tick_ahead(190)
    after = done(world.commerce.get(f"/leads/{first}/protection"))
    assert (after["standing"], after["ended_cause"]) == ("ended", "expired")
    moved = done(world.commerce.get(f"/leads/{second}/protection"))
    assert (moved["standing"], moved["basis"]) == ("holding", "next_in_queue")
    counts = done(world.auditor.get("/lights", group=world.id("G-1")))["counts"]
    assert [(one["light"], one["projects"], one["stalled"]) for one in counts] == [("red", 1, 1)]
    version = done(world.auditor.get(f"/projects/{project}/timeline"))["events"][-1]["version"]
    world.tick_ahead(190)
    assert done(world.auditor.get(f"/projects/{project}/timeline"))["events"][-1]["version"] == version
    report = done(world.auditor.get("/projections/verify"))
    assert report["equal"], report
