"""Whether a service has nothing left to do with what is known: for whoever moves simulated time on, and for operators
who wait for a quiet moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.reads import HeadSignal
from sevenx.kernel.topics import events_topic

_CHECKPOINTS = "SELECT topic, partition, next_offset FROM read.checkpoint"
_POLL = 0.02
"""Seconds between two looks while no batch is announced: an outbox empties without one."""


@dataclass(frozen=True)
class Standing:
    """Where a service stands.

    settled: its log is sent and read back, no reaction waits, and it has read what it was told of. ends: the next
    offsets of its own topic's partitions, `topic/partition`, as its own reader has them.
    """

    settled: bool
    ends: dict[str, int]


class Settling:
    """Looks at the tables that every process of a service shares; the reader's signal only shortens the wait."""

    def __init__(
        self, pool: AsyncConnectionPool, district: str, area: str, drained: Callable[[], Awaitable[bool]]
    ) -> None:
        self._pool, self._drained, self._own = pool, drained, events_topic(district, area)

    async def wait(self, reached: Mapping[str, int], seconds: float, signal: HeadSignal) -> Standing:
        """Wait until all is settled, `seconds` at most. `reached` tells offsets, `topic/partition`, that the reader
        must have come to where it follows them; the others are ignored."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while True:
            moved = signal.next
            standing = await self._look(reached)
            if standing.settled or loop.time() >= until:
                return standing
            with suppress(TimeoutError):
                await asyncio.wait_for(moved.wait(), _POLL)

    async def _look(self, reached: Mapping[str, int]) -> Standing:
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_CHECKPOINTS)).fetchall()
        drained = await self._drained()  # after the checkpoints: what they show has queued its reactions by now
        stands = {f"{topic}/{partition}": offset for topic, partition, offset in rows}
        behind = any(stands[place] < offset for place, offset in reached.items() if place in stands)
        own = {place: offset for place, offset in stands.items() if place.rpartition("/")[0] == self._own}
        return Standing(drained and not behind, own)
