"""An import is taken back by correcting events: every day has again who held what, and nothing decided since is lost.
Every person and unit that is added here is fictional."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.registry.deciders import BY_LETTER, DISTRICT, decider_of
from services.registry.domain.correction import RollBackImport
from services.registry.domain.district.commands import ChangeSetting, DecideOverlap, RecordRollback
from services.registry.domain.district.events import ClaimKind, ImportRolledBack, RosterImported, SettingType
from services.registry.domain.group.commands import AppointLeader, AssignResponsibleUnit, DesignateLiaison, SetDuties
from services.registry.domain.group.events import LiaisonReleased
from services.registry.domain.roster.document import (
    CalendarEntry,
    ClaimEntry,
    IndustryEntry,
    SettingEntry,
)
from services.registry.domain.roster.rollback import commands, plan_rollback
from services.registry.domain.unit.commands import AddAlias, AppointUnitHead
from services.registry.domain.unit.events import UnitAlias

from .imports_log import (
    FOUNDING,
    GROUP,
    HERE,
    JIA,
    LIAISON_OF_ONE,
    NEW_UNIT,
    ROSTER,
    TODAY,
    UNIT,
    founded,
    grown,
    person,
    post,
)
from .scenario import code, day


def test_what_an_import_registered_and_appointed_is_taken_back() -> None:
    """一, 三（三）"""
    log = founded()
    before = log.states()
    roster = grown(units=[NEW_UNIT], people=[person(JIA, post("liaison", day("2021-01-01"), group=1))])
    histories = log.imports(roster)
    assert histories is not None
    found = log.rollback(histories)
    assert found.obstacles == ()
    assert [type(event).__name__ for made in found.corrections.values() for event in made] == [
        "LiaisonReleased",
        "UnitWithdrawn",
        "PersonWithdrawn",
    ]
    assert found.corrections[GROUP] == (LiaisonReleased(JIA, "某i（模拟）", day("2021-01-01"), "回滚第2次导入"),)
    after = log.states()
    assert after[GROUP].liaisons == before[GROUP].liaisons == ()
    unlike = {s for s, state in before.items() if after[s] != state}
    assert unlike == {GROUP, "410804-D"}, "what was said of the post, and the imports"
    assert replace(after[GROUP], liaison_changes=()) == before[GROUP]


def test_a_setting_a_calendar_an_industry_and_an_alias_are_taken_back() -> None:
    """一"""
    log = founded()
    before = log.states()
    claim = ClaimEntry(HERE, 1, ClaimKind.DUTIES, ("专项债",))
    renamed = tuple(
        replace(one, aliases=(*one.aliases, UnitAlias("财局", "common"))) if one.id == UNIT else one
        for one in ROSTER.units
    )
    roster = replace(
        grown(
            settings=[SettingEntry(HERE, "sample.days", "3", SettingType.INT, (), "一", False, "模拟")],
            calendars=[CalendarEntry(HERE, 2031, False, (day("2031-01-01"),), (), "模拟")],
            industries=[IndustryEntry(HERE, "sample", "样例", "Sample", False, (claim,))],
        ),
        units=renamed,
    )
    histories = log.imports(roster)
    assert histories is not None
    assert log.rollback(histories).obstacles == ()
    after = log.states()
    assert after[UNIT] == before[UNIT]
    for part in ("settings", "calendars", "industries", "notice"):
        assert getattr(after["410804-D"], part) == getattr(before["410804-D"], part)


def test_what_stood_before_is_told_again() -> None:
    """一: the notice's date, duties, an industry that was listed otherwise."""
    log = founded()
    before = log.states()
    first = ROSTER.industries[0]
    roster = replace(
        ROSTER,
        district=replace(ROSTER.district, notice_issued=day("2020-05-18"), notice_issued_assumed=False),
        industries=(replace(first, keywords=("铝锭",)), *ROSTER.industries[1:]),
        groups=(replace(ROSTER.groups[0], duty_items=("PPP",)), *ROSTER.groups[1:]),
    )
    histories = log.imports(roster)
    assert histories is not None
    assert log.rollback(histories).obstacles == ()
    after = log.states()
    assert (after["410804-D"].notice, after["410804-D"].industries) == (
        before["410804-D"].notice,
        before["410804-D"].industries,
    )
    assert after[GROUP].duty_items == before[GROUP].duty_items


