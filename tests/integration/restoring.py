"""What the tests of restore and republish share: an owner of the sample area, with its database and its topic."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.batch_reader import Cluster, Range
from sevenx.kernel.clock import wall_now
from sevenx.kernel.cut_offs import CutOff
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.forks import FORKS, NoteFork
from sevenx.kernel.handler import CommandHandler, Outcome, Work
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.period_close import PeriodCloser
from sevenx.kernel.records import Place
from sevenx.kernel.relay import Relay
from sevenx.kernel.restore import TakenBack, stopped_service, take_back
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.bus import Bus
from sevenx.kernel.testing.sample import AREA, Deposit, Open, sample_catalog
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import Database, SharedPostgres
from tests.integration.bus import settings_for
from tests.integration.writing import bank_database, context, on

JULY = CutOff(datetime(2020, 7, 25, 16, tzinfo=UTC), "month", "2020-07")
Row = tuple[str, int, bytes, int, bytes]


@dataclass
class Owner:
    """The owner of the sample area: its database, its topic, and the commands that it takes."""

    postgres: SharedPostgres
    kafka: KafkaLogin
    database: Database
    district: str

    @property
    def settings(self) -> Settings:
        return settings_for(self.kafka, self.district, AREA, self.database.app_url)

    @property
    def topic(self) -> str:
        return events_topic(self.district, AREA)

    def stream(self, n: int) -> str:
        return f"{self.district}-A-{n}"

    def give(self, n: int, command: Any, key: str) -> Outcome:
        """One command, given to a service that has just started."""

        async def handle(handler: CommandHandler, _: AsyncConnectionPool) -> Outcome:
            return await handler.handle(on(self.stream(n), command), context(key))

        return self._running(handle)

    def work(self, first: int, count: int) -> None:
        """Three accounts, so many deposits numbered from `first`."""

        async def handle(handler: CommandHandler, _: AsyncConnectionPool) -> None:
            for n in range(3):
                await handler.handle(on(self.stream(n), Open("甲")), context(f"open-{n}"))
            for d in range(first, first + count):
                await handler.handle(on(self.stream(d % 3), Deposit(Decimal(d + 1))), context(f"pay-{d}"))

        self._running(handle)

    def close_july(self) -> None:
        async def close(_: CommandHandler, pool: AsyncConnectionPool) -> None:
            assert await PeriodCloser(pool, sample_catalog(), AREA, self.district, lambda: None).close(JULY)

        self._running(close)

    def report_fork(self, found: StreamForkFound) -> None:
        async def note(handler: CommandHandler, _: AsyncConnectionPool) -> None:
            await handler.handle([Work(FORKS, f"{self.district}-F-{AREA}", NoteFork(found))], context("fork"))

        self._running(note)

    def _running(self, work: Callable[..., Any]) -> Any:
        async def run() -> Any:
            url, options = self.database.app_url, {"autocommit": True}
            async with AsyncConnectionPool(url, min_size=1, open=False, kwargs=options) as pool:
                store = EventStore(pool, sample_catalog(), AREA)
                return await work(CommandHandler(store, sample_catalog(), AREA, self.district, wall_now), pool)

        return asyncio.run(run())

    def send(self) -> None:
        """Let the relay publish what waits."""
        relay = Relay(self.settings, sample_catalog())
        relay.start()
        until = time.monotonic() + 30
        while self.rows("SELECT count(*) FROM log.outbox") != [(0,)]:
            assert time.monotonic() < until, "the outbox is not empty"
            time.sleep(0.05)
        relay.stop()

    def rows(self, query: str) -> list[Any]:
        with psycopg.connect(self.database.owner_url, autocommit=True) as connection:
            return connection.execute(query.encode(), binary=True).fetchall()

    def log(self) -> list[Row]:
        return self.rows("SELECT stream, version, command, ordinal, value FROM log.events ORDER BY position")

    def forget_after(self, position: int) -> None:
        """The database as it was when the log ended there."""
        with psycopg.connect(self.database.owner_url) as connection:
            connection.execute("DELETE FROM log.events WHERE position > %s", (position,))
            connection.execute("DELETE FROM log.cut_offs")
            connection.execute("DELETE FROM log.outbox")

    def lose_the_database(self) -> None:
        self.database = bank_database(self.postgres)

    def ranges(self) -> dict[Place, Range]:
        extents = Cluster(self.kafka.librdkafka_options()).extents([self.topic])
        return {place: (0, extent.end) for place, extent in extents.items()}

    def restore(self) -> TakenBack:
        group = f"{self.district}-restore"
        with stopped_service(self.database.owner_url, AREA) as connection:
            options = self.kafka.librdkafka_options()
            return take_back(connection, sample_catalog(), options, group, self.ranges())

    def put(self, n: int, value: bytes) -> None:
        """A record on the topic that the owner did not write."""
        stream = self.stream(n)
        self.forger.send_raw([(self.topic, partition_of(stream), stream.encode(), value)])

    @property
    def forger(self) -> Bus:
        return Bus(self.kafka.librdkafka_options(), self.district)
