"""The live reader on the real bus: what is applied, what is set aside, and how it is driven through once more."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from sqlalchemy import select

from services.audit.domain.events import RecordDiscarded
from sevenx.declaration import AUDIT
from sevenx.kernel.envelope import Recorded, value_hash
from sevenx.kernel.errors import Problem
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.quarantine import entries, redrive
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.testing.bus import Written
from sevenx.kernel.testing.sample import (
    AREA,
    Deposited,
    Opened,
    Withdrawn,
    account_table,
    entry_table,
    metadata,
    read_model,
    sample_service,
)
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.reading import Place, eventually, reading

TEN, FIVE = Decimal("10.00"), Decimal("5.00")


async def test_events_reach_the_projections_and_a_client_reads_what_it_wrote(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Withdrawn(FIVE))
    async with reading(place) as live:
        await live.reached("bank/A-1@3")
        place.bus.write("A-1", Deposited(FIVE))
        await live.reached("bank/A-1@4")
        rows = await live.reads.rows(select(entry_table.c.amount).order_by(entry_table.c.version))
        assert [row["amount"] for row in rows] == [TEN, -FIVE, FIVE]
        assert (await live.reads.one(select(account_table)) or {})["last_version"] == 4
        status = await live.state("running")
        assert status["error"] == ""


async def test_a_client_waits_for_every_position_that_it_names(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN))
    async with reading(place) as live:
        await live.reached("bank/A-1@1", "bank/A-1@2")
        waiting = asyncio.create_task(live.reached("bank/A-1@2", "bank/B-1@1", "bank/C-1@2"))
        place.bus.write("B-1", Opened("赵六"))
        place.bus.write("C-1", Opened("孙七"))
        await live.reached("bank/B-1@1", "bank/C-1@1")
        assert not waiting.done(), "the last one has not come"
        place.bus.write("C-1", Deposited(FIVE))
        await waiting
        with pytest.raises(Problem) as late:
            await live.reads.wait_for(["bank/A-1@2", "bank/C-1@3"], 0.1)
        assert (late.value.status, late.value.details) == (504, {"positions": ["bank/A-1@2", "bank/C-1@3"]})
        with pytest.raises(Problem) as wrong:
            await live.reads.wait_for(["bank/A-1@2", "bank/C-1"])
        assert (wrong.value.status, wrong.value.details) == (400, {"position": "bank/C-1"})


async def test_repeats_and_forks_leave_the_read_model_as_it_was(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka)
    opened, deposited = place.bus.write("A-1", Opened("王五"), Deposited(TEN))
    other_head = place.bus.encode("A-1", Deposited(FIVE), after=Written(1, value_hash(opened)))
    no_link = place.bus.encode("A-1", Deposited(FIVE), after=Written(2, bytes(32)))
    place.bus.send([("A-1", opened), ("A-1", deposited), ("A-1", other_head), ("A-1", no_link)])
    place.bus.write("A-1", Withdrawn(FIVE))
    async with reading(place) as live:
        await live.caught_up()
        assert place.aside() == [("fork", "A-1", 2, "open"), ("fork", "A-1", 3, "open")]
        assert await live.reads.scalar(select(account_table.c.last_version)) == 3
    assert place.compared()["equal"]
    copies = place.rows("SELECT topic, headers FROM log.outbox ORDER BY position")
    assert [copy["topic"] for copy in copies] == [f"{place.bus.district}.bank.quarantine"] * 2
    assert copies[0]["headers"]["sevenx-kind"] == "fork"


async def test_malformed_records_on_every_topic_are_set_aside_and_nothing_stops(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    topics = [events_topic(place.bus.district, area) for area in (AREA, AUDIT)]
    broken = [None, b"", b"\xc3\x01", b"\xc3\x01" + bytes(60), b"{}"]
    place.bus.send_raw(
        (topic, 2, key, value) for topic in topics for key in (b"A-1", b"\xff\0", None) for value in broken
    )
    place.bus.write("A-1", Opened("王五"))
    async with reading(place) as live:
        await live.reached("bank/A-1@1")
        await live.caught_up()
        assert len(place.aside()) == 30
        assert {kind for kind, *_ in place.aside()} == {"malformed"}
    assert place.compared()["equal"]


async def test_a_gap_is_healed_when_the_lacking_version_comes(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))
    lacking = place.bus.next("A-1", Deposited(TEN))
    place.bus.write("A-1", Deposited(FIVE), Withdrawn(FIVE))
    place.bus.write("B-1", Opened("赵六"))
    async with reading(place) as live:
        await live.reached("bank/B-1@1")
        await live.caught_up()
        assert [kind for kind, *_ in place.aside()] == ["gap", "parked"]
        assert place.compared()["equal"]
        place.bus.send([("A-1", lacking)])
        await live.reached("bank/A-1@4")
    assert {status for *_, status in place.aside()} == {"redriven"}
    assert place.compared()["equal"]


def refusing(amount: Decimal, version: int = 1) -> ServiceDefinition:
    """The sample service, whose handler cannot take one amount."""
    model = Projections(metadata, version, include=[read_model()])

    @model.on("bank.Deposited")
    def refuse(event: Recorded, _rows: Changes) -> None:
        if event.data["amount"] == amount:
            raise ValueError("cannot take this amount")

    return sample_service(model)


async def test_a_parked_stream_waits_while_others_go_on_until_it_is_redriven(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(FIVE), Deposited(TEN))
    place.bus.write("B-1", Opened("赵六"), Deposited(TEN))
    async with reading(place, refusing(FIVE)) as live:
        await live.reached("bank/A-1@1", "bank/B-1@2")
        place.bus.write("A-1", Withdrawn(FIVE))
        place.bus.write("B-1", Withdrawn(FIVE))
        await live.reached("bank/B-1@3")
        await live.caught_up()
        assert place.aside() == [("parked", "A-1", v, "open") for v in (2, 3, 4)]
        report = place.compared(refusing(FIVE))
        assert report["equal"]
        assert report["parked"] == ["bank/A-1@1"]
        with place.connect() as connection:
            still = redrive(connection, place.side(refusing(FIVE)), entries(connection))
            assert (still.applied, still.left) == (0, 3)
            done = redrive(connection, place.side(), entries(connection))
            assert (done.applied, done.left) == (3, 0)
        place.bus.write("A-1", Deposited(TEN))
        await live.reached("bank/A-1@5")
    assert {status for *_, status in place.aside()} == {"redriven"}
    assert place.compared()["equal"]


async def test_data_that_the_database_refuses_parks_its_stream_alone(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    model = Projections(metadata, include=[read_model()])

    @model.on("bank.Withdrawn")
    def too_large(event: Recorded, rows: Changes) -> None:
        rows.put(entry_table, event.version, amount=Decimal(10) ** 30)

    @model.on("bank.Opened")
    def missing(event: Recorded, rows: Changes) -> None:
        if event.data["owner"] == "无":
            rows.set(entry_table, 77, amount=TEN)

    definition = sample_service(model)
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"), Deposited(TEN), Withdrawn(FIVE), Deposited(TEN))
    place.bus.write("B-1", Opened("无"))
    place.bus.write("C-1", Opened("赵六"), Deposited(TEN))
    async with reading(place, definition) as live:
        await live.reached("bank/A-1@2", "bank/C-1@2")
        await live.caught_up()
        assert sorted(place.aside()) == [
            ("parked", "A-1", 3, "open"),
            ("parked", "A-1", 4, "open"),
            ("parked", "B-1", 1, "open"),
        ]
        reasons = [row["reason"] for row in place.rows("SELECT reason FROM ops.quarantine ORDER BY stream, version")]
        assert "NumericValueOutOfRange" in reasons[0]
        assert "MissingRow" in reasons[2]


async def test_a_record_on_our_topic_that_our_log_lacks_or_has_otherwise_is_reported_once_each(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    values = place.bus.write("A-1", Opened("王五"), Deposited(TEN))
    other = place.bus.encode("A-1", Deposited(FIVE), after=Written(1, value_hash(values[0])))
    unknown = place.bus.encode("B-1", Opened("赵六"))
    place.bus.send([("A-1", other), ("B-1", unknown)])
    with place.connect() as connection:
        connection.cursor().executemany(
            "INSERT INTO log.events (stream, version, command, ordinal, value) VALUES ('A-1', %s, sha256('c'), %s, %s)",
            [(n, n, value) for n, value in enumerate(values, start=1)],
        )
    async with reading(place) as live:
        await live.caught_up()
        found = {(f.forked_stream, f.forked_version, f.found_hash, f.own_hash) for f in live.forks}
        assert found == {
            ("A-1", 2, value_hash(other).hex(), value_hash(values[1]).hex()),
            ("B-1", 1, value_hash(unknown).hex(), None),
        }
        assert len(live.forks) == 2


async def test_a_discarded_forgery_is_folded_out_and_the_true_events_are_applied(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    place.bus.write("A-1", Opened("王五"))
    head = place.bus.heads[AREA, "A-1"]
    forged = place.bus.encode("A-1", Deposited(Decimal("1000000.00")), after=Written(head.version, head.hash))
    place.bus.send([("A-1", forged)])
    place.bus.write("A-1", Deposited(TEN), Deposited(FIVE), Withdrawn(FIVE))
    async with reading(place) as live:
        await live.caught_up()
        assert await live.reads.scalar(select(entry_table.c.amount)) == Decimal("1000000.00")
        assert [kind for kind, *_ in place.aside()] == ["fork", "fork", "gap"]
        assert value_hash(forged).hex() in {fork.found_hash for fork in live.forks}
        place.bus.write("410804-T-1", discard(place, forged, "A-1", 2), area=AUDIT)
        await live.reached("bank/A-1@4")
        rows = await live.reads.rows(select(entry_table.c.amount).order_by(entry_table.c.version))
        assert [row["amount"] for row in rows] == [TEN, FIVE, -FIVE]
        await eventually(
            lambda: asyncio.to_thread(lambda: place.rows("SELECT settled FROM ops.discarded") == [{"settled": True}])
        )
        place.bus.send([("A-1", forged)])
        place.bus.write("A-1", Deposited(TEN))
        await live.reached("bank/A-1@5")
    assert {status for *_, status in place.aside()} == {"redriven"}
    assert place.compared()["equal"]


def discard(place: Place, value: bytes, stream: str, version: int) -> RecordDiscarded:
    return RecordDiscarded(
        area=AREA,
        record_hash=value_hash(value).hex(),
        topic=events_topic(place.bus.district, AREA),
        partition=partition_of(stream),
        offset=0,
        reason="not in the owner's log",
        decided_by="410804-N-auditor",
        stream=stream,
        version=version,
    )
