"""The roster as the rules of telling need it: who holds which post on a day. Read from the registry's events, never
typed twice (三(二))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

NO_NAMES: Mapping[str, tuple[str, str]] = {}


MERGED = "merged"
"""Of a unit (the scope) that was merged: into which other."""


@dataclass(frozen=True)
class Change:
    """Somebody takes up (`begins`) or leaves a post of a group or unit on a day; or a unit a part in a group.

    what: a role of the roster (`group_leader`, `unit_head` …), a part (`lead`, `responsible`), or MERGED.
    scope: the group or unit. who: the person, or the unit that has the part or goes on.
    """

    scope: str
    version: int
    what: str
    who: str
    begins: bool
    effective: date


@dataclass(frozen=True)
class Roster:
    """Who holds what on one day."""

    held: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(role or part, scope) to persons or units, in the order of their ids."""
    names: Mapping[str, tuple[str, str]] = field(default_factory=lambda: NO_NAMES)
    """Ids of groups, units and persons to their names, Chinese and English."""

    @classmethod
    def on(cls, day: date, changes: Iterable[Change], names: Mapping[str, tuple[str, str]] = NO_NAMES) -> Roster:
        """The roster of a day: of the changes until then the last one holds, for each post and holder."""
        last: dict[tuple[str, str, str], Change] = {}
        for change in sorted(changes, key=lambda one: (one.effective, one.scope, one.version)):
            if change.effective <= day:
                last[change.what, change.scope, change.who] = change
        held: dict[tuple[str, str], list[str]] = {}
        for (what, scope, who), change in sorted(last.items(), key=lambda entry: entry[0]):
            if change.begins:
                held.setdefault((what, scope), []).append(who)
        return cls({post: tuple(holders) for post, holders in held.items()}, names)

    def holders(self, what: str, scope: str) -> tuple[str, ...]:
        """Who holds a post of a group or unit, or which units have a part in a group; empty where it is vacant. Of a
        unit that was merged, who holds the post at the one that goes on."""
        passed = set[str]()
        while (what, scope) not in self.held and (MERGED, scope) in self.held and scope not in passed:
            passed.add(scope)
            scope = self.held[MERGED, scope][0]
        return self.held.get((what, scope), ())
