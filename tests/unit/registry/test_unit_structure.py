"""Where a unit stands: under whom, and merged into whom. Units beyond the notice's are fictional."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.deciders import decider_of
from services.registry.domain.lineage import above, survivor_of
from services.registry.domain.mergers import follow_up
from services.registry.domain.names import AmbiguousName, after_mergers, resolve
from services.registry.domain.unit.commands import (
    AddAlias,
    AppointUnitHead,
    DesignateUnitLiaison,
    MergeUnit,
    RegisterUnit,
    SetUnitParent,
)
from services.registry.domain.unit.events import (
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonReleased,
    UnitMerged,
    UnitParentSet,
)
from sevenx.kernel.errors import Rejection

from .roster_samples import DATA, after, copied, planned, read, real_roster, texts_of
from .scenario import REGISTERED, UNIT, code, day, when

ROSTER = real_roster()
COMMERCE, FARMING = "410804-U-commerce", "410804-U-agriculture"
JIA, YI = ("410804-N-jia-yi", "甲某"), ("410804-N-yi-er", "乙某")
ON, TODAY = day("2024-03-01"), day("2024-03-10")
MERGE = MergeUnit(COMMERCE, FARMING, ON, "机构改革", TODAY, "马村区农业农村局")


def test_a_unit_stands_under_another_one_and_under_none_again() -> None:
    """一"""
    under = SetUnitParent(COMMERCE, FARMING, ON, "三定方案")
    assert when(UNIT, [REGISTERED], under) == [UnitParentSet(FARMING, ON, "三定方案")]
    assert when(UNIT, [REGISTERED, UnitParentSet(FARMING, ON, "三定方案")], under) == []
    assert when(
        UNIT, [REGISTERED, UnitParentSet(FARMING, ON, "三定方案")], SetUnitParent(COMMERCE, None, TODAY, "调整")
    ) == [UnitParentSet(None, TODAY, "调整")]
    assert code(when(UNIT, [REGISTERED], replace(under, reason=" "))) == "reason-missing"
    assert code(when(UNIT, [REGISTERED], replace(under, parent="商务局"))) == "malformed-id"


def test_no_unit_stands_under_itself() -> None:
    """一"""
    assert code(when(UNIT, [REGISTERED], SetUnitParent(COMMERCE, COMMERCE, ON, "误"))) == "unit-under-itself"
    circle = SetUnitParent(COMMERCE, FARMING, ON, "误", above=("410804-U-finance", COMMERCE))
    assert code(when(UNIT, [REGISTERED], circle)) == "unit-under-itself"


def test_a_merged_unit_ends_its_posts_and_keeps_its_past() -> None:
    """一, 三（三）: a unit that goes on no more has no liaison either."""
    given = [
        REGISTERED,
        UnitHeadAppointed(*JIA, day("2021-01-01"), False, ""),
        UnitLiaisonDesignated(*YI, day("2021-01-01"), ""),
    ]
    events = when(UNIT, given, MERGE)
    assert events == [
        UnitHeadReleased(*JIA, ON, "merged"),
        UnitLiaisonReleased(*YI, ON, "merged"),
        UnitMerged(FARMING, "马村区农业农村局", ON, "机构改革"),
    ]
    state = UNIT.fold([*given, *events])
    assert (state.zh, state.merged_into, [t.end for t in (*state.heads, *state.liaisons)]) == (
        "马村区商务局",
        FARMING,
        [ON, ON],
    )


def test_an_announced_end_after_the_merger_is_brought_forward() -> None:
    """一"""
    given = [
        REGISTERED,
        UnitHeadAppointed(*JIA, day("2021-01-01"), False, ""),
        UnitHeadReleased(*JIA, day("2024-06-01"), "retires"),
    ]
    events = when(UNIT, given, MERGE)
    assert isinstance(events, list)
    assert events[0] == UnitHeadReleased(*JIA, ON, "merged")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"into": COMMERCE}, "merged-into-itself"),
        ({"into_zh": ""}, "survivor-unknown"),
        ({"into_merged_into": "410804-U-finance"}, "survivor-unknown"),
        ({"effective": day("2024-03-11")}, "merger-ahead"),
        ({"reason": ""}, "reason-missing"),
        ({"into": "农业农村局"}, "malformed-id"),
    ],
)
def test_a_merger_needs_a_survivor_a_reason_and_a_day_that_has_come(changed: dict[str, Any], refusal: str) -> None:
    """一"""
    assert code(when(UNIT, [REGISTERED], replace(MERGE, **changed))) == refusal


def test_a_merger_is_not_before_a_post_began_and_happens_once() -> None:
    """一"""
    late = UnitHeadAppointed(*JIA, day("2024-03-02"), False, "")
    assert code(when(UNIT, [REGISTERED, late], MERGE)) == "post-begun-after-merger"
    merged = UnitMerged(FARMING, "马村区农业农村局", ON, "机构改革")
    assert when(UNIT, [REGISTERED, merged], MERGE) == []
    assert code(when(UNIT, [REGISTERED, merged], replace(MERGE, into="410804-U-finance"))) == "unit-merged"


@pytest.mark.parametrize(
    "command",
    [
        AddAlias("商务", "common"),
        AppointUnitHead(*JIA, TODAY),
        DesignateUnitLiaison(*JIA, TODAY),
        SetUnitParent(COMMERCE, FARMING, TODAY, "误"),
    ],
)
def test_nothing_more_is_asked_of_a_merged_unit(command: Any) -> None:
    """一"""
    merged = UnitMerged(FARMING, "马村区农业农村局", ON, "机构改革")
    refused = when(UNIT, [REGISTERED, merged], command)
    assert code(refused) == "unit-merged"
    assert isinstance(refused, Rejection)
    assert FARMING in refused.zh


def test_a_name_leads_to_the_unit_that_goes_on_through_several_mergers() -> None:
    """一: a name means one unit, also after a reform."""
    names = {"U-a": ("甲局",), "U-b": ("乙局", "甲局新名"), "U-c": ("丙局",)}
    found = after_mergers(names, {"U-a": "U-b", "U-b": "U-c"})
    assert [resolve(name, found) for name in ("甲局", "乙局", "丙局", "U-a", "U-c")] == ["U-c"] * 5
    split = after_mergers({**names, "U-d": ("甲局",)}, {"U-a": "U-b"})
    assert isinstance(resolve("甲局", split), AmbiguousName)


def merged_world(unit: str, into: str) -> dict[str, Any]:
    """The notice's district after a merger of two of its units."""
    states = after(planned(ROSTER, {}), {})
    command = MergeUnit(unit, into, ON, "机构改革", TODAY, states[into].zh)
    for stream, one in [(unit, command), *follow_up(unit, into, ON, "机构改革", states)]:
        decider = decider_of(stream)
        decision = decider.decide(one, states[stream])
        assert not isinstance(decision, Rejection), decision
        states[stream] = decider.fold(decision, states[stream])
    return states


