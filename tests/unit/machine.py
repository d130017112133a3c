"""Random commands to one stream: what the stateful tests of the deciders share."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from sevenx.kernel.decider import Decider
from sevenx.kernel.errors import Rejection

State = TypeVar("State")


class StreamMachine(RuleBasedStateMachine, Generic[State]):
    """A stream, its state and all its events so far. Subclasses name the `decider` and give it commands."""

    decider: ClassVar[Decider[Any]]

    def __init__(self) -> None:
        super().__init__()
        self.state: State = self.decider.initial
        self.events: list[Any] = []

    def give(self, command: Any) -> list[Any]:
        """The events that a command causes now; none where it is refused, which is told in both languages and as what a
        client can mend."""
        decided = self.decider.decide(command, self.state)
        if isinstance(decided, Rejection):
            assert decided.zh
            assert decided.en
            assert decided.status in (403, 404, 409, 422)
            return []
        self.events.extend(decided)
        self.state = self.decider.fold(decided, self.state)
        return list(decided)

    def of(self, kind: type) -> list[Any]:
        """The events of a kind, in their order."""
        return [one for one in self.events if isinstance(one, kind)]
