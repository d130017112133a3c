"""Given events, when a command, then events: for any aggregate of reporting."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

State = TypeVar("State")


class Story(Generic[State]):
    """A stream that the given commands have brought about, and what the last one answered."""

    def __init__(self, decider: Decider[State], *commands: Any) -> None:
        self.decider, self.state = decider, decider.initial
        self.events: list[Any] = []
        self.last: Any = []
        self.when(*commands)

    def when(self, *commands: Any) -> Story[State]:
        """Give the commands in order; a refusal that is not the last one's fails the test."""
        for n, command in enumerate(commands):
            self.last = self.decider.decide(command, self.state)
            if isinstance(self.last, Rejection):
                assert n == len(commands) - 1, f"{command} was refused: {self.last}"
                break
            self.events.extend(self.last)
            self.state = self.decider.fold(self.last, self.state)
        return self

    def then(self, *kinds: type) -> list[Any]:
        """The last command caused exactly events of these kinds, which are returned."""
        assert not isinstance(self.last, Rejection), self.last
        assert [type(one) for one in self.last] == list(kinds)
        return list(self.last)

    def refused(self, code: str) -> Rejection:
        """The last command was refused for this reason, in both languages."""
        assert isinstance(self.last, Rejection), self.last
        assert self.last.code == code
        assert self.last.zh
        assert self.last.en
        return self.last

    def all(self, kind: type) -> list[Any]:
        return [one for one in self.events if isinstance(one, kind)]
