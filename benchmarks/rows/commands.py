"""A command without HTTP: load, decide, append, outbox; one and sixteen writers.

Each writer gives LENGTH commands to a stream, then goes on with the next. Against:
- a bare INSERT and COMMIT of a row as large as the event, by the same driver, pool and event loop;
- pyeventsourcing's load and save as it comes, and with its cache of aggregates on and never brought up to date
  (the nearest to the states that the product keeps).
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from psycopg_pool import AsyncConnectionPool

from benchmarks import reference
from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Side, expect, rate, ratio
from benchmarks.history import LENGTH, amount_of
from sevenx.kernel.clock import wall_now
from sevenx.kernel.envelope import uuid7
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.handler import CommandHandler, Context, Work
from sevenx.kernel.testing.sample import ACCOUNT, AREA, Deposit, Open, Withdraw, sample_catalog

DISTRICT = "900000"
OWNER = "模拟数据 甲有限公司"
WRITERS = (1, 16)
_BARE = "INSERT INTO bare (stream, version, value) VALUES (%b, %b, %b)"
BARE_TABLE = """
CREATE TABLE bare (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream text, version integer, value bytea)
"""
_CACHED = {"AGGREGATE_CACHE_MAXSIZE": "4096", "AGGREGATE_CACHE_FASTFORWARD": "n"}


def measure(bench: Bench) -> Iterator[Figure]:
    """Commands a second."""
    ours = bench.database().migrated()
    with ours.as_owner() as connection:
        connection.execute(BARE_TABLE)
        connection.execute(f"GRANT SELECT, INSERT ON bare TO {ours.name}_app")
    pool = AsyncConnectionPool(ours.app_url, min_size=16, max_size=16, open=False, kwargs={"autocommit": True})
    bench.run(pool.open(wait=True))
    theirs = bench.database()
    plain = reference.bank(theirs, POSTGRES_POOL_SIZE="16")
    cached = reference.bank(theirs, POSTGRES_POOL_SIZE="16", **_CACHED)
    try:
        for writers in WRITERS:
            each = bench.size(3200, 320) // writers
            mine = _Ours(bench, ours, pool, writers, each)
            found = bench.take(
                Side("bare INSERT", mine.bare),
                Side("command", mine.commands),
                Side("command, nothing kept", mine.commands_unkept),
                Side("pyeventsourcing", _Theirs(plain, writers, each).commands),
                Side("pyeventsourcing, cached", _Theirs(cached, writers, each).commands),
            )
            who = f"{writers} writer{'s' if writers > 1 else ''}"
            mine_kept, unkept = found["command"], found["command, nothing kept"]
            yield ratio(f"command, {who}", mine_kept, found["bare INSERT"], Goal(0.70))
            yield ratio(f"command, {who}", mine_kept, found["pyeventsourcing"], Goal(2))
            yield ratio(f"command, {who}", mine_kept, found["pyeventsourcing, cached"], Goal(2))
            yield ratio(f"command, nothing kept, {who}", unkept, found["bare INSERT"])
            yield ratio(f"command, nothing kept, {who}", unkept, found["pyeventsourcing"], Goal(2))
    finally:
        plain.close()
        cached.close()
        bench.run(pool.close())


class _Ours:
    """The product's command handler, and bare inserts through the same pool."""

    def __init__(self, bench: Bench, database: Database, pool: AsyncConnectionPool, writers: int, each: int) -> None:
        self._bench, self._database, self._pool, self._writers, self._each = bench, database, pool, writers, each
        self._turn = count()
        self._size = 0

    def commands(self) -> float:
        """One handler for all: it keeps the state of the streams that it has just written."""
        handler = self._handler(self._store())
        return self._timed("log.events", lambda turn, writer: self._write(lambda: handler, turn, writer))

    def commands_unkept(self) -> float:
        """A new handler for each command, which therefore loads and folds the stream."""
        store = self._store()
        return self._timed("log.events", lambda turn, writer: self._write(lambda: self._handler(store), turn, writer))

    def bare(self) -> float:
        """Rows of the size of the events of the commands."""
        if not self._size:
            with self._database.as_owner() as connection:
                (size,) = connection.execute("SELECT avg(length(value))::int FROM log.events").fetchone() or (0,)
                self._size = int(size) if size else 300  # type: ignore[call-overload]
        return self._timed("bare", self._insert)

    def _store(self) -> EventStore:
        return EventStore(self._pool, sample_catalog(), AREA)

    @staticmethod
    def _handler(store: EventStore) -> CommandHandler:
        return CommandHandler(store, sample_catalog(), AREA, DISTRICT, wall_now)

    def _timed(self, table: str, write: Callable[[int, int], Awaitable[None]]) -> float:
        turn = next(self._turn)

        async def all_writers() -> None:
            await asyncio.gather(*(write(turn, writer) for writer in range(self._writers)))

        before = self._rows(table)
        found = rate(self._writers * self._each, lambda: self._bench.run(all_writers()))
        expect(f"rows in {table}", self._rows(table) - before, self._writers * self._each)
        if table == "log.events":
            expect("rows in the outbox", self._rows("log.outbox"), self._rows("log.events"))
        return found

    async def _write(self, handler: Callable[[], CommandHandler], turn: int, writer: int) -> None:
        for n in range(self._each):
            stream = f"{DISTRICT}-A-{self._writers}-{turn}-{writer}-{n // LENGTH}"
            command = hashlib.sha256(f"{stream}:{n}".encode()).digest()
            context = Context(
                actor=f"{DISTRICT}-N-0017",
                command=command,
                correlation=uuid7(),
                request=command.hex(),
                traceparent=f"00-{command[:16].hex()}-{command[:8].hex()}-01",
            )
            work = Work(ACCOUNT, stream, _command(n % LENGTH + 1), lambda _state: f"liaison@{DISTRICT}-G-1")
            await handler().handle([work], context)

    async def _insert(self, turn: int, writer: int) -> None:
        for n in range(self._each):
            stream = f"{DISTRICT}-A-{self._writers}-{turn}-{writer}-{n // LENGTH}"
            async with self._pool.connection() as connection:
                await connection.execute(_BARE, (stream, n % LENGTH + 1, os.urandom(self._size)), binary=True)

    def _rows(self, table: str) -> int:
        with self._database.as_owner() as connection:
            (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            return int(str(found))


class _Theirs:
    """The same commands through pyeventsourcing; its writers are threads."""

    def __init__(self, app: reference.Bank, writers: int, each: int) -> None:
        self._app, self._writers, self._each = app, writers, each

    def commands(self) -> float:
        before = self._app.recorder.max_notification_id() or 0
        with ThreadPoolExecutor(self._writers) as threads:
            found = rate(self._writers * self._each, lambda: list(threads.map(self._write, range(self._writers))))
        expect("events recorded", (self._app.recorder.max_notification_id() or 0) - before, self._writers * self._each)
        return found

    def _write(self, _writer: int) -> None:
        for n in range(self._each):
            version = n % LENGTH + 1
            if version == 1:
                account = self._app.open(OWNER)
            else:
                self._app.move(account, amount_of(version))


def _command(version: int) -> Open | Deposit | Withdraw:
    if version == 1:
        return Open(OWNER)
    amount = amount_of(version)
    return Deposit(amount) if amount > 0 else Withdraw(-amount)
