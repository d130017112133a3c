"""What an owner does when it finds, on its own topic, a record that its log lacks or that differs: it says so on the
bus, and takes no further command for that stream until audit has concluded (architecture, "Truth")."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.decider import Decider, Decision
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import Reads

log = logging.getLogger(__name__)
_RELEASE = """
DELETE FROM log.blocked_streams WHERE stream = %(stream)s AND NOT EXISTS (
    SELECT FROM unnest(%(hashes)s::bytea[]) AS f(hash) WHERE f.hash NOT IN (SELECT hash FROM ops.discarded)
)
"""


@dataclass(frozen=True, slots=True)
class NoteFork:
    """Put a fork on record."""

    found: StreamForkFound


Forks = tuple[StreamForkFound, ...]


def decide(command: NoteFork, forks: Forks) -> Decision:
    """A record is noted once, however often it is read back."""
    known = {(fork.forked_stream, fork.found_hash) for fork in forks}
    return [] if (command.found.forked_stream, command.found.found_hash) in known else [command.found]


def evolve(forks: Forks, event: StreamForkFound) -> Forks:
    return (*forks, event)


FORKS: Decider[Forks] = Decider("forks", (), decide, evolve, (StreamForkFound,))


class ForkDesk:
    """Notes forks of one area and blocks their streams."""

    def __init__(self, handler: CommandHandler, pool: AsyncConnectionPool, area: str, district: str) -> None:
        self._handler, self._pool, self._area = handler, pool, area
        self.stream = f"{district}-F-{area}"

    async def note(self, found: StreamForkFound) -> None:
        """Block the stream, then publish `StreamForkFound`; repeating it changes nothing."""
        async with self._pool.connection() as connection:
            await connection.execute(
                "INSERT INTO log.blocked_streams (stream, reason) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (found.forked_stream, f"{found.found_hash} at partition {found.partition} offset {found.offset}"),
            )
        log.error("fork found", extra={"stream": found.forked_stream, "hash": found.found_hash})
        desk = ReactionDesk(self._handler, "fork", bytes.fromhex(found.found_hash))
        await desk.give(FORKS, self.stream, NoteFork(found))

    def reaction(self) -> Reaction:
        """When audit has discarded every forged record of a stream of ours, commands are taken again."""

        async def discarded(event: Recorded, _reads: Reads, _desk: Desk) -> None:
            if event.data["area"] == self._area:
                await self._release(event.data["stream"])

        return Reaction("fork-concluded", ("audit.RecordDiscarded",), discarded)

    async def _release(self, stream: str) -> None:
        forks, _ = await self._handler.state(FORKS, self.stream)
        hashes: Sequence[bytes] = [bytes.fromhex(f.found_hash) for f in forks if f.forked_stream == stream]
        async with self._pool.connection() as connection:
            await connection.execute(
                _RELEASE,
                {"stream": stream, "hashes": hashes},
            )
