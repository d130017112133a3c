"""The event store: an area's log in PostgreSQL, written by optimistic concurrency and read a stream at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import errors as pg
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.avro import Catalog
from sevenx.kernel.envelope import GENESIS, Recorded, value_hash
from sevenx.kernel.errors import ConcurrencyConflict, SevenXError, StreamBlocked
from sevenx.kernel.slices import Slices
from sevenx.kernel.topics import partition_of

_LOAD_ONE = """
SELECT stream, version, value, NULL::integer AS ordinal FROM log.events WHERE stream = %b AND version > %b
UNION ALL
SELECT stream, version, value, ordinal FROM log.events WHERE command = %b
"""
_LOAD_SEVERAL = """
SELECT e.stream, e.version, e.value, NULL::integer AS ordinal
FROM unnest(%b::text[], %b::integer[]) AS known(stream, version)
CROSS JOIN LATERAL (
    SELECT * FROM log.events WHERE stream = known.stream AND version > known.version ORDER BY version
) AS e
UNION ALL
SELECT stream, version, value, ordinal FROM log.events WHERE command = %b
"""
# An append is one statement: a guard, the events, and their outbox rows. It takes no lock of its own; whoever announces
# a cut-off locks the outbox against it (period_close), and the guard then sees what was announced.
_APPEND_ONE = """
WITH written AS (
    INSERT INTO log.events (stream, version, command, ordinal, value)
    SELECT %(stream)b, %(version)b, %(command)b, %(ordinal)b, %(value)b
    WHERE NOT EXISTS (SELECT FROM log.blocked_streams WHERE stream = %(stream)b)
      AND NOT EXISTS (SELECT FROM log.cut_offs WHERE as_of > %(earliest)b)
    RETURNING position
)
INSERT INTO log.outbox (event, partition, traceparent)
SELECT position, %(partition)b, %(traceparent)b FROM written
"""
_APPEND_SEVERAL = """
WITH new AS (
    SELECT * FROM unnest(
        %b::text[], %b::integer[], %b::bytea[], %b::integer[], %b::bytea[], %b::integer[], %b::text[]
    ) WITH ORDINALITY AS u(stream, version, command, ordinal, value, partition, traceparent, n)
), written AS (
    INSERT INTO log.events (stream, version, command, ordinal, value)
    SELECT stream, version, command, ordinal, value FROM new
    WHERE NOT EXISTS (SELECT FROM log.blocked_streams b JOIN new USING (stream))
      AND NOT EXISTS (SELECT FROM log.cut_offs WHERE as_of > %b)
    ORDER BY n
    RETURNING position, stream, version
)
INSERT INTO log.outbox (event, partition, traceparent)
SELECT w.position, new.partition, new.traceparent FROM written w JOIN new USING (stream, version) ORDER BY w.position
"""
_STREAMS = "SELECT stream FROM log.events WHERE version = 1 AND stream >= %b AND stream < %b ORDER BY stream"
_BLOCKED = "SELECT EXISTS (SELECT FROM log.blocked_streams WHERE stream = ANY (%s))"
_MOST_COMMANDS = 64
"""Commands that one commit may carry when many wait."""


class PeriodAlreadyClosed(SevenXError):
    """The event would have occurred before a cut-off that is already announced; it is stamped again and retried."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a stream: its version (0: none), its value's hash, and when it was recorded."""

    version: int = 0
    hash: bytes = GENESIS
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """Events of streams after the versions that the caller knew, and what the command caused if it was given before."""

    streams: dict[str, list[Recorded]]
    answered: list[Recorded]


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An encoded event, ready to be appended."""

    stream: str
    version: int
    command: bytes
    ordinal: int
    value: bytes
    occurred_at: datetime
    traceparent: str | None


class EventStore:
    """One area's events. `append` returns when they are committed; waiting commands share one commit."""

    def __init__(
        self, pool: AsyncConnectionPool, catalog: Catalog, area: str, committed: Callable[[], None] = lambda: None
    ) -> None:
        """`committed` is called after each commit: something stands in the outbox."""
        self._pool, self._catalog, self._area, self._committed = pool, catalog, area, committed
        self._waiting: list[tuple[Sequence[NewEvent], asyncio.Future[None]]] = []
        self._committing = False
        self._drainer: asyncio.Task[None] | None = None

    async def load(self, known: dict[str, int], command: bytes) -> Loaded:
        """The events of each stream after the known version, in order, and those that `command` has caused before."""
        query, arguments = _LOAD_SEVERAL, tuple[object, ...]((list(known), list(known.values()), command))
        if len(known) == 1:
            query, arguments = _LOAD_ONE, (*next(iter(known.items())), command)
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(query, arguments, binary=True)).fetchall()
        streams: dict[str, list[Recorded]] = {stream: [] for stream in known}
        answered: list[tuple[int, Recorded]] = []
        slices = Slices()
        for stream, version, value, ordinal in sorted(rows, key=lambda row: (row[0], row[1])):
            await slices.give_way()
            event = self._catalog.decode(self._area, bytes(value))
            if ordinal is None:
                streams[stream].append(event)
            else:
                answered.append((ordinal, event))
            if event.version != version:
                raise SevenXError(f"{stream}@{version}: the stored value says version {event.version}")
        return Loaded(streams, [event for _, event in sorted(answered, key=lambda pair: pair[0])])

    async def streams(self, prefix: str) -> list[str]:
        """The streams whose id begins with `prefix` (not empty), in order."""
        bounds = (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1))
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_STREAMS, bounds)).fetchall()
        return [row[0] for row in rows]

    async def append(self, events: Sequence[NewEvent]) -> None:
        """Commit the events of one command, all or nothing.

        Raises ConcurrencyConflict when a stream has grown or the command was carried out meanwhile, StreamBlocked for a
        forked stream, PeriodAlreadyClosed when an event is stamped before an announced cut-off.
        """
        if self._committing:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((events, done))
            await done
            return
        self._committing = True
        try:
            await self._commit(events)
        finally:
            if self._waiting:
                self._drainer = asyncio.create_task(self._drain())
            else:
                self._committing = False

    async def _drain(self) -> None:
        """Commit what waits, many commands at a time; a batch that conflicts is carried out one by one."""
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST_COMMANDS], self._waiting[_MOST_COMMANDS:]
                try:
                    await self._commit([event for events, _ in batch for event in events])
                except (ConcurrencyConflict, StreamBlocked, PeriodAlreadyClosed):
                    for events, done in batch:
                        await self._commit_one(events, done)
                except BaseException as error:  # noqa: BLE001 every waiting command must hear of it
                    for _, done in batch:
                        _fail(done, error)
                else:
                    for _, done in batch:
                        if not done.done():
                            done.set_result(None)
        finally:
            self._committing = False

    async def _commit_one(self, events: Sequence[NewEvent], done: asyncio.Future[None]) -> None:
        try:
            await self._commit(events)
        except BaseException as error:  # noqa: BLE001 handed to the command that waits
            _fail(done, error)
        else:
            if not done.done():
                done.set_result(None)

    async def _commit(self, events: Sequence[NewEvent]) -> None:
        async with self._pool.connection() as connection:
            await append_on(connection, events)
        self._committed()

    async def close(self) -> None:
        """Wait until what was begun is committed."""
        if self._drainer is not None:
            await asyncio.wait([self._drainer])


