"""Carrying out reactions: each queued event is given to its reaction, at least once, those of one stream in order.

The transaction that applied an event also queued it, so nothing is lost or repeated by a rebuild; the commands that a
reaction gives are idempotent, so a repeat after a crash changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from opentelemetry.trace import SpanKind
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.avro import Catalog
from sevenx.kernel.database_away import AWAY
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reader_metrics import REACTIONS_FAILED
from sevenx.kernel.reads import Reads
from sevenx.kernel.records import Place
from sevenx.kernel.telemetry import span_from

Desks = Callable[[Reaction, Recorded], Desk]
"""Makes the desk at which a reaction gives its commands for one event."""

TRIES = 4
"""How often a reaction is tried before its event is set aside."""
PAUSE = 0.1
"""Seconds before the second try; doubled for each further one."""
IDLE = 1.0
"""Seconds between two looks at the queue when nobody calls."""
_PAGE = 200
_AT_ONCE = 8
"""Streams whose events are reacted to at the same time: their commands share commits."""

_NEXT = """
SELECT q.id, q.reaction, q.topic, q.partition, q."offset", q.area, q.value, q.traceparent
FROM ops.reaction_queue q JOIN unnest(%s::text[], %s::int[]) AS p(topic, partition) USING (topic, partition)
ORDER BY q.id LIMIT %s FOR UPDATE OF q
"""
_DONE = "DELETE FROM ops.reaction_queue WHERE id = ANY (%s)"
_ASIDE = """
INSERT INTO ops.quarantine
    (topic, partition, "offset", area, stream, version, kind, reason, reaction, key, value, hash)
VALUES (%s, %s, %s, %s, %s, %s, 'reaction', %s, %s, %s, %s, %s)
ON CONFLICT (topic, partition, "offset", reaction) DO UPDATE SET status = 'open', reason = EXCLUDED.reason
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Queued:
    id: int
    reaction: str
    topic: str
    partition: int
    offset: int
    area: str
    value: bytes
    traceparent: str | None


class Reactor:
    """Runs in the service's event loop. `wake` it when events were queued."""

    def __init__(
        self,
        pool: AsyncConnectionPool,
        catalog: Catalog,
        reactions: Iterable[Reaction],
        reads: Reads,
        desks: Desks,
        places: Callable[[], Iterable[Place]],
    ) -> None:
        """`places` tells which partitions' events are ours to react to: those that our reader is assigned."""
        self._pool, self._catalog, self._reads, self._desks, self._places = pool, catalog, reads, desks, places
        self._reactions = {reaction.name: reaction for reaction in reactions}
        self._woken = asyncio.Event()

    def wake(self) -> None:
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled. While the database is away it waits."""
        while self._reactions:
            try:
                worked = await self._page()
            except AWAY as error:
                log.warning("reactions wait for the database", extra={"error": repr(error)})
                worked = 0
            if worked < _PAGE:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE)
                self._woken.clear()

    async def _page(self) -> int:
        """React to the first events of the queue; how many. What was done before the database went away is forgotten
        with the transaction, and done again."""
        places = sorted(self._places())
        columns = ([topic for topic, _ in places], [partition for _, partition in places])
        async with self._pool.connection() as connection, connection.transaction():
            async with connection.cursor(row_factory=class_row(_Queued)) as cursor:
                await cursor.execute(_NEXT, (*columns, _PAGE))
                rows = await cursor.fetchall()
            gate = asyncio.Semaphore(_AT_ONCE)
            streams = [self._stream(connection, gate, of_stream) for of_stream in self._by_stream(rows)]
            for failed in await asyncio.gather(*streams, return_exceptions=True):
                if failed is not None:
                    raise failed
            if rows:
                await connection.execute(_DONE, ([row.id for row in rows],))
        return len(rows)

    def _by_stream(self, rows: Iterable[_Queued]) -> Iterable[list[tuple[_Queued, Recorded]]]:
        """Rows with their events, those of one stream in their order: between streams there is none on the bus."""
        streams = defaultdict[tuple[str, str], list[tuple[_Queued, Recorded]]](list)
        for row in rows:
            event = self._catalog.decode(row.area, row.value)
            streams[row.area, event.stream].append((row, event))
        return streams.values()

    async def _stream(
        self,
        connection: psycopg.AsyncConnection[Any],
        gate: asyncio.Semaphore,
        rows: Iterable[tuple[_Queued, Recorded]],
    ) -> None:
        async with gate:
            for row, event in rows:
                await self._one(connection, row, event)

    async def _one(self, connection: psycopg.AsyncConnection[Any], row: _Queued, event: Recorded) -> None:
        reaction = self._reactions.get(row.reaction)
        if reaction is None:
            log.warning("a queued reaction is not declared any more", extra={"reaction": row.reaction})
            return
        for attempt in range(1, TRIES + 1):
            try:
                with span_from(f"process {row.topic}", row.traceparent, SpanKind.CONSUMER) as span:
                    span.set_attributes({"sevenx.reaction": row.reaction, "sevenx.event": event.name})
                    await reaction.run(event, self._reads, self._desks(reaction, event))
            except AWAY:
                raise
            except Exception as error:  # noqa: BLE001 a failing reaction is set aside so that the others go on
                log.warning(
                    "reaction failed",
                    extra={"reaction": row.reaction, "event": event.position, "attempt": attempt, "error": repr(error)},
                )
                if attempt == TRIES:
                    await self._set_aside(connection, row, event, f"{type(error).__name__}: {error}")
                    return
                await asyncio.sleep(PAUSE * 2 ** (attempt - 1))
            else:
                return

    async def _set_aside(
        self, connection: psycopg.AsyncConnection[Any], row: _Queued, event: Recorded, reason: str
    ) -> None:
        REACTIONS_FAILED.labels(row.reaction).inc()
        where = (row.topic, row.partition, row.offset, row.area, event.stream, event.version)
        why = reason.replace("\0", " ")[:2000]
        await connection.execute(_ASIDE, (*where, why, row.reaction, event.stream.encode(), row.value, event.hash))
