"""An import is taken back by correcting events: every day has again who held what, and nothing decided since is lost.
Every person and unit that is added here is fictional."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.deciders import BY_LETTER, DISTRICT, decider_of
from services.registry.domain.correction import RollBackImport
from services.registry.domain.district.commands import ChangeSetting, DecideOverlap, RecordImport, RecordRollback
from services.registry.domain.district.events import ClaimKind, ImportRolledBack, RosterImported, SettingType
from services.registry.domain.group.commands import AppointLeader, AssignResponsibleUnit, DesignateLiaison, SetDuties
from services.registry.domain.group.events import LiaisonReleased
from services.registry.domain.roster.document import (
    At,
    CalendarEntry,
    ClaimEntry,
    IndustryEntry,
    Name,
    PersonEntry,
    PostEntry,
    RosterDocument,
    SettingEntry,
    UnitEntry,
)
from services.registry.domain.roster.plan import plan
from services.registry.domain.roster.restored_posts import changes_of
from services.registry.domain.roster.rollback import History, Rollback, commands, plan_rollback
from services.registry.domain.roster.topics import DEPUTY, HEAD, LEADER, LIAISON
from services.registry.domain.tenure import holder_on, tenures_of
from services.registry.domain.unit.commands import AddAlias, AppointUnitHead
from services.registry.domain.unit.events import UnitAlias, UnitKind
from sevenx.district.posts import standing
from sevenx.kernel.errors import Rejection

from .roster_samples import real_roster
from .scenario import code, day

FOUND = real_roster()
assert isinstance(FOUND, RosterDocument)
ROSTER: RosterDocument = FOUND
HERE, TODAY = At("people.yaml", 1), day("2026-01-10")
GROUP, UNIT = "410804-G-1", "410804-U-finance"
JIA = "410804-N-jia-yi"


class Log:
    """The events of every stream, as the log would hold them."""

    def __init__(self, streams: Mapping[str, list[Any]] | None = None) -> None:
        self.streams = defaultdict[str, list[Any]](list, {k: list(v) for k, v in (streams or {}).items()})

    def states(self) -> dict[str, Any]:
        return {stream: decider_of(stream).fold(events) for stream, events in self.streams.items()}

    def give(self, stream: str, command: Any) -> None:
        decider = decider_of(stream)
        decision = decider.decide(command, decider.fold(self.streams[stream]))
        assert not isinstance(decision, Rejection), decision
        self.streams[stream] += decision

    def imports(self, roster: RosterDocument) -> Mapping[str, History] | None:
        """Import a roster; the histories around it, or None where it is refused or changes nothing."""
        planned = plan(roster, self.states(), BY_LETTER)
        if planned.errors or not planned.steps:
            return None
        before = {stream: tuple(events) for stream, events in self.streams.items()}
        for step in planned.steps:
            self.give(step.stream, step.command)
        counts = dict.fromkeys(("units", "groups", "people", "industries", "settings", "calendars", "changes"), 1)
        self.give("410804-D", RecordImport("0f" * 32, "410804-district-office", TODAY, **counts))
        touched = {step.stream for step in planned.steps}
        return {
            stream: History(before.get(stream, ()), tuple(self.streams[stream][len(before.get(stream, ())) :]), ())
            for stream in touched
        }

    def since(self, histories: Mapping[str, History]) -> Mapping[str, History]:
        """The histories with what came after them."""
        return {
            stream: replace(h, since=tuple(self.streams[stream][len(h.before) + len(h.caused) :]))
            for stream, h in histories.items()
        }

    def rollback(self, histories: Mapping[str, History], number: int = 2) -> Rollback:
        states = self.states()
        found = plan_rollback(number, self.since(histories), states, BY_LETTER, TODAY)
        for stream, command in commands(number, found, states):
            self.give(stream, command)
        return found


FOUNDED = Log()
FOUNDING = FOUNDED.imports(ROSTER)


def founded() -> Log:
    return Log(FOUNDED.streams)


def grown(**more: Any) -> RosterDocument:
    """The district's roster with further entries."""
    return replace(ROSTER, **{name: (*getattr(ROSTER, name), *entries) for name, entries in more.items()})


