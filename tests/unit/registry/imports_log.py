"""A log in memory into which rosters are imported, and out of which imports are taken back. Every person and unit that
is added here is fictional."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.registry.deciders import BY_LETTER, decider_of
from services.registry.domain.district.commands import RecordImport
from services.registry.domain.roster.document import (
    At,
    Name,
    PersonEntry,
    PostEntry,
    RosterDocument,
    UnitEntry,
)
from services.registry.domain.roster.plan import plan
from services.registry.domain.roster.rollback import History, Rollback, commands, plan_rollback
from services.registry.domain.unit.events import UnitKind
from sevenx.kernel.errors import Rejection

from .roster_samples import real_roster
from .scenario import day

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