@pytest.mark.parametrize(
    ("stream", "command", "said"),
    [
        (GROUP, DesignateLiaison("410804-N-yi-er", "乙某", day("2022-01-01")), "联络员乙某"),
        ("410804-U-sample", AddAlias("样例", "common"), "增加别名样例"),
        ("410804-U-sample", AppointUnitHead("410804-N-yi-er", "乙某", day("2022-01-01")), "主要负责同志乙某"),
        ("410804-G-2", AssignResponsibleUnit("410804-U-sample", "样例中心", day("2022-01-01")), "410804-U-sample"),
        ("410804-G-2", AppointLeader(JIA, "甲某", day("2022-01-01")), "甲某在招商二组任职"),
        ("410804-D", ChangeSetting("bodies.finance_bureau", "410804-U-sample", "模拟"), "bodies.finance_bureau"),
        ("410804-D", ChangeSetting("sample.days", "4", "模拟"), "sample.days"),
    ],
)
def test_what_has_changed_since_is_named_and_nothing_is_taken_back(stream: str, command: Any, said: str) -> None:
    """一: nobody's later decision is overwritten."""
    log = founded()
    histories = log.imports(
        grown(
            units=[NEW_UNIT],
            people=[person(JIA, post("liaison", day("2021-01-01"), group=1))],
            settings=[SettingEntry(HERE, "sample.days", "3", SettingType.INT, (), "一", False, "模拟")],
        )
    )
    assert histories is not None
    log.give(stream, command)
    found = log.rollback(histories)
    assert found.corrections == {}
    assert any(said in one.zh and one.stream == stream for one in found.obstacles), found.obstacles


def test_what_was_decided_since_about_something_else_stays() -> None:
    """一"""
    log = founded()
    histories = log.imports(LIAISON_OF_ONE)
    assert histories is not None
    log.give(GROUP, AppointLeader("410804-N-yi-er", "乙某", day("2022-01-01")))
    log.give(GROUP, SetDuties("负责PPP等工作。", ("PPP",), "一（一）"))
    log.give("410804-D", DecideOverlap("aluminium", GROUP, "核定", TODAY))
    assert log.rollback(histories).obstacles == ()
    group = log.states()[GROUP]
    assert (group.leaders[-1].name, group.duty_items, group.liaisons) == ("乙某", ("PPP",), ())


def test_the_founding_stays() -> None:
    """The genesis is never changed, and the groups' reports are due since."""
    log = founded()
    assert FOUNDING is not None
    found = log.rollback(FOUNDING, 1)
    assert found.corrections == {}
    assert any("建立马村区" in one.zh for one in found.obstacles)
    assert any("成立招商一组" in one.zh for one in found.obstacles)


def test_corrections_hold_for_the_state_on_which_they_were_planned() -> None:
    log = founded()
    histories = log.imports(LIAISON_OF_ONE)
    assert histories is not None
    states = log.states()
    found = plan_rollback(2, log.since(histories), states, BY_LETTER, TODAY)
    ((stream, command), *_) = commands(2, found, states)
    log.give(stream, AppointLeader("410804-N-yi-er", "乙某", day("2022-01-01")))
    decision = decider_of(stream).decide(command, log.states()[stream])
    assert code(decision) == "changed-meanwhile"
    assert isinstance(command, RollBackImport)


def test_an_import_is_numbered_and_rolled_back_once_with_a_reason() -> None:
    log = founded()
    log.imports(LIAISON_OF_ONE)
    told = [event for event in log.streams["410804-D"] if isinstance(event, RosterImported)]
    assert [event.number for event in told] == [1, 2]
    record = RecordRollback(2, "410804-district-office", TODAY, "误导入", 3)

    def refused(command: RecordRollback) -> str:
        return code(DISTRICT.decide(command, log.states()["410804-D"]))

    assert refused(replace(record, number=3)) == "import-unknown"
    assert refused(replace(record, reason=" ")) == "reason-missing"
    log.give("410804-D", record)
    assert log.streams["410804-D"][-1] == ImportRolledBack(2, "410804-district-office", TODAY, "误导入", 3)
    assert refused(record) == "import-rolled-back"


def test_what_was_taken_back_can_be_imported_again() -> None:
    log = founded()
    roster = grown(units=[NEW_UNIT], people=[person(JIA, post("liaison", day("2021-01-01"), group=1))])
    histories = log.imports(roster)
    assert histories is not None
    log.rollback(histories)
    again = log.imports(roster)
    assert again is not None
    assert log.states()[GROUP].liaisons[-1].person == JIA
    assert log.rollback(again, 3).obstacles == ()
    assert log.states()[GROUP].liaisons == ()