def person(id_: str, *posts: PostEntry) -> PersonEntry:
    return PersonEntry(HERE, id_, f"某{id_[-1]}（模拟）", id_, posts)


def post(as_: str, since: date, group: int | None = None, unit: str | None = None) -> PostEntry:
    return PostEntry(HERE, group, None if unit is None else Name(unit, HERE), as_, since, False)


NEW_UNIT = UnitEntry(
    HERE, "410804-U-sample", "样例中心（模拟）", "Sample centre", UnitKind.INSTITUTION, (), False, "convention"
)
LIAISON_OF_ONE = grown(people=[person(JIA, post("liaison", day("2021-01-01"), group=1))])


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


FIRST = day("2020-06-01")
PLACES = [(1, None, "leader"), (1, None, "deputy"), (1, None, "liaison"), (None, "区财政局", "head")]
PLACES += [(None, "区财政局", "liaison")]
days = st.integers(0, 60).map(lambda n: FIRST + timedelta(n))
persons = st.sampled_from([f"410804-N-p{n}" for n in range(3)])
entries = st.lists(st.tuples(persons, st.sampled_from(PLACES), days), max_size=5)


def people_of(drawn: list[tuple[str, tuple[int | None, str | None, str], date]]) -> RosterDocument:
    posts: dict[str, list[PostEntry]] = defaultdict(list)
    for id_, (group, unit, as_), since in drawn:
        posts[id_].append(post(as_, since, group, unit))
    return grown(people=[person(id_, *held) for id_, held in posts.items()])


def holders(states: Mapping[str, Any]) -> list[str | None]:
    """Who holds each post on each day, as the domain tells it."""
    told = []
    for stream, held in ((GROUP, (LEADER, DEPUTY, LIAISON)), (UNIT, (HEAD, LIAISON))):
        for one in held:
            tenures = tenures_of(changes_of(states[stream], one))
            on = (holder_on(tenures, FIRST + timedelta(n)) for n in range(-5, 90))
            told += [None if tenure is None else tenure.person for tenure in on]
    return told


def standing_by_person(log: Log) -> list[set[tuple[str, str]]]:
    """Who holds which post on each day, as every other service tells it from the events."""
    rows = [
        {
            "role": type(event).__name__.removesuffix("Appointed").removesuffix("Released").removesuffix("Designated"),
            "person": event.person,
            "effective": event.effective,
            "version": n,
            "begins": not type(event).__name__.endswith("Released"),
        }
        for stream in (GROUP, UNIT)
        for n, event in enumerate(log.streams[stream])
        if type(event).__name__.endswith(("Appointed", "Released", "Designated"))
    ]
    return [standing(rows, ("role", "person"), FIRST + timedelta(n)) for n in range(-5, 90)]


def allowed(drawn: list[Any], log: Log) -> list[Any]:
    """Those of the entries that can be imported together."""
    kept: list[Any] = []
    for one in drawn:
        if not plan(people_of([*kept, one]), log.states(), BY_LETTER).errors:
            kept.append(one)
    return kept


@settings(max_examples=100, deadline=None)
@given(entries, entries)
def test_every_day_has_the_holder_again_that_it_had(first: list[Any], second: list[Any]) -> None:
    """一, 三（一）, 三（三）: for the registry and for every service that reads its events."""
    log = founded()
    log.imports(people_of(allowed(first, log)))
    before, told = holders(log.states()), standing_by_person(log)
    histories = log.imports(people_of(allowed(second, log)))
    if histories is None:
        return
    found = log.rollback(histories, 3)
    assert found.obstacles == ()
    assert holders(log.states()) == before
    assert standing_by_person(log) == told
