"""Reactions: events (mostly of other areas) that become commands of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reads import Reads


class Desk(Protocol):
    """Where a reaction or a due deadline gives its commands.

    A command's identity is made of the reaction's name, the causing event and the ordinal of the call, so that giving
    it again after a crash changes nothing. A Rejection is not an error here: it is counted and logged.
    """

    def now(self) -> datetime:
        """Business time, UTC."""
        ...

    async def give(self, decider: Decider[Any], stream: str, command: Any) -> None: ...

    async def give_all(self, commands: Sequence[tuple[Decider[Any], str, Any]]) -> int:
        """Several streams in one commit, all or nothing; how many events that caused now."""
        ...


@dataclass(frozen=True)
class Reaction:
    """`run` is called once the event is in our projections; it may read them through `Reads`."""

    name: str
    events: tuple[str, ...]
    """`area.EventName`, each."""
    run: Callable[[Recorded, Reads, Desk], Awaitable[None]]
    when: Callable[[Recorded], bool] | None = None
    """Whether an event concerns the reaction at all, told from the event alone: one that doesn't is not queued. None:
    every one does."""