def _fail(done: asyncio.Future[None], error: BaseException) -> None:
    if not done.done():
        done.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))


async def append_on(connection: psycopg.AsyncConnection[object], events: Iterable[NewEvent]) -> None:
    """Append on a given connection, in its transaction if one is open. Raises as EventStore.append does."""
    rows = list(events)
    earliest = min(e.occurred_at for e in rows)
    try:
        if len(rows) == 1:
            cursor = await connection.execute(_APPEND_ONE, _arguments(rows[0], earliest), binary=True)
        else:
            slices, partitions = Slices(), list[int]()
            for event in rows:
                await slices.give_way()
                partitions.append(partition_of(event.stream))
            columns = (
                [e.stream for e in rows],
                [e.version for e in rows],
                [e.command for e in rows],
                [e.ordinal for e in rows],
                [e.value for e in rows],
                partitions,
                [e.traceparent for e in rows],
                earliest,
            )
            cursor = await connection.execute(_APPEND_SEVERAL, columns, binary=True)
    except pg.UniqueViolation as error:
        raise ConcurrencyConflict(str(error.diag.message_detail)) from error
    if cursor.rowcount == 0:
        await _raise_guard(connection, sorted({e.stream for e in rows}))


def _arguments(event: NewEvent, earliest: datetime) -> dict[str, object]:
    return {
        "stream": event.stream,
        "version": event.version,
        "command": event.command,
        "ordinal": event.ordinal,
        "value": event.value,
        "earliest": earliest,
        "partition": partition_of(event.stream),
        "traceparent": event.traceparent,
    }


async def _raise_guard(connection: psycopg.AsyncConnection[object], streams: list[str]) -> None:
    row = await (await connection.execute(_BLOCKED, (streams,))).fetchone()
    if row == (True,):
        raise StreamBlocked(f"one of {', '.join(streams)} is blocked by a fork")
    raise PeriodAlreadyClosed("an event would have occurred before a cut-off that is announced")


def hash_of(event: NewEvent) -> bytes:
    """The hash that the stream's next event carries as `prev`."""
    return value_hash(event.value)
