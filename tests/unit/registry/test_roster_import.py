"""A roster's import: a difference first, then all of it or nothing, and a second time nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.deciders import BY_LETTER, DISTRICT, GROUP, UNIT
from services.registry.domain.district.commands import ChangeSetting
from services.registry.domain.district.events import ClockKind
from services.registry.domain.group.commands import AppointLeader, AssignResponsibleUnit
from services.registry.domain.roster.desired import Genesis
from services.registry.domain.roster.document import RosterDocument
from services.registry.domain.roster.plan import plan
from services.registry.domain.unit.events import UnitAlias, UnitKind, UnitRegistered

from .roster_samples import after, copied, planned, real_roster
from .scenario import day

ROSTER = real_roster()
EMPTY: dict[str, Any] = {}


@pytest.fixture(scope="module")
def imported() -> dict[str, Any]:
    return after(planned(ROSTER, EMPTY), EMPTY)


def test_the_first_import_says_everything_that_it_would_do() -> None:
    first = planned(ROSTER, EMPTY)
    assert first.errors == ()
    assert first.steps[0].stream == "410804-D"
    assert {difference.mark for difference in first.differences} == {"+"}
    shown = "\n".join(map(str, first.differences))
    assert "牵头单位区发改委（铝精深加工制造产业）＝410804-U-development-reform" in shown
    assert "组长康春生，自2020-07-01" in shown
    assert "(groups.yaml:" in shown


def test_the_import_forms_the_seven_groups_of_the_notice(imported: dict[str, Any]) -> None:
    """一"""
    groups = [imported[f"410804-G-{n}"] for n in range(1, 8)]
    assert [len(group.lead_units) for group in groups] == [2, 1, 2, 1, 1, 2, 1]
    assert [group.leaders[0].name for group in groups][:2] == ["康春生", "朱兴家"]
    assert [bool(group.deputies) for group in groups] == [True] * 4 + [False] * 3


def test_the_words_for_every_sub_district_become_seven_responsible_units(imported: dict[str, Any]) -> None:
    """一: 各街道办事处."""
    for number in range(1, 8):
        members = imported[f"410804-G-{number}"].responsible_units
        assert len([m for m in members if m.as_named == "各街道办事处"]) == 7


def test_group_fours_agency_of_two_names_is_one_responsible_unit(imported: dict[str, Any]) -> None:
    """一（四）"""
    members = [m.unit for m in imported["410804-G-4"].responsible_units]
    assert members.count("410804-U-natural-resources") == 1


def test_a_roster_imported_twice_needs_no_command(imported: dict[str, Any]) -> None:
    second = planned(ROSTER, imported)
    assert (second.steps, second.differences, second.errors) == ((), (), ())


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_an_import_that_stopped_anywhere_is_completed_by_the_next_one(data: st.DataObject) -> None:
    """Idempotence: after any beginning of the steps the next import gives the rest, and the one after it nothing."""
    whole = planned(ROSTER, EMPTY)
    cut = data.draw(st.integers(0, len(whole.steps)))
    begun = after(replace(whole, steps=whole.steps[:cut]), EMPTY)
    rest = planned(ROSTER, begun)
    assert rest.steps == whole.steps[cut:]
    assert planned(ROSTER, after(rest, begun)).steps == ()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_part_of_the_roster_imported_before_leaves_nothing_to_do_after_the_whole(data: st.DataObject) -> None:
    """Idempotence for rosters that grow: units, people and settings in any subset first."""
    assert isinstance(ROSTER, RosterDocument)
    part = replace(
        ROSTER,
        settings=tuple(s for s in ROSTER.settings if s.type.value != "unit" and data.draw(st.booleans())),
        calendars=tuple(c for c in ROSTER.calendars if data.draw(st.booleans())),
        industries=tuple(i for i in ROSTER.industries if i.parent is None and data.draw(st.booleans())),
    )
    states = after(planned(part, EMPTY), EMPTY)
    states = after(planned(ROSTER, states), states)
    assert planned(ROSTER, states).steps == ()


def test_what_the_district_changed_itself_is_kept_and_shown(imported: dict[str, Any]) -> None:
    """三（三）: a setting is the district's to change."""
    district = imported["410804-D"]
    changed = DISTRICT.decide(ChangeSetting("report.due_reading", "before_day", "核定"), district)
    guest = AssignResponsibleUnit("410804-U-audit", "区审计局", day("2021-01-01"))
    group = imported["410804-G-1"]
    states = imported | {
        "410804-D": DISTRICT.fold(changed, district),  # type: ignore[arg-type]
        "410804-G-1": GROUP.fold(GROUP.decide(guest, group), group),  # type: ignore[arg-type]
    }
    again = planned(ROSTER, states)
    assert again.steps == ()
    assert [difference.mark for difference in again.differences] == ["=", "="]
    assert "before_day" in str(again.differences[0])
    assert "410804-U-audit" in str(again.differences[1])


def test_a_leader_who_came_later_is_not_replaced_by_an_older_roster(imported: dict[str, Any]) -> None:
    """一: people change, posts are dated."""
    group = imported["410804-G-1"]
    later = GROUP.decide(AppointLeader("410804-N-jia-yi", "甲某", day("2023-01-01")), group)
    states = imported | {"410804-G-1": GROUP.fold(later, group)}  # type: ignore[arg-type]
    assert planned(ROSTER, states).steps == ()


