"""The roster goes out as the files that an import reads, and coming back it changes nothing. Whoever and whatever is
added here is fictional."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from services.registry.deciders import decider_of
from services.registry.domain.district.commands import ChangeSetting, DecideOverlap, PublishCalendar
from services.registry.domain.group.commands import (
    AppointDeputy,
    AppointLeader,
    AssignLeadUnit,
    AssignResponsibleUnit,
    DesignateLiaison,
    HandOverLeader,
    ReleaseDeputy,
    ReleaseLeader,
    WithdrawResponsibleUnit,
)
from services.registry.domain.mergers import follow_up
from services.registry.domain.person.commands import RegisterPerson
from services.registry.domain.roster.document import RosterDocument
from services.registry.domain.roster.outline import Outline
from services.registry.domain.unit.commands import (
    AddAlias,
    AppointUnitHead,
    DesignateUnitLiaison,
    MergeUnit,
    ReleaseUnitHead,
    RenameUnit,
    SetUnitParent,
)
from services.registry.roster_excel import workbook_of
from services.registry.roster_file import FILES, read_texts
from services.registry.roster_yaml import calendars_of, files_of
from sevenx.district.sheets import put
from sevenx.kernel.errors import Rejection

from .roster_samples import DATA, after, planned, real_roster, roster_of, texts_of
from .scenario import day

IMPORTED = after(planned(real_roster(), {}), {})
States = dict[str, Any]
HEAD = "410804 马村区"


def exported(states: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    outline = Outline(states)
    return files_of(outline, HEAD), calendars_of(outline, HEAD)


def read_back(states: Mapping[str, Any]) -> RosterDocument:
    found = read_texts(*exported(states))
    assert isinstance(found, RosterDocument), found
    return found


def given_to(states: Mapping[str, Any], *commands: tuple[str, Any]) -> States:
    """The states after those commands that are not refused."""
    changed = dict(states)
    for stream, command in commands:
        decider = decider_of(stream)
        decision = decider.decide(command, changed.get(stream, decider.initial))
        if not isinstance(decision, Rejection):
            changed[stream] = decider.fold(decision, changed.get(stream, decider.initial))
    return changed


def changes_nothing(states: Mapping[str, Any]) -> None:
    """Export, import: not one command, not one thing that the roster says otherwise."""
    again = planned(read_back(states), dict(states))
    assert (again.errors, again.steps, again.differences) == ((), (), ())


def test_the_exported_files_are_those_that_an_import_reads() -> None:
    files, calendars = exported(IMPORTED)
    assert set(files) == set(FILES)
    assert set(calendars) == set(texts_of(DATA / "calendars"))
    assert all(text.startswith(f"# {HEAD}\n") for text in (*files.values(), *calendars.values()))


def test_the_imported_roster_goes_out_and_comes_back_unchanged() -> None:
    changes_nothing(IMPORTED)


def test_an_exported_roster_founds_the_same_district_elsewhere() -> None:
    """What the files say is all that founds a deployment; what comes out of that one is the same text."""
    elsewhere = after(planned(read_back(IMPORTED), {}), {})
    assert exported(elsewhere) == exported(IMPORTED)
    assert {s: state for s, state in elsewhere.items() if "-U-" in s or "-N-" in s} == {
        s: state for s, state in IMPORTED.items() if "-U-" in s or "-N-" in s
    }


def test_the_words_of_the_notice_stand_in_the_groups() -> None:
    """一"""
    groups = exported(IMPORTED)[0]["groups.yaml"]
    assert "name: 区发改委, industry: 铝精深加工制造产业" in groups
    assert groups.count("各街道办事处") == 7
    assert "区教育局" in groups


def test_a_post_without_a_successor_goes_out_with_its_end() -> None:
    """一: a vacancy is not filled by an import."""
    states = given_to(IMPORTED, ("410804-G-1", ReleaseLeader(day("2022-03-01"), "调动")))
    files, _ = exported(states)
    assert "until: 2022-03-01" in files["people.yaml"]
    assert "康春生" not in files["groups.yaml"]
    changes_nothing(states)
    elsewhere = after(planned(read_back(states), {}), {})
    assert elsewhere["410804-G-1"].leaders == states["410804-G-1"].leaders


def test_an_older_export_does_not_end_the_time_of_who_came_later() -> None:
    """一"""
    states = given_to(IMPORTED, ("410804-G-1", ReleaseLeader(day("2022-03-01"), "调动")))
    old = read_back(states)
    later = given_to(
        states,
        ("410804-N-jia-yi", RegisterPerson("甲某", "Jia", "模拟")),
        ("410804-G-1", AppointLeader("410804-N-jia-yi", "甲某", day("2022-05-01"))),
    )
    assert planned(old, later).steps == ()


def test_a_merged_unit_goes_out_with_its_merger() -> None:
    """一: its past and the name that leads to the one that goes on."""
    unit, into, on = "410804-U-farm-machinery", "410804-U-agriculture", day("2024-01-01")
    states = given_to(
        IMPORTED,
        ("410804-N-jia-yi", RegisterPerson("甲某", "Jia", "模拟")),
        (unit, DesignateUnitLiaison("410804-N-jia-yi", "甲某", day("2021-01-01"))),
        (unit, MergeUnit(unit, into, on, "改革", on, "马村区农业农村局")),
    )
    states = given_to(states, *follow_up(unit, into, on, "改革", states))
    files, _ = exported(states)
    assert f"merged: {{into: {into}, from: 2024-01-01, reason: 改革}}" in files["units.yaml"]
    changes_nothing(states)
    elsewhere = after(planned(read_back(states), {}), {})
    assert elsewhere[unit].merged_into == into
    held = [(t.person, t.start, t.end) for t in elsewhere[unit].liaisons]
    assert held == [("410804-N-jia-yi", day("2021-01-01"), on)]
    assert exported(elsewhere) == exported(states)


def test_a_unit_that_took_the_name_of_the_one_it_took_in_is_called_by_its_id() -> None:
    """一"""
    unit, into, on = "410804-U-farm-machinery", "410804-U-agriculture", day("2024-01-01")
    old_name = IMPORTED[unit].zh
    states = given_to(IMPORTED, (unit, MergeUnit(unit, into, on, "改革", on, "马村区农业农村局")))
    states = given_to(states, *follow_up(unit, into, on, "改革", states), (into, RenameUnit(old_name, "X", on, "改革")))
    assert states[into].zh == old_name
    assert Outline(states).name(into) == into
    changes_nothing(states)


# -- Excel ------------------------------------------------------------------------------------------------------------


def opened(states: Mapping[str, Any]) -> Workbook:
    return load_workbook(BytesIO(workbook_of(Outline(states), HEAD)))


def test_the_workbook_has_what_the_files_have() -> None:
    book = opened(IMPORTED)
    assert len(book.sheetnames) == 7
    rows = {sheet.title.split()[0]: list(sheet.iter_rows(values_only=True)) for sheet in book}
    assert all(of[0][0] == HEAD for of in rows.values())
    assert len(rows["单位"]) == 2 + 52
    assert ("招商一组", "牵头 lead", "区发改委", "铝精深加工制造产业") in rows["成员单位"]
    assert [row[2] for row in rows["招商小组"][2:]] == [f"招商{n}组" for n in "一二三四五六七"]
    leader = next(row for row in rows["人员职务"] if row[1] == "康春生")
    assert (leader[2], leader[4].date(), leader[6]) == ("leader", day("2020-07-01"), "是 yes")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from("=+-@\t\r"), st.text(min_size=1, max_size=20))
def test_a_text_that_begins_like_a_formula_stays_text(first: str, rest: str) -> None:
    """Whoever opens the workbook runs nothing that somebody else typed."""
    book = Workbook()
    cell = book.worksheets[0].cell(1, 1)
    put(cell, first + rest)
    file = BytesIO()
    book.save(file)
    again = load_workbook(file).worksheets[0].cell(1, 1)
    assert again.data_type != "f"
    assert again.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")


def test_a_formula_for_a_name_goes_into_the_workbook_as_text() -> None:
    evil = '=HYPERLINK("http://x","区财政局")'
    states = given_to(IMPORTED, ("410804-U-finance", RenameUnit(evil, "=1+1", day("2024-01-01"), "@cmd")))
    cells = [cell for sheet in opened(states) for row in sheet.iter_rows() for cell in row]
    assert {cell.value: cell.data_type for cell in cells if cell.value in (evil, "=1+1", "@cmd")} == {
        evil: "s",
        "=1+1": "s",
        "@cmd": "s",
    }
    assert not any(cell.data_type == "f" for cell in cells)


# -- whatever is decided ----------------------------------------------------------------------------------------------

OTHER = roster_of("990001")
assert isinstance(OTHER, RosterDocument)
SMALL = replace(
    OTHER,
    settings=tuple(one for one in OTHER.settings if one.key in ("bodies.finance_bureau", "report.contribution_day")),
    calendars=OTHER.calendars[-1:],
)
FOUNDED = after(planned(SMALL, {}), {})
PEOPLE = [(f"990001-N-p{n}", f"某{n}") for n in range(3)]
UNITS = [f"990001-U-{name}" for name in ("finance", "statistics", "promotion-centre", "xishan", "port")]
GROUPS = ["990001-G-1", "990001-G-2"]
days = st.integers(0, 400).map(lambda n: date(2021, 1, 1) + timedelta(n))
people, units, groups = st.sampled_from(PEOPLE), st.sampled_from(UNITS), st.sampled_from(GROUPS)
texts = st.sampled_from(
    ["甲", "乙办", "# 丙", "yes", "a: b", "2020-01-01", "[丁]", "'戊\"", "己\n庚", "~", "1e3", "- 辛"]
)


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """What a district may decide after its founding, in any order."""
    (person, name), unit, other, group, on = draw(people), draw(units), draw(units), draw(groups), draw(days)
    text = draw(texts)
    taker = (person, name, on)
    one = draw(
        st.sampled_from(
            [
                (group, AppointLeader(*taker, assumed=draw(st.booleans()), basis=text)),
                (group, AppointDeputy(*taker)),
                (group, ReleaseLeader(on, text)),
                (group, ReleaseDeputy(on, text)),
                (group, DesignateLiaison(*taker, basis=text)),
                (group, HandOverLeader(*taker, ("台账",))),
                (group, AssignResponsibleUnit(unit, draw(st.sampled_from([unit, FOUNDED[unit].zh])), on)),
                (group, AssignLeadUnit(unit, FOUNDED[unit].zh, text, on)),
                (group, WithdrawResponsibleUnit(unit, on, text)),
                (unit, AppointUnitHead(*taker, assumed=draw(st.booleans()))),
                (unit, ReleaseUnitHead(on, text)),
                (unit, DesignateUnitLiaison(*taker)),
                (unit, AddAlias(f"{unit[9:]}{text}", text)),
                (unit, RenameUnit(f"{unit[9:]}局{text}", "X", on, text)),
                (unit, SetUnitParent(unit, other, on, text, () if other != unit else (unit,))),
                ("990001-D", ChangeSetting("bodies.finance_bureau", unit, text)),
                ("990001-D", ChangeSetting("report.contribution_day", str(on.day), text)),
                ("990001-D", PublishCalendar(2031, False, (date(2031, 1, on.day),), (), text)),
                ("990001-D", DecideOverlap("port-logistics", "990001-G-1", text, on)),
            ]
        )
    )
    return [one]


@st.composite
def mergers(draw: st.DrawFn) -> tuple[str, str]:
    unit, into = draw(units), draw(units)
    return (unit, into)


@settings(max_examples=80, deadline=None)
@given(st.lists(changes(), max_size=12), st.none() | mergers(), st.lists(changes(), max_size=4))
def test_whatever_the_district_decides_its_roster_goes_out_and_comes_back_unchanged(
    first: list[Any], merged: tuple[str, str] | None, then: list[Any]
) -> None:
    """一, 三（三）: also elsewhere, where nothing is known yet, and the same text comes out of there."""
    states = given_to(FOUNDED, *((person, RegisterPerson(name, person, "模拟")) for person, name in PEOPLE))
    states = given_to(states, *(one for made in first if not _circle(states, made) for one in made))
    if merged is not None:
        unit, into = merged
        on = date(2023, 1, 1)
        command = MergeUnit(unit, into, on, "改革", on, states[into].zh, states[into].merged_into)
        if states[unit].merged_into is None and not isinstance(
            decider_of(unit).decide(command, states[unit]), Rejection
        ):
            states = given_to(states, (unit, command), *follow_up(unit, into, on, "改革", states))
    states = given_to(states, *(one for made in then if not _names_merged(states, made) for one in made))
    changes_nothing(states)
    elsewhere = planned(read_back(states), {})
    assert elsewhere.errors == ()
    for there, here in zip(exported(after(elsewhere, {})), exported(states), strict=True):
        for name, text in here.items():
            assert there[name] == text


def _circle(states: States, made: list[tuple[str, Any]]) -> bool:
    """What the route's facts would refuse: a parent that stands under the unit."""
    _, command = made[0]
    return isinstance(command, SetUnitParent) and command.parent > command.unit


def _names_merged(states: States, made: list[tuple[str, Any]]) -> bool:
    """What the route would have led to the one that goes on."""
    _, command = made[0]
    named = {getattr(command, "unit", None), getattr(command, "parent", None), getattr(command, "value", None)}
    gone = {stream for stream in UNITS if states[stream].merged_into is not None}
    return bool(named & gone) or _circle(states, made)
