"""Rebuilding beside a live reader, another version's read model, and the comparison with a pure replay."""

from __future__ import annotations

import asyncio
import random
from decimal import Decimal

import pytest
from sqlalchemy import select

from sevenx.kernel.applier import Applier
from sevenx.kernel.projection import READ
from sevenx.kernel.read_schema import create
from sevenx.kernel.read_store import Batch, Move, ReadStore
from sevenx.kernel.rebuild import rebuild
from sevenx.kernel.records import RawRecord
from sevenx.kernel.testing.sample import (
    AREA,
    Deposited,
    Opened,
    Withdrawn,
    account_table,
    read_model,
    sample_catalog,
    sample_service,
)
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, reading
from tests.integration.test_reader_crashes import write_some

TEN = Decimal("10.00")


async def test_a_rebuild_switches_while_the_live_reader_reads_and_writers_write(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    write_some(place.bus, 10, 3000, seed=1)
    async with reading(place) as live:
        await live.caught_up()
        with place.connect() as connection:
            for seed in range(3):
                work = asyncio.to_thread(rebuild, connection, place.side())
                positions, done = await asyncio.gather(asyncio.to_thread(write_some, place.bus, 10, 800, seed), work)
                assert done.events >= 3010
                assert await live.reads.scalar(select(account_table.c.owner)) == "王五"
                await live.reached(*positions)
        await live.caught_up()
        assert live.reader.status()["state"] == "running"
        assert live.fatal == []
    report = place.compared()
    assert report["equal"]
    assert report["events"] == 5410
    assert place.rows("SELECT FROM pg_namespace WHERE nspname IN ('read_next', 'read_old')") == []


async def test_a_reader_rebuilds_a_read_model_of_another_version_and_leaves_a_newer_one_alone(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    write_some(place.bus, 5, 50, seed=1)
    async with reading(place, sample_service(read_model(version=1))) as live:
        await live.caught_up()
    with place.connect() as connection:
        connection.execute("DELETE FROM read.entry")
    async with reading(place, sample_service(read_model(version=2))) as live:
        await live.state("running")
        assert place.rows("SELECT version FROM read.shape") == [{"version": 2}]
        assert place.rows("SELECT count(*) FROM read.entry") == [{"count": 50}]
    async with reading(place, sample_service(read_model(version=1))) as live:
        assert "version 2" in (await live.state("superseded"))["error"]
    assert place.compared()["equal"]


@pytest.mark.parametrize(
    ("tamper", "table", "found"),
    [
        ("UPDATE read.entry SET amount = amount + 1 WHERE version = 2", "entry", "columns"),
        ("DELETE FROM read.account", "account", "missing"),
        ("INSERT INTO read.account (stream, owner, last_version) VALUES ('Z-9', '钱七', 1)", "account", "missing"),
        ("UPDATE read.stream_head SET hash = sha256('x')", "stream_head", "columns"),
    ],
)
async def test_a_comparison_finds_a_row_that_was_tampered_with(
    postgres: SharedPostgres, kafka: KafkaLogin, tamper: str, table: str, found: str
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Withdrawn(TEN))
    async with reading(place) as live:
        await live.reached("bank/A-1@3")
    assert place.compared()["equal"]
    with place.connect() as connection:
        connection.execute(tamper.encode())
    report = place.compared()
    assert not report["equal"]
    assert [name for name, one in report["tables"].items() if not one["equal"]] == [table]
    assert found in report["tables"][table]["first"][0]


def test_batches_of_any_size_written_to_postgresql_give_the_rows_of_a_pure_replay(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    write_some(place.bus, 8, 400, seed=9)
    side, chance = place.side(), random.Random(9)
    applier = Applier(sample_catalog(), read_model())
    store = ReadStore(read_model(), applier)
    extents = side.cluster.extents(side.topics)
    from sevenx.kernel.batch_reader import read

    ranges = {where: (0, extent.end) for where, extent in extents.items()}
    records: list[RawRecord] = [raw for batch in read(side.kafka, "test", ranges) for raw in batch]
    with place.connect() as connection:
        create(connection, read_model(), READ)
        store.begin(connection, {where: extent.topic_id for where, extent in extents.items()})
        while records:
            size = chance.choice([1, 2, 7, 50])
            part, records = records[:size], records[size:]
            batch = Batch()
            for raw in part:
                move = batch.moves.setdefault(raw.place, Move(raw.offset, raw.offset, None))
                batch.records.append(applier.check(raw))
                move.new, move.last_hash = raw.offset + 1, batch.records[-1].hash
            store.commit(connection, batch, lambda _connection, _plan: None, lambda _point: None)
    report = place.compared()
    assert report["equal"]
    assert report["events"] == sum(head.version for head in place.bus.heads.values())
    assert AREA in str(report["checkpoints"])