def parts(states: dict[str, Any], unit: str) -> dict[int, str]:
    groups = [state for stream, state in states.items() if "-G-" in stream]
    leads = {group.number: "lead" for group in groups if group.is_lead(unit)}
    return leads | {group.number: "responsible" for group in groups if group.is_responsible(unit)}


def test_the_survivor_takes_the_parts_and_leads_where_one_of_the_two_led() -> None:
    """一: 区商务局 leads group two; 区科工局 leads in group one and is a responsible unit of group two."""
    states = merged_world(COMMERCE, "410804-U-science-industry")
    assert parts(states, COMMERCE) == {}
    assert parts(states, "410804-U-science-industry") == {1: "lead", 2: "lead"}
    assert states["410804-D"].settings["bodies.commerce_bureau"].value == "410804-U-science-industry"
    back = merged_world("410804-U-science-industry", COMMERCE)
    assert parts(back, COMMERCE) == {1: "lead", 2: "lead"}


def test_an_older_roster_does_not_bring_a_merged_unit_back() -> None:
    """一: a roster of before the reform changes nothing."""
    states = merged_world("410804-U-science-industry", COMMERCE)
    again = planned(ROSTER, states)
    assert (again.steps, again.errors) == ((), ())


def test_what_stood_under_the_merged_unit_stands_under_the_survivor() -> None:
    """一"""
    states = {
        COMMERCE: UNIT.fold([REGISTERED]),
        FARMING: UNIT.fold([REGISTERED, UnitParentSet(COMMERCE, ON, "三定")]),
        "410804-U-x": UNIT.fold([REGISTERED, UnitParentSet(COMMERCE, ON, "三定")]),
    }
    assert [(stream, one.parent) for stream, one in follow_up(COMMERCE, FARMING, ON, "改革", states)] == [
        (FARMING, None),
        ("410804-U-x", FARMING),
    ]


def test_units_that_belong_under_others_stand_in_the_roster(tmp_path: Path) -> None:
    placed = copied(tmp_path, "units.yaml", "aliases: [统计局,", "parent: 区政府\n    aliases: [统计局,")
    states = after(planned(placed, {}), {})
    assert states["410804-U-statistics"].parent == "410804-U-district-government"
    assert planned(placed, states).steps == ()


def test_a_roster_in_which_two_units_stand_under_each_other_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, text in texts_of(DATA / "districts" / "410804").items():
        for old, new in (("aliases: [统计局,", "区财政局"), ("aliases: [区财政局,", "统计局")):
            text = text.replace(old, f"parent: {new}\n    {old}")
        (folder / name).write_text(text, "utf-8")
    refused = planned(read(folder, DATA / "calendars"), {})
    assert [error.at.file for error in refused.errors] == ["units.yaml"] * 2
    assert "隶属" in refused.errors[0].zh


ids = st.sampled_from("abcdefg")


@given(st.dictionaries(ids, ids))
def test_whoever_goes_on_is_found_however_units_were_merged(merged: dict[str, str]) -> None:
    """Also where two commands at one instant made a circle."""
    for unit in "abcdefg":
        last = survivor_of(unit, merged)
        assert last not in merged or survivor_of(last, merged)
        assert len(set(above(unit, dict(merged)))) == len(above(unit, dict(merged)))


@given(st.dictionaries(ids, ids.map(lambda one: one)))
def test_a_name_never_leads_to_a_unit_that_was_merged(drawn: dict[str, str]) -> None:
    """一, without circles: a unit is merged into one of a later letter."""
    merged = {unit: into for unit, into in drawn.items() if into > unit}
    names = after_mergers({unit: (f"{unit}局",) for unit in "abcdefg"}, merged)
    for unit in "abcdefg":
        found = resolve(f"{unit}局", names)
        assert found == resolve(unit, names) == survivor_of(unit, merged)
        assert found not in merged


def test_registering_a_merged_unit_again_adds_its_new_spellings_alone() -> None:
    merged = UnitMerged(FARMING, "马村区农业农村局", ON, "机构改革")
    again = RegisterUnit("马村区商务局", "Commerce Bureau", REGISTERED.kind, (), True, "convention")
    assert when(UNIT, [REGISTERED, merged], again) == []
