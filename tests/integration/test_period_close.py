"""PeriodClosed: when a partition says that a month is closed, nothing that occurred before comes after it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.cut_offs import CutOff
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.period_close import PeriodCloser
from sevenx.kernel.testing.sample import AREA, Deposit, Open, sample_catalog
from sevenx.kernel.topics import PARTITIONS, partition_of
from tests.conftest import SharedPostgres
from tests.integration.writing import DISTRICT, bank_database, context, on

JULY = CutOff(datetime(2026, 7, 25, 16, tzinfo=UTC), "month", "2026-07")


async def test_no_command_slips_behind_the_markers_however_many_write_at_once(postgres: SharedPostgres) -> None:
    database = bank_database(postgres)
    pool = AsyncConnectionPool(database.app_url, min_size=1, max_size=16, open=False, kwargs={"autocommit": True})
    await pool.open(wait=True)
    before = JULY.as_of - timedelta(seconds=1)
    time = [before]
    handlers = [
        CommandHandler(EventStore(pool, sample_catalog(), AREA), sample_catalog(), AREA, DISTRICT, lambda: time[0])
        for _ in range(4)
    ]
    closer = PeriodCloser(pool, sample_catalog(), AREA, DISTRICT, lambda: None)

    async def write(n: int) -> None:
        handler = handlers[n % 4]
        await handler.handle(on(f"{DISTRICT}-A-{n}", Open("甲")), context(f"open-{n}"))
        for d in range(10):
            await handler.handle(on(f"{DISTRICT}-A-{n}", Deposit(Decimal(1))), context(f"pay-{n}-{d}"))

    async def close() -> None:
        while await count(pool) < 60:
            continue
        time[0] = JULY.as_of
        assert await closer.close(JULY)

    await asyncio.gather(close(), *(write(n) for n in range(24)))
    assert not await closer.close(JULY), "a cut-off is announced once"
    await pool.close()

    marked: set[int] = set()
    with psycopg.connect(database.app_url) as connection:
        rows = connection.execute("SELECT value FROM log.events ORDER BY position").fetchall()
    assert len(rows) == 24 * 11 + PARTITIONS
    for (value,) in rows:
        event = sample_catalog().decode(AREA, bytes(value))
        partition = partition_of(event.stream)
        if event.name == "PeriodClosed":
            marked.add(partition)
        elif partition in marked:
            assert event.meta.occurred_at >= JULY.as_of
    assert marked == set(range(PARTITIONS))


async def count(pool: AsyncConnectionPool) -> int:
    async with pool.connection() as connection:
        row = await (await connection.execute("SELECT count(*) FROM log.events")).fetchone()
    assert row is not None
    return int(row[0])
