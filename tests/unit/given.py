"""Given events, when a command, then events; and who may give it: the words of the unit tests of every service."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from datetime import datetime
from types import ModuleType
from typing import Any, Generic, Self, TypeVar

from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.kernel.auth import Principal, Rule, Scopes, authorize
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Problem, Rejection

State = TypeVar("State")
CALENDAR = WorkCalendar.of(CalendarYear(year, frozenset(), frozenset(), source="test") for year in range(2024, 2029))
"""Weekends alone."""


def at(text: str) -> datetime:
    """A time in China, `2026-08-24 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Told(Generic[State]):
    """A stream that the given commands have brought about, and what the last one answered."""

    def __init__(self, decider: Decider[State], *commands: Any) -> None:
        self.decider, self.state = decider, decider.initial
        self.events: list[Any] = []
        self.last: Any = []
        self.when(*commands)

    def when(self, *commands: Any) -> Self:
        """Give the commands in order; a refusal that is not the last one's fails the test."""
        for number, command in enumerate(commands, 1):
            self.last = self.decider.decide(command, self.state)
            if isinstance(self.last, Rejection):
                assert number == len(commands), f"{command} was refused: {self.last}"
                break
            self.events.extend(self.last)
            self.state = self.decider.fold(self.last, self.state)
        return self

    def then(self, *kinds: type) -> list[Any]:
        """The last command caused exactly events of these kinds, which are returned."""
        assert not isinstance(self.last, Rejection), self.last
        assert [type(one) for one in self.last] == list(kinds)
        return list(self.last)

    def refused(self, code: str, rule: str | None = None) -> Rejection:
        """The last command was refused for this reason, in both languages."""
        assert isinstance(self.last, Rejection), self.last
        assert self.last.code == code
        assert self.last.zh
        assert self.last.en
        assert rule is None or self.last.rule == rule
        return self.last

    def all(self, kind: type) -> list[Any]:
        """The events of a kind, in their order."""
        return [one for one in self.events if isinstance(one, kind)]


def somebody(*grants: str, name: str = "410804-N-a") -> Principal:
    """A person of the district with these grants."""
    return Principal(name, "410804", frozenset(grants))


def may(permissions: Mapping[type, Iterable[Rule]], command: type, who: Principal, scopes: Scopes) -> bool:
    """Whether a person may give a command; one that has no permission is nobody's."""
    try:
        authorize(who, permissions.get(command, ()), scopes, command.__name__)
    except Problem:
        return False
    return True


def commands_of(*modules: ModuleType) -> set[type]:
    """The classes that are written in modules of commands."""
    classes = (one for module in modules for _, one in inspect.getmembers(module, inspect.isclass))
    return {one for one in classes if one.__module__ in {module.__name__ for module in modules}}
