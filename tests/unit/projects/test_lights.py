"""三(五), 中心工作督查: standstill by the clock and a light per project, by the rulebook."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.projects.domain.project import commands as c
from services.projects.domain.project import events as e
from services.projects.domain.project.lights import Facts, first_change, light_of, turned
from services.projects.domain.values import STAGES, Light, Stage, Status
from services.projects.rulebooks import LIGHTS, lights_rulebook
from tests.unit.projects.protections import day
from tests.unit.projects.stories import (
    LIAISON,
    RULES,
    STREET,
    TODAY,
    ZONE,
    Story,
    documents,
    land,
    project_at,
    sign,
    start_construction,
)

BOOK = lights_rulebook()
LANDS = date(2026, 8, 1)
"""The agreed date of landing in the stories."""


def judged(story: Story, on: date) -> list[Any]:
    return story.when(c.JudgeProgress(on))


def talk(on: date, today: date | None = None) -> c.RecordProjectTalk:
    return c.RecordProjectTalk(on, "宁波市", "对接用地指标", today or on, LIAISON)


def test_no_progress_for_the_days_of_the_stage_is_a_standstill_stated_once() -> None:
    """三(五): signed lands early; ProjectStalled by the clock."""
    story = project_at(Stage.SIGNED)
    limit = BOOK.stall_days[Stage.SIGNED]
    assert not [one for one in judged(story, day(limit - 1)) if isinstance(one, e.ProjectStalled)]
    [stalled] = judged(story, day(limit))
    assert (stalled.stage, stalled.since, stalled.idle_days, stalled.limit_days) == (Stage.SIGNED, TODAY, limit, limit)
    assert (stalled.unit, stalled.rulebook) == (STREET, BOOK.version)
    assert judged(story, day(limit)) == []


def test_limits_differ_by_stage_and_a_project_at_capacity_never_stalls() -> None:
    story = project_at(Stage.AT_CAPACITY)
    assert judged(story, day(2000)) == []
    assert BOOK.stall_days[Stage.IN_PRODUCTION] > BOOK.stall_days[Stage.NEGOTIATING]


@pytest.mark.parametrize(
    "progress",
    [talk(day(61)), c.FileEvidence(documents(Stage.LANDED), RULES, day(61), LIAISON),
     land(today=day(61), landed_on=day(61))],
    ids=["talk", "evidence", "stage"],
)  # fmt: skip
def test_a_dated_talk_a_document_or_a_stage_ends_the_standstill(progress: Any) -> None:
    """三(五): progress is a stage, evidence, funds, a dated talk."""
    story = project_at(Stage.SIGNED)
    judged(story, day(60))
    ended = [one for one in story.when(progress) if isinstance(one, e.StallEnded)]
    assert [(one.stage, one.stalled_since, one.ended_on) for one in ended] == [(Stage.SIGNED, TODAY, day(61))]


def test_an_agreed_date_that_is_put_off_is_no_progress() -> None:
    story = project_at(Stage.SIGNED)
    judged(story, day(60))
    put_off = c.AgreeDates(((Stage.LANDED, date(2026, 9, 30)),), day(61), LIAISON, "用地手续顺延")
    assert not [one for one in story.when(put_off) if isinstance(one, e.StallEnded)]


def test_an_old_talk_that_is_recorded_late_is_no_new_progress() -> None:
    story = project_at(Stage.SIGNED)
    story.when(talk(day(10)))
    [recorded] = story.when(talk(day(5), day(12)))
    assert (recorded.held_on, recorded.latest_on, recorded.talk) == (day(5), day(10), 2)
    assert story.state.progress_on == day(10)
    assert story.refused(talk(day(20), day(12))).code == "date-in-future"


def test_a_dormant_or_lost_project_is_not_asked_for_progress() -> None:
    for status in (Status.DORMANT, Status.LOST):
        story = project_at(Stage.SIGNED)
        judged(story, day(60))
        changed = story.when(c.ChangeStatus(status, day(61), "搁置", day(61), LIAISON))
        assert [type(one) for one in changed][1] is e.StallEnded
        assert judged(story, day(400)) == []


def test_a_project_taken_up_again_begins_anew() -> None:
    story = project_at(Stage.SIGNED).after([c.ChangeStatus(Status.DORMANT, TODAY, "搁置", TODAY, LIAISON)])
    story.when(c.ChangeStatus(Status.ACTIVE, day(100), "重启", day(100), LIAISON))
    assert story.state.progress_on == day(100)


def test_the_light_is_yellow_before_the_agreed_date_and_red_long_after() -> None:
    """三(五): every stage has an agreed date; a light per project with why it changed."""
    story = project_at(Stage.SIGNED)
    assert judged(story, LANDS - timedelta(days=8)) == []
    [near] = judged(story, LANDS - timedelta(days=7))
    assert (near.was, near.light, [one.code for one in near.reasons]) == (
        Light.GREEN, Light.YELLOW, ["agreed-date-near"],
    )  # fmt: skip
    assert judged(story, LANDS + timedelta(days=1)) == [], "another reason is no other light"
    [passed] = judged(story, LANDS + timedelta(days=30))
    assert (passed.was, passed.light, passed.as_of) == (Light.YELLOW, Light.RED, LANDS + timedelta(days=30))
    assert passed.reasons[0].code == "agreed-date-long-passed"
    assert "2026-08-01" in passed.reasons[0].zh
    assert passed.rulebook == BOOK.version


def test_a_stage_that_is_reached_turns_the_light_green_at_once() -> None:
    story = project_at(Stage.SIGNED)
    judged(story, LANDS)
    events = story.when(land(today=LANDS, landed_on=LANDS))
    assert [(one.was, one.light, one.unit) for one in events if isinstance(one, e.LightChanged)] == [
        (Light.YELLOW, Light.GREEN, ZONE)
    ]


def test_a_contract_signed_shortly_before_its_next_date_is_yellow_from_the_beginning() -> None:
    soon = tuple((stage, TODAY + timedelta(days=5 + stage.rank)) for stage in STAGES[2:])
    [light] = [one for one in project_at(Stage.NEGOTIATING).when(sign(agreed=soon)) if isinstance(one, e.LightChanged)]
    assert light.light is Light.YELLOW


def test_a_standstill_is_yellow_and_red_when_it_lasts() -> None:
    story = project_at(Stage.NEGOTIATING)
    stalled, light = judged(story, day(60))
    assert isinstance(stalled, e.ProjectStalled)
    assert (light.light, light.reasons[0].code) == (Light.YELLOW, "stalled")
    [red] = judged(story, day(90))
    assert (red.light, red.reasons[0].code) == (Light.RED, "stalled-long")


def test_the_gravest_reason_gives_the_light_and_all_are_told() -> None:
    story = project_at(Stage.SIGNED)
    story.when(c.ChangeStatus(Status.DELAYED, TODAY, "征地推迟", TODAY, LIAISON))
    judged(story, LANDS + timedelta(days=50))
    light = [one for one in story.events if isinstance(one, e.LightChanged)][-1]
    assert light.light is Light.RED
    assert [one.code for one in light.reasons] == ["agreed-date-long-passed", "stalled", "status-delayed"]


def test_what_the_clock_says_late_never_makes_a_light_milder() -> None:
    story = project_at(Stage.SIGNED)
    story.when(c.AgreeDates(((Stage.AT_CAPACITY, date(2028, 7, 1)),), LANDS + timedelta(days=31), LIAISON, "顺延"))
    assert story.state.light is Light.RED
    assert judged(story, LANDS - timedelta(days=7)) == []


def test_a_terminated_project_keeps_the_light_that_it_had() -> None:
    story = project_at(Stage.SIGNED)
    judged(story, LANDS)
    changed = story.when(c.ChangeStatus(Status.TERMINATED, LANDS, "终止", LANDS, LIAISON))
    assert [type(one) for one in changed] == [e.StatusChanged]


FACTS = st.builds(
    Facts,
    stage=st.sampled_from(STAGES[:-1]),
    status=st.sampled_from(Status),
    progress_on=st.integers(0, 200).map(day),
    due=st.none() | st.integers(-50, 300).map(day),
    stalled_since=st.none(),
)


@given(facts=FACTS, begin=st.integers(0, 200).map(day), days=st.integers(0, 300))
def test_the_days_that_are_looked_at_miss_nothing_that_a_daily_look_would_find(
    facts: Facts, begin: date, days: int
) -> None:
    """Invariant of the clock's arithmetic: going from change to change ends as a look on every single day does."""
    until = begin + timedelta(days=days)
    daily, light = facts, light_of(facts, BOOK, begin)[0]
    for n in range(days + 1):
        daily, light = turned(daily, light, BOOK, begin + timedelta(days=n))
    leaping, leapt = facts, light_of(facts, BOOK, begin)[0]
    for _ in range(9):
        on = first_change(leaping, leapt, BOOK, until)
        if on is None:
            break
        leaping, leapt = turned(leaping, leapt, BOOK, on)
    assert (leaping, leapt) == (daily, light)
    assert first_change(leaping, leapt, BOOK, until) is None


def test_a_wrong_rulebook_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    raw = yaml.safe_load(LIGHTS.read_text("utf-8"))
    raw["stall_days"] |= {"landet": 3, "signed": "sixty", "at_capacity": 9}
    raw["status"] |= {"terminated": "red", "delayed": "orange"}
    raw["stall"]["red_days_after"] = -1
    broken = tmp_path / "lights.yaml"
    broken.write_text(yaml.safe_dump(raw), "utf-8")
    with pytest.raises(ValueError, match=r"lights\.yaml") as raised:
        lights_rulebook(broken)
    for expected in ("'landet'", "'at_capacity'", "'sixty'", "'terminated'", "'orange'", "stall.red_days_after is -1"):
        assert expected in str(raised.value)


def test_a_started_project_is_judged_by_its_own_stage() -> None:
    story = project_at(Stage.LANDED).after([start_construction(today=day(3), started_on=day(3))])
    limit = BOOK.stall_days[Stage.STARTED]
    assert not judged(story, day(3 + limit - 1))
    stalled, *_ = judged(story, day(3 + limit))
    assert (stalled.stage, stalled.unit) == (Stage.STARTED, ZONE)
