"""kill -9 of a reader between apply and commit, workers that overlap, and the database going away under load."""

from __future__ import annotations

import asyncio
import random
import signal
from decimal import Decimal
from pathlib import Path

import pytest

from sevenx.kernel.migrations import migrate
from sevenx.kernel.testing.bus import Bus
from sevenx.kernel.testing.sample import AREA, Deposited, Opened, Withdrawn
from sevenx.local.logins import KafkaLogin
from sevenx.local.postgres import Postgres
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, reader_process, reading

TEN, FIVE = Decimal("10.00"), Decimal("5.00")


def write_some(bus: Bus, streams: int, events: int, seed: int) -> list[str]:
    """Interleaved events of several accounts; the positions of the last ones."""
    chance = random.Random(seed)
    names = [f"A-{n}" for n in range(streams)]
    records = [(name, bus.next(name, Opened("王五"))) for name in names if (AREA, name) not in bus.heads]
    for _ in range(events):
        name = chance.choice(names)
        records.append((name, bus.next(name, chance.choice([Deposited(TEN), Withdrawn(FIVE)]))))
    bus.send(records)
    return [f"bank/{name}@{bus.heads[AREA, name].version}" for name in names]


@pytest.mark.parametrize("point", ["reader.applied:2", "reader.committed:1"])
async def test_a_reader_killed_between_apply_and_commit_applies_nothing_twice(
    postgres: SharedPostgres, kafka: KafkaLogin, point: str
) -> None:
    place = Place.fresh(postgres, kafka)
    write_some(place.bus, 20, 6000, seed=1)
    victim = reader_process(place, point)
    assert await asyncio.to_thread(victim.wait, 30) == -signal.SIGKILL
    positions = write_some(place.bus, 20, 200, seed=2)
    async with reading(place) as live:
        await live.reached(*positions)
        await live.caught_up()
    report = place.compared()
    assert report["equal"]
    assert report["events"] == 6220
    assert report["tables"]["entry"]["rows"] == 6200
    assert place.aside() == []


async def test_two_workers_share_the_partitions_and_one_goes_on_when_the_other_is_killed(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    write_some(place.bus, 12, 300, seed=3)
    other = reader_process(place)
    try:
        async with reading(place) as live:
            positions = write_some(place.bus, 12, 300, seed=4)
            await live.reached(*positions)
            other.send_signal(signal.SIGKILL)
            other.wait(10)
            positions = write_some(place.bus, 12, 300, seed=5)
            await live.reached(*positions)
            await live.caught_up()
            assert live.fatal == []
    finally:
        other.kill()
        other.wait(10)
    assert place.compared()["equal"]


async def test_a_database_that_goes_away_is_waited_for(kafka: KafkaLogin, tmp_path: Path) -> None:
    with Postgres(tmp_path / "postgres") as server:
        server.create_database("reader", owner=("reader_owner", "one"), app=("reader_app", "two"))
        migrate(server.url("reader", "reader_owner", "one"), AREA, "reader_app")
        bus = Bus(kafka.librdkafka_options()).create()
        from sevenx.kernel.settings import Settings

        settings = Settings(
            area=AREA,
            district=bus.district,
            database=server.url("reader", "reader_app", "two"),
            kafka=kafka.bootstrap,
            kafka_user=kafka.user,
            kafka_password=kafka.password,
        )
        place = Place(bus, settings)
        write_some(bus, 5, 500, seed=6)
        async with reading(place, stalled_after=2.0) as live:
            await live.caught_up()
            await asyncio.to_thread(server.kill9)
            positions = await asyncio.to_thread(write_some, bus, 5, 500, 7)
            await live.state("waiting")
            await asyncio.to_thread(server.start)
            await live.reached(*positions)
            assert live.fatal == []
        assert place.compared()["equal"]
