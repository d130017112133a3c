"""Random commands to one stream: what the stateful tests of the deciders share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

State = TypeVar("State")


class StreamMachine(RuleBasedStateMachine, Generic[State]):
    """A stream, its state and all its events so far. Subclasses name the `decider` and give it commands."""

    decider: ClassVar[Decider[Any]]
    statuses: ClassVar[tuple[int, ...]] = (403, 404, 409, 422)
    """By which a refusal may be answered: what a client can mend."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = self.decider.initial
        self.events: list[Any] = []

    def attempt(self, command: Any) -> Sequence[Any] | Rejection:
        """What is decided on a command: the events that it causes, or a refusal that is told in both languages."""
        decided = self.decider.decide(command, self.state)
        if isinstance(decided, Rejection):
            assert decided.zh
            assert decided.en
            assert decided.status in self.statuses
            return decided
        self.events.extend(decided)
        self.state = self.decider.fold(decided, self.state)
        return decided

    def give(self, command: Any) -> list[Any]:
        """The events that a command causes; none where it is refused."""
        decided = self.attempt(command)
        return [] if isinstance(decided, Rejection) else list(decided)

    def must(self, command: Any) -> list[Any]:
        """The events that a command causes which nothing may refuse: the clock's."""
        decided = self.attempt(command)
        assert not isinstance(decided, Rejection), decided
        return list(decided)

    def of(self, kind: type) -> list[Any]:
        """The events of a kind, in their order."""
        return [one for one in self.events if isinstance(one, kind)]
