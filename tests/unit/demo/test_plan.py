"""The plan of a scenario: pure, the same each time, with its story lines."""

from __future__ import annotations

from collections import Counter

import pytest

from services.projects.domain.codes import is_credit_code
from sevenx.demo.agenda import Act, agenda
from sevenx.demo.plan import Plan
from sevenx.demo.scenario import SCENARIOS, Scenario
from sevenx.demo.ventures import STAGES


@pytest.fixture(scope="module")
def year() -> Plan:
    return Plan.of(Scenario.named("year"))


@pytest.fixture(scope="module")
def month() -> Plan:
    return Plan.of(Scenario.named("month"))


def of(plan: Plan, deed: str) -> list[Act]:
    return [act for act in plan.acts if act.deed == deed]


@pytest.mark.parametrize("name", ["month", "year"])
def test_the_same_scenario_makes_the_same_plan(name: str) -> None:
    one, other = (Plan.of(Scenario.named(name)) for _ in range(2))
    assert one.acts == other.acts
    assert [act.facts for act in one.acts] == [act.facts for act in other.acts]
    assert one.cast == other.cast


@pytest.mark.parametrize("name", ["month", "year"])
def test_every_scenario_says_that_it_is_simulated_data(name: str) -> None:
    plan = Plan.of(Scenario.named(name))
    assert "模拟数据" in (SCENARIOS / f"{name}.yaml").read_text("utf-8").splitlines()[0]
    assert "模拟数据" in plan.scenario.label
    assert all("（模拟）" in one.investor and "（模拟）" in one.name for one in plan.ventures)
    assert all(is_credit_code(one.code) and one.code.startswith("91000000") for one in plan.ventures)
    assert all(person.zh.endswith("模拟") for person in plan.cast.people)


def test_codes_and_names_of_people_are_each_their_own(year: Plan) -> None:
    assert len({one.code for one in year.ventures}) == len({one.investor for one in year.ventures})
    assert max(Counter(one.id for one in year.cast.people).values()) == 1
    assert max(Counter((one.post, one.group, one.unit) for one in year.cast.people).values()) == 1


def test_all_is_done_on_working_days_and_every_venture_goes_its_way_in_order(year: Plan) -> None:
    assert {day.on for day in year.days} <= set(year.open_days)
    for one in year.ventures:
        own = [act for act in year.acts if act.story == one.story]
        assert own[0].deed == "projects.register"
        stages = [act.facts["stage"] for act in own if act.deed == "projects.stage"]
        assert stages == list(STAGES[: len(stages)])
        over = [
            act.facts["status"] in ("lost", "terminated", "dormant") for act in own if act.deed == "projects.status"
        ]
        if any(over):
            after = [act.deed for act in own[[act.deed for act in own].index("projects.status") + 1 :]]
            assert set(after) <= {"projects.recognise", "projects.reverse"}


def test_a_district_of_this_size_works_on_some_170_leads_and_90_projects(year: Plan) -> None:
    assert 120 <= len(of(year, "projects.register")) <= 200
    assert 60 <= sum(act.facts["stage"] == "negotiating" for act in of(year, "projects.stage")) <= 110


def test_the_year_has_late_missing_returned_and_delegated_reports(year: Plan) -> None:
    lines = [line for groups in year.scenario.reports["lines"].values() for line in groups.values()]
    assert {"late", "missed", "returned", "delegated"} <= set(lines)
    missed = [
        (p, g) for p, groups in year.scenario.reports["lines"].items() for g, line in groups.items() if line == "missed"
    ]
    signed = {(act.facts["period"], act.facts["group"]) for act in of(year, "reports.sign")}
    assert signed.isdisjoint(missed)
    assert len({period for period, _ in signed}) == 13


def test_funds_are_claimed_checked_recognised_and_some_flow_back(year: Plan) -> None:
    claimed, checked = of(year, "projects.claim"), of(year, "projects.check")
    recognised, back = of(year, "projects.recognise"), of(year, "projects.reverse")
    assert len(claimed) == len(checked) >= len(recognised) > len(back) > 0
    for act in (*checked, *recognised, *back):
        before = next(c for c in claimed if (c.story, c.facts["claim"]) == (act.story, act.facts["claim"]))
        assert (before.on, before.order) < (act.on, act.order)


def test_some_projects_go_quiet_and_some_end_otherwise(year: Plan) -> None:
    assert {act.facts["status"] for act in of(year, "projects.status")} == {"delayed", "dormant", "lost", "terminated"}


def test_figures_are_read_in_the_morning_before_others_change_them(year: Plan) -> None:
    assert {act.phase for act in of(year, "reports.draft") + of(year, "reports.draft_again")} == {0}


def test_a_day_is_told_story_by_story_within_its_phases(month: Plan) -> None:
    for day in agenda(reversed(month.acts)):
        for stories in day.phases():
            names = [story[0].story for story in stories]
            assert len(names) == len(set(names))
            assert all(list(story) == sorted(story) for story in stories)


def test_claims_of_a_project_are_numbered_in_the_order_of_their_days(year: Plan) -> None:
    for one in year.ventures:
        claims = [act for act in year.acts if act.story == one.story and act.deed == "projects.claim"]
        assert [act.facts["claim"] for act in claims] == list(range(1, len(claims) + 1))