def test_a_known_issue_date_corrects_the_assumed_one(imported: dict[str, Any], tmp_path: Path) -> None:
    """一: the issue date is assumed until the district office confirms it."""
    roster = copied(tmp_path, "district.yaml", "date: 2020-07-01\n    assumed: true", "date: 2020-05-18")
    assert [str(d) for d in planned(roster, imported).differences] == [
        "+ 410804-D  马政办〔2020〕37号，2020-05-18 / notice of 2020-05-18  (district.yaml:1)"
    ]


def test_the_clock_of_an_established_district_is_not_asked_for_again() -> None:
    assert isinstance(ROSTER, RosterDocument)
    simulated = Genesis(ClockKind.SIMULATED, datetime(2026, 1, 1, tzinfo=UTC), local_issuer=True)
    first = plan(ROSTER, EMPTY, BY_LETTER, simulated)
    states = after(first, EMPTY)
    assert states["410804-D"].genesis.clock is ClockKind.SIMULATED
    assert plan(ROSTER, states, BY_LETTER).steps == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "said"),
    [
        ("groups.yaml", "[区财政局,", "[区财整局,", "groups.yaml:14", "区财政局（410804-U-finance）"),
        ("groups.yaml", "leader: 康春生", "leader: 康春山", "groups.yaml:9", "people.yaml中没有康春山"),
        ("units.yaml", "aliases: [区财政局, 财政局]", "aliases: [区财政局, 财政局, 商务局]", "units.yaml:", "商务局"),
        ("units.yaml", "id: 410804-U-finance", "id: 410804-U-Finance", "units.yaml:", "410804-U-Finance"),
        ("people.yaml", "410804-N-lu-xiaocheng", "410804-N-kang-chunsheng", "people.yaml:5", "people.yaml:4"),
        ("people.yaml", "as: deputy", "as: boss", "people.yaml:5", "liaison"),
        ("people.yaml", "{group: 1, as: leader", "{group: 9, as: leader", "people.yaml:4", "9"),
        ("industries.yaml", "claims: [{group: 1", "claims: [{group: 8", "industries.yaml:", "8"),
        ("settings.yaml", "value: 区督查室", "value: 区督察室", "settings.yaml:", "区督查室"),
        ("settings.yaml", "value: 25, type: int", "value: x, type: int", "settings.yaml:", "report.due_day"),
        ("settings.yaml", "key: report.contribution_day", "key: report.due_day", "settings.yaml:", "report.due_day"),
        ("groups.yaml", "number: 2", "number: 1", "groups.yaml:", "小组序号1"),
    ],
)
def test_a_wrong_roster_is_refused_with_the_place_and_the_mending(
    tmp_path: Path, file: str, old: str, new: str, place: str, said: str
) -> None:
    """一: an unresolved or ambiguous name is an error that lists the candidates; nothing is half done."""
    refused = planned(copied(tmp_path, file, old, new), EMPTY)
    assert refused.steps == ()
    assert any(str(error.at).startswith(place) and said in error.zh for error in refused.errors), refused.errors


def test_all_errors_are_reported_together(tmp_path: Path) -> None:
    roster = copied(tmp_path, "groups.yaml", "区财政局, 统计局", "区财整局, 统记局")
    assert len(planned(roster, EMPTY).errors) == 2


def test_a_spelling_that_is_recorded_for_another_unit_is_refused() -> None:
    """一: a spelling belongs to one unit."""
    other = UnitRegistered("他局", "Other", UnitKind.DEPARTMENT, (UnitAlias("商务局", "common"),), False, "convention")
    refused = planned(ROSTER, {"410804-U-other": UNIT.fold([other])})
    assert refused.steps == ()
    assert "410804-U-other" in refused.errors[0].zh


def test_a_founding_that_is_refused_is_the_one_error_told() -> None:
    """Without a district every other command would be refused for that alone."""
    assert isinstance(ROSTER, RosterDocument)
    real_issuer = Genesis(ClockKind.SIMULATED, datetime(2026, 1, 1, tzinfo=UTC), local_issuer=False)
    errors = plan(ROSTER, EMPTY, BY_LETTER, real_issuer).errors
    assert [str(error.at) for error in errors] == ["district.yaml:1"]


def test_a_genesis_that_differs_is_refused(imported: dict[str, Any], tmp_path: Path) -> None:
    roster = copied(tmp_path, "district.yaml", "en: Macun District", "en: Macun")
    assert "马村区已经建立" in planned(roster, imported).errors[0].zh


def test_heads_and_liaisons_can_stand_in_the_roster(tmp_path: Path) -> None:
    """三（一）, 三（三）: with fictional persons."""
    people = (
        "people:\n"
        "  - {id: 410804-N-jia-yi, zh: 甲某, en: Jia, posts: [{unit: 区商务局, as: head, from: 2021-01-01}]}\n"
        "  - {id: 410804-N-yi-er, zh: 乙某, en: Yi, posts: [{group: 2, as: liaison, from: 2021-01-01},"
        " {unit: 商务局, as: liaison, from: 2021-01-01}]}\n"
    )
    states = after(planned(copied(tmp_path, "people.yaml", "people:\n", people), EMPTY), EMPTY)
    commerce = states["410804-U-commerce"]
    assert (commerce.heads[0].name, commerce.liaisons[0].name) == ("甲某", "乙某")
    assert states["410804-G-2"].liaisons[0].name == "乙某"
