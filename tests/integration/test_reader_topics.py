"""The live reader and topics that are not what they were: made anew, cut short, with another record where it stood."""

from __future__ import annotations

import asyncio
import threading
from decimal import Decimal

from confluent_kafka import TopicPartition
from confluent_kafka.admin import AdminClient

from sevenx.kernel.testing.sample import AREA, Deposited, Opened
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, eventually, reading

TEN = Decimal("10.00")


async def test_a_topic_made_anew_stops_the_reader_with_a_clear_error(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))
    async with reading(place) as live:
        await live.reached("bank/A-1@1")
    place.bus.delete(AREA)
    place.bus.heads.clear()
    place.bus.create(AREA)
    place.bus.write("A-1", Opened("赵六"), Deposited(TEN))
    async with reading(place) as live:
        status = await live.state("broken")
        assert "was made anew" in status["error"]
    assert [row["version"] for row in place.rows("SELECT version FROM read.stream_head")] == [1]


async def test_a_topic_made_anew_under_a_running_reader_stops_it(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN))
    async with reading(place) as live:
        await live.reached("bank/A-1@2")
        await asyncio.to_thread(place.bus.delete, AREA)
        place.bus.heads.clear()
        await asyncio.to_thread(place.bus.create, AREA)
        assert "was made anew" in (await live.state("broken"))["error"]
        assert live.fatal == []


async def test_a_topic_whose_beginning_was_cut_off_under_the_reader_stops_it(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))
    async with reading(place) as live:
        await live.reached("bank/A-1@1")
    place.bus.write("A-1", Deposited(TEN), Deposited(TEN))
    partition = TopicPartition(events_topic(place.bus.district, AREA), partition_of("A-1"), 2)
    admin = AdminClient(kafka.librdkafka_options())
    for future in admin.delete_records([partition]).values():
        future.result(10)
    async with reading(place) as live:
        assert "was cut" in (await live.state("broken"))["error"]


async def test_another_record_where_the_reader_stood_stops_it(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))
    async with reading(place) as live:
        await live.reached("bank/A-1@1")
    with place.connect() as connection:
        connection.execute("UPDATE read.checkpoint SET last_hash = sha256('another') WHERE next_offset > 0")
    async with reading(place) as live:
        assert "another record stands at offset 0" in (await live.state("broken"))["error"]


async def test_the_reader_waits_for_topics_that_are_not_there_yet(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka, create=False)
    async with reading(place) as live:
        assert "does not tell" in (await live.state("waiting"))["error"]
        await asyncio.to_thread(place.bus.create)
        await asyncio.to_thread(place.bus.write, "A-1", Opened("王五"))
        await live.reached("bank/A-1@1")


async def test_records_that_lie_between_two_offsets_can_be_read_again(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Deposited(TEN))
    side = place.side()
    async with reading(place) as live:
        await live.reached("bank/A-1@3")
        await live.caught_up()
        worker, where = live.reader._worker, side.place_of(AREA, "A-1")
        later = place.bus.write("A-1", Deposited(TEN), Deposited(TEN))
        await live.reached("bank/A-1@5")
        again = await asyncio.to_thread(lambda: list(worker._read_again(where, 1, 5)))
        assert [raw.offset for raw in again] == [1, 2, 3, 4]
        assert again[-1].value == later[-1]


async def test_a_reader_that_stands_still_asks_that_the_process_be_left(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))

    def hang(point: str) -> None:
        if point == "reader.applied" and place.bus.heads[AREA, "A-1"].version > 1:
            release.wait(15)

    release = threading.Event()
    async with reading(place, stalled_after=1.0, fault=hang) as live:
        await live.reached("bank/A-1@1")
        assert live.fatal == []
        await asyncio.to_thread(place.bus.write, "A-1", Deposited(TEN))

        async def called() -> bool:
            return bool(live.fatal)

        await eventually(called)
        assert "stands still" in live.fatal[0]
        release.set()
