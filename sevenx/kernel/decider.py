"""The decider pattern: pure decisions over immutable state.

A decider is two functions and a first state. `decide(command, state)` answers with the events that the command causes,
or with a Rejection; `evolve(state, event)` folds one event into the state. Neither does I/O, reads a clock or draws
randomness: what they need to know stands in the command (facts) or in the state.
Source: J. Chassaing, Functional Event Sourcing Decider, 2021.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sevenx.kernel.errors import Rejection

State = TypeVar("State")

Decision = Sequence[Any] | Rejection
"""The events that a command causes, in order (none: the command changed nothing), or why it was refused."""


@dataclass(frozen=True)
class Decider(Generic[State]):
    """One aggregate's rules.

    `events` are the dataclasses that may stand in its streams; an event's name on the bus is its class's name.
    """

    aggregate: str
    initial: State
    decide: Callable[[Any, State], Decision]
    evolve: Callable[[State, Any], State]
    events: tuple[type, ...]

    def fold(self, events: Iterable[Any], state: State | None = None) -> State:
        """The state after the events, from the first state or from a given one."""
        folded = self.initial if state is None else state
        for event in events:
            folded = self.evolve(folded, event)
        return folded
