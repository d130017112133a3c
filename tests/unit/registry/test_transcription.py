"""The roster is the notice, character by character."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .notice_text import parse
from .transcription import Roster, alias_name, differences, unit_of_name

DATA = Path(__file__).parents[3] / "data"
STEMS = ("district", "units", "sub_districts", "groups", "people", "industries", "settings")


@pytest.fixture(scope="module")
def notice() -> str:
    return (DATA / "notice" / "2020-37.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def roster() -> Roster:
    folder = DATA / "districts" / "410804"
    return {stem: yaml.safe_load((folder / f"{stem}.yaml").read_text("utf-8")) for stem in STEMS}


def test_the_roster_says_what_the_notice_says(notice: str, roster: Roster) -> None:
    """一, 二（一）, 二（二）: leaders, deputies, units in the notice's order and spelling, duties, departments."""
    assert differences(notice, roster) == []


def test_the_notice_forms_seven_groups_of_which_the_last_three_have_no_deputy(notice: str) -> None:
    """一"""
    assert [group.deputy is None for group in parse(notice).groups] == [False] * 4 + [True] * 3


def test_the_notice_names_sixteen_departments(notice: str, roster: Roster) -> None:
    """二（二）"""
    assert len(parse(notice).departments) == 16
    assert sum(unit.get("in_x_department", False) for unit in roster["units"]["units"]) == 16


def test_group_four_names_one_agency_twice(notice: str, roster: Roster) -> None:
    """一（四）: 自然资源局马村分局 and 自然资源和规划局马村分局 are one unit."""
    names = unit_of_name(roster)
    twice = [name for name in parse(notice).groups[3].responsible_units if "自然资源" in name]
    assert len(twice) == 2
    assert {unit for name in twice for unit in names[name]} == {"410804-U-natural-resources"}


def test_no_spelling_belongs_to_two_units(roster: Roster) -> None:
    assert {name: units for name, units in unit_of_name(roster).items() if len(units) > 1} == {}


def test_every_unit_has_its_own_id_and_says_where_its_name_is_from(roster: Roster) -> None:
    units = roster["units"]["units"]
    ids = [unit["id"] for unit in [*units, *roster["sub_districts"]["sub_districts"]]]
    assert len(ids) == len(set(ids))
    assert all(unit["zh_source"] in ("notice", "convention", "needed") for unit in units)
    assert all(unit.get("sources") or unit["zh_source"] == "needed" for unit in units)


def test_a_full_name_said_to_be_the_notices_stands_in_it(notice: str, roster: Roster) -> None:
    """The notice writes the name, or the part of it after 马村区, or writes 区 for 马村区."""
    text = parse(notice).text
    for unit in roster["units"]["units"]:
        if unit["zh_source"] == "notice":
            bare = unit["zh"].removeprefix("马村区").removeprefix("马村")
            assert unit["zh"] in text or bare in text, unit["id"]


def test_the_sub_districts_are_cited_and_are_no_names_of_the_notice(notice: str, roster: Roster) -> None:
    """一, 二（一）: 各街道办事处 stands for every sub-district, their names are from a public source."""
    sub_districts = roster["sub_districts"]
    assert sub_districts["source"]["url"].startswith("http")
    assert len(sub_districts["sub_districts"]) == 7
    assert sub_districts["stands_for"] in notice.replace("\n", "")


def test_an_industry_is_claimed_where_the_notice_claims_it(roster: Roster) -> None:
    """一: every lead unit's industry and every duty is claimed once, by the group that has it."""
    claims = [
        (claim["group"], claim["in"], name)
        for part in ("industries", "indicators")
        for entry in roster["industries"][part]
        for claim in entry.get("claims", [])
        for name in claim["names"]
    ]
    said = [
        *((g["number"], "duties", item) for g in roster["groups"]["groups"] for item in g["duty_items"]),
        *(
            (g["number"], "lead_units", unit["industry"])
            for g in roster["groups"]["groups"]
            for unit in g["lead_units"]
            if "industry" in unit
        ),
    ]
    assert sorted(claims) == sorted(said)


def test_the_overlaps_to_decide_are_those_of_the_claims(roster: Roster) -> None:
    """一: 铝精深加工 in one and two, 医药 and 健康 in two and three, 智慧城市 in four and seven."""
    claimed = {
        e["id"]: sorted({claim["group"] for claim in e.get("claims", [])}) for e in roster["industries"]["industries"]
    }
    overlaps = {entry["industry"]: entry["groups"] for entry in roster["industries"]["overlaps"]}
    assert overlaps == {industry: groups for industry, groups in claimed.items() if len(groups) > 1}
    assert sorted(map(tuple, overlaps.values())) == [(1, 2), (2, 3), (4, 7)]


def test_a_setting_names_a_clause_of_the_notice(notice: str, roster: Roster) -> None:
    clauses = {"一", "二", "三", *parse(notice).clauses}
    assert [s["key"] for s in roster["settings"]["settings"] if s["clause"] not in clauses] == []


def test_one_changed_character_of_the_notices_lists_is_found(notice: str, roster: Roster) -> None:
    """Mutation: every character of clause 一 and of the lists of 二（一） and 二（二）, one after the other."""
    stretches = (
        ("（一）招商一组", "二、实施"),
        ("项目落地单位。", "，是招商引资"),
        ("区直有关部门。", "等单位，"),
    )
    unseen = []
    for first, last in stretches:
        start = notice.index(first)
        for at in range(start, notice.index(last, start)):
            if not notice[at].isspace():
                changed = notice[:at] + ("某" if notice[at] != "某" else "其") + notice[at + 1 :]
                if not differences(changed, roster):
                    unseen.append((at, notice[at - 5 : at + 5]))
    assert unseen == []


def test_one_changed_character_of_the_rosters_names_is_found(notice: str, roster: Roster) -> None:
    """Mutation: every character of every name and duty in the groups, of every official and of the notice's aliases."""
    unseen = [path for path, changed in _mutants(roster) if not differences(notice, changed)]
    assert unseen == []


def test_a_name_moved_out_of_the_notices_order_is_found(notice: str, roster: Roster) -> None:
    changed = copy.deepcopy(roster)
    units = changed["groups"]["groups"][0]["responsible_units"]
    units[1], units[2] = units[2], units[1]
    assert differences(notice, changed)


def _mutants(roster: Roster) -> Iterator[tuple[str, Roster]]:
    """The roster with one character changed, once for each character of each name."""
    for stem, path in [*_paths("groups", roster["groups"]), *_paths("people", roster["people"])]:
        if path[-1] in ("leader", "deputy", "zh", "name", "industry", "duties") or path[-2] in (
            "responsible_units",
            "duty_items",
        ):
            yield from _changed(roster, stem, path)
    for n, unit in enumerate(roster["units"]["units"]):
        for m, alias in enumerate(unit["aliases"]):
            if alias == alias_name(alias):
                yield from _changed(roster, "units", ("units", n, "aliases", m))


def _paths(stem: str, node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if isinstance(node, dict | list):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _paths(stem, value, (*path, key))
    elif isinstance(node, str):
        yield stem, path


def _changed(roster: Roster, stem: str, path: tuple[Any, ...]) -> Iterator[tuple[str, Roster]]:
    changed = {**roster, stem: copy.deepcopy(roster[stem])}
    parent = changed[stem]
    for key in path[:-1]:
        parent = parent[key]
    text = parent[path[-1]]
    for at in range(len(text)):
        parent[path[-1]] = f"{text[:at]}{'某' if text[at] != '某' else '其'}{text[at + 1 :]}"
        yield f"{stem}{path} at {at}", changed
    parent[path[-1]] = text
