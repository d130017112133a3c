"""What the tests of the reader share: a bus of their own, a migrated database, and a live reader between the two."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from sevenx.declaration import AUDIT, ROOT
from sevenx.kernel.compare import compare
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.live_reader import LiveReader
from sevenx.kernel.migrations import migrate
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.reads import HeadSignal, Reads, reads_engine
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.bus import Bus
from sevenx.kernel.testing.sample import AREA, sample_catalog, sample_service
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres

FOLLOWS = (AREA, AUDIT)
PATIENCE = 20.0
"""Seconds after which a test gives up waiting."""


@dataclass
class Place:
    """A bus and a database of one test."""

    bus: Bus
    settings: Settings

    @classmethod
    def fresh(cls, postgres: SharedPostgres, kafka: KafkaLogin, create: bool = True) -> Place:
        database = postgres.create_database("reader")
        migrate(database.owner_url, AREA, database.app_role)
        bus = Bus(kafka.librdkafka_options())
        if create:
            bus.create()
        settings = Settings(
            area=AREA,
            district=bus.district,
            database=database.app_url,
            kafka=kafka.bootstrap,
            kafka_user=kafka.user,
            kafka_password=kafka.password,
        )
        return cls(bus, settings)

    def side(self, definition: ServiceDefinition | None = None) -> ReadSide:
        return ReadSide(self.settings, definition or sample_service(), sample_catalog(), FOLLOWS)

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.settings.database, autocommit=True)

    def rows(self, query: str) -> list[dict[str, Any]]:
        with self.connect() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query.encode()).fetchall()

    def aside(self) -> list[tuple[Any, ...]]:
        """Kind, stream, version and status of what is in the quarantine, in order."""
        rows = self.rows('SELECT kind, stream, version, status FROM ops.quarantine ORDER BY topic, "offset", partition')
        return [tuple(row.values()) for row in rows]

    def compared(self, definition: ServiceDefinition | None = None) -> dict[str, Any]:
        return compare(self.settings, definition or sample_service(), sample_catalog(), FOLLOWS)


@dataclass
class Reading:
    """A running reader."""

    reader: LiveReader
    reads: Reads
    place: Place
    forks: list[StreamForkFound] = field(default_factory=list)
    fatal: list[str] = field(default_factory=list)

    async def reached(self, *positions: str) -> None:
        await self.reads.wait_for(positions, PATIENCE)

    async def caught_up(self) -> None:
        """Until the checkpoints stand at the end offsets."""
        side = self.place.side()
        ends = {
            place: extent.end for place, extent in (await asyncio.to_thread(side.cluster.extents, side.topics)).items()
        }

        def reached() -> bool:
            rows = self.place.rows("SELECT topic, partition, next_offset FROM read.checkpoint")
            return {(r["topic"], r["partition"]): r["next_offset"] for r in rows} == ends

        await eventually(lambda: asyncio.to_thread(reached))

    async def state(self, wanted: str) -> dict[str, Any]:
        await eventually(lambda: _now(self.reader.status()["state"] == wanted))
        return self.reader.status()


async def _now(value: bool) -> bool:
    return value


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Poll a condition until it holds."""
    deadline = time.monotonic() + PATIENCE
    while not await holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not come true within {PATIENCE:.0f} s")
        await asyncio.sleep(0.02)


@asynccontextmanager
async def reading(
    place: Place,
    definition: ServiceDefinition | None = None,
    handler: CommandHandler | None = None,
    **options: Any,
) -> AsyncIterator[Reading]:
    """A live reader of the sample service in this process."""
    engine, signal = reads_engine(place.settings.database), HeadSignal()
    reads = Reads(engine, signal)
    forks: list[StreamForkFound] = []
    fatal: list[str] = []

    async def note(found: StreamForkFound) -> None:
        forks.append(found)

    def desk(reaction: Any, event: Any) -> ReactionDesk:
        assert handler is not None
        return ReactionDesk.of(handler, reaction.name, event)

    pool = AsyncConnectionPool(place.settings.database, min_size=1, open=False, kwargs={"autocommit": True})
    async with pool:
        reader = LiveReader(
            place.settings,
            definition or sample_service(),
            sample_catalog(),
            pool,
            reads,
            desks=desk,
            on_fork=note,
            fatal=fatal.append,
            signal=signal,
            follows=FOLLOWS,
            **options,
        )
        await reader.start()
        try:
            yield Reading(reader, reads, place, forks, fatal)
        finally:
            await reader.stop()
            await engine.dispose()


def reader_process(place: Place, fault: str = "") -> subprocess.Popen[bytes]:
    """A reader in a process of its own, which kills itself at the point that `fault` names."""
    settings = place.settings
    env = {
        **os.environ,
        "SEVENX_FAULT": fault,
        "READER": json.dumps(
            {
                "district": settings.district,
                "database": settings.database,
                "kafka": settings.kafka,
                "kafka_user": settings.kafka_user,
                "kafka_password": settings.kafka_password,
            }
        ),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.integration.reading"], cwd=ROOT, env=env)


async def _main() -> None:
    settings = Settings(area=AREA, **json.loads(os.environ["READER"]))
    async with reading(Place(Bus({}, settings.district), settings)):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
