"""Restore and republish: PostgreSQL and Kafka refill each other, byte for byte, and never with what does not fit."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from sevenx.cli._offline import Stores
from sevenx.cli.restore import restore
from sevenx.kernel.batch_reader import Extent, KafkaAway
from sevenx.kernel.envelope import PREV, value_hash
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.migrations import migrate
from sevenx.kernel.provision import provision
from sevenx.kernel.relay import Relay
from sevenx.kernel.republish import outdated, put_back, read_anew
from sevenx.kernel.restore import RestoreRefused, ServiceRuns, stopped_service
from sevenx.kernel.testing.bus import Written
from sevenx.kernel.testing.sample import AREA, Deposit, Deposited, Open, sample_catalog
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import Database, SharedPostgres
from tests.integration.bus import create_topics, fresh_district, records
from tests.integration.reading import Place, reading
from tests.integration.restoring import Owner
from tests.integration.test_proof_bus import PASSWORD, publish
from tests.integration.writing import bank_database
from tests.unit.proof import a_log


@pytest.fixture
def owner(postgres: SharedPostgres, kafka: KafkaLogin) -> Owner:
    district = fresh_district()
    create_topics(kafka, district, AREA)
    return Owner(postgres, kafka, bank_database(postgres), district)


def test_what_an_older_database_lacks_is_taken_back_byte_for_byte(owner: Owner) -> None:
    owner.work(0, 30)
    owner.close_july()
    owner.work(30, 30)
    owner.send()
    before = owner.log()
    cut_offs = owner.rows("SELECT kind, as_of FROM log.cut_offs")
    owner.forget_after(20)
    done = owner.restore()
    assert (done.events, done.present) == (len(before) - 20, 20)
    assert sorted(owner.log()) == sorted(before)
    assert owner.rows("SELECT kind, as_of FROM log.cut_offs") == cut_offs
    assert owner.restore().events == 0, "a second time there is nothing to do"


def test_after_a_restore_the_service_goes_on_and_its_chains_with_it(owner: Owner) -> None:
    owner.work(0, 12)
    first = owner.give(0, Deposit(Decimal(77)), "the-last-one")
    owner.send()
    owner.forget_after(5)
    owner.restore()
    again = owner.give(0, Deposit(Decimal(77)), "the-last-one")
    assert (again.position, again.replayed) == (first.position, True), "the command is still known"
    owner.give(0, Deposit(Decimal(1)), "a-new-one")
    of_stream = sorted((row for row in owner.log() if row[0] == owner.stream(0)), key=lambda row: row[1])
    assert [row[1] for row in of_stream] == list(range(1, len(of_stream) + 1))
    assert [row[4][PREV] for row in of_stream[1:]] == [value_hash(row[4]) for row in of_stream[:-1]]
    owner.send()
    assert {bytes(m.value() or b"") for m in records(owner.kafka, owner.topic)} == {row[4] for row in owner.log()}


def test_an_empty_database_is_filled_and_each_partition_keeps_its_order(owner: Owner) -> None:
    owner.work(0, 40)
    owner.close_july()
    owner.send()
    before = owner.log()
    owner.lose_the_database()
    assert owner.restore().events == len(before)
    for partition in range(6):
        of_partition = [[row for row in log if partition_of(row[0]) == partition] for log in (before, owner.log())]
        assert of_partition[0] == of_partition[1]


def test_numbers_that_were_given_are_not_given_again(owner: Owner) -> None:
    owner.work(0, 3)
    owner.send()
    with psycopg.connect(owner.database.owner_url) as connection:
        row = [(f"{owner.district}-A", 2), (f"{owner.district}-B", 9)]
        connection.cursor().executemany("INSERT INTO ops.counters (name, next) VALUES (%s, %s)", row)
    owner.forget_after(1)
    owner.restore()
    assert sorted(owner.rows("SELECT next FROM ops.counters")) == [(3,), (9,)]


def test_what_was_not_published_is_lost_with_the_database_and_kept_without(owner: Owner) -> None:
    owner.work(0, 9)
    owner.send()
    published = owner.log()
    owner.give(1, Deposit(Decimal(5)), "not-published")
    assert owner.restore().events == 0
    assert len(owner.log()) == len(published) + 1
    assert owner.rows("SELECT count(*) FROM log.outbox") == [(1,)]
    owner.lose_the_database()
    owner.restore()
    assert sorted(owner.log()) == sorted(published)


def test_what_waits_in_a_restored_outbox_and_is_on_the_bus_waits_no_longer(owner: Owner) -> None:
    owner.work(0, 9)
    owner.send()
    with stopped_service(owner.database.owner_url, AREA) as connection:
        assert put_back(connection) == 12
    owner.restore()
    assert owner.rows("SELECT count(*) FROM log.outbox") == [(0,)]


def test_a_stream_is_never_forked(owner: Owner) -> None:
    """The service went on before the operator restored: at one version stand two different events."""
    owner.work(0, 12)
    owner.send()
    owner.forget_after(8)
    owner.give(2, Deposit(Decimal(1000)), "went-on")
    before = owner.log()
    version = max(row[1] for row in before if row[0] == owner.stream(2))
    with pytest.raises(RestoreRefused, match=rf"bank/{owner.stream(2)}@{version} \({owner.topic} partition"):
        owner.restore()
    assert owner.log() == before


def test_a_command_that_was_carried_out_again_elsewhere_is_named(owner: Owner) -> None:
    owner.work(0, 3)
    owner.give(0, Deposit(Decimal(1)), "the-key")
    owner.send()
    owner.forget_after(3)
    owner.give(3, Open("丁"), "the-key")
    before = owner.log()
    with pytest.raises(RestoreRefused, match="carried out in this log as well"):
        owner.restore()
    assert owner.log() == before


def test_a_tampered_record_is_refused_and_named(owner: Owner) -> None:
    owner.work(0, 6)
    owner.send()
    log = owner.log()
    last = max((row for row in log if row[0] == owner.stream(1)), key=lambda row: row[1])
    forged = owner.forger.encode(owner.stream(1), Deposited(Decimal(10**6)), after=Written(last[1], bytes(32)))
    owner.put(1, forged)
    owner.forget_after(2)
    before = owner.log()
    with pytest.raises(RestoreRefused, match=rf"bank/{owner.stream(1)}@{last[1] + 1} .* does not link"):
        owner.restore()
    assert owner.log() == before


def test_a_record_that_is_no_event_is_refused_and_named(owner: Owner) -> None:
    owner.work(0, 6)
    owner.send()
    owner.put(1, b"\xc3\x01 not an event")
    with pytest.raises(RestoreRefused, match=rf"{owner.topic} partition \d offset \d+ is not an event of bank"):
        owner.restore()


def test_a_record_that_the_owner_reported_as_forged_is_not_taken_back(owner: Owner) -> None:
    owner.work(0, 6)
    owner.send()
    last = max((row for row in owner.log() if row[0] == owner.stream(1)), key=lambda row: row[1])
    after = Written(last[1], value_hash(last[4]))
    forged = owner.forger.encode(owner.stream(1), Deposited(Decimal(10**6)), after=after)
    owner.put(1, forged)
    owner.report_fork(StreamForkFound(owner.stream(1), last[1] + 1, 0, 0, value_hash(forged).hex()))
    owner.send()
    with pytest.raises(RestoreRefused, match=rf"{owner.stream(1)}@{last[1] + 1} on the bus was reported"):
        owner.restore()


def test_a_running_service_is_left_alone(owner: Owner) -> None:
    owner.work(0, 3)
    relay = Relay(owner.settings, sample_catalog())
    relay.start()
    try:
        until = time.monotonic() + 20
        while owner.rows("SELECT count(*) FROM log.outbox") != [(0,)]:
            assert time.monotonic() < until
        with pytest.raises(ServiceRuns, match="stop it first"):
            owner.restore()
    finally:
        relay.stop()


async def test_a_topic_that_was_lost_is_published_again_and_read_anew(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    place = Place.fresh(postgres, kafka)
    settings, topic = place.settings, events_topic(place.bus.district, AREA)
    database = Database("", "", "", settings.database.replace("_app:app-", "_owner:owner-"), settings.database)
    owner = Owner(postgres, kafka, database, place.bus.district)
    await asyncio.to_thread(owner.work, 0, 30)
    await asyncio.to_thread(owner.send)
    positions = [f"bank/{owner.stream(n)}@11" for n in range(3)]
    async with reading(place) as live:
        await live.reached(*positions)
        await live.caught_up()

    def lose_and_republish() -> None:
        place.bus.delete(AREA)
        place.bus.create(AREA)
        extents = eventually_known(place, topic)
        with place.connect() as connection:
            assert outdated(connection, topic, extents)
            connection.execute("INSERT INTO ops.reaction_checkpoint VALUES (%s, 0, 5)", (topic,))
            connection.execute(
                'INSERT INTO ops.reaction_queue (reaction, topic, partition, "offset", area, value)'
                " VALUES ('echo', %s, 0, 4, 'bank', '')",
                (topic,),
            )
            read_anew(connection, topic)
            assert (
                place.rows("SELECT topic FROM ops.reaction_checkpoint UNION SELECT topic FROM ops.reaction_queue") == []
            )
            assert not outdated(connection, topic, extents)
        with stopped_service(database.owner_url, AREA) as connection:
            assert put_back(connection) == 33
        owner.send()

    await asyncio.to_thread(lose_and_republish)
    sent = [(m.key(), m.value()) for m in records(kafka, topic)]
    assert sorted(sent) == sorted((row[0].encode(), row[4]) for row in owner.log())
    async with reading(place) as live:
        await live.reached(*positions)
        await live.caught_up()
        assert place.aside() == []
    assert place.compared()["equal"]


def eventually_known(place: Place, topic: str) -> dict[tuple[str, int], Extent]:
    """The extents of a topic that was made a moment ago."""
    until = time.monotonic() + 20
    while True:
        try:
            return place.side().cluster.extents([topic])
        except KafkaAway:
            assert time.monotonic() < until


@dataclass
class Sealed:
    """A district's sealed log on the bus, and an empty database of its area reporting."""

    log: a_log.Log
    stores: Stores
    owner_url: str
    seals: Path

    def rows(self) -> set[tuple[str, int, bytes]]:
        with psycopg.connect(self.owner_url) as connection:
            return set(connection.execute("SELECT stream, version, value FROM log.events", binary=True).fetchall())


def sealed(postgres: SharedPostgres, kafka: KafkaLogin, folder: Path, tamper: bool) -> Sealed:
    district, seals = fresh_district(), folder / "seals"
    passwords = dict.fromkeys((*a_log.AREAS, "reader"), PASSWORD)
    provision(kafka.bootstrap, kafka.user, kafka.password, district, passwords)
    log, _, _ = a_log.build(seals, events=60, district=district)
    on_bus = log.copy()
    if tamper:
        record = next(r for r in reversed(log.all()) if r.place[0] == f"{district}.reporting.events")
        value = bytearray(record.raw_value or b"")
        value[-1] ^= 1
        on_bus.records[record.place][record.at] = a_log.changed(record, raw_value=bytes(value))
    publish(kafka, on_bus.all())
    database = postgres.create_database("reporting")
    migrate(database.owner_url, "reporting", database.app_role)
    reader = KafkaLogin(kafka.bootstrap, f"{district}-reader", PASSWORD)
    return Sealed(log, Stores(district, reader, seals, lambda _: database.owner_url, {}), database.owner_url, seals)


def test_a_sealed_bus_restores_an_area_whole(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path) -> None:
    place = sealed(postgres, kafka, tmp_path, tamper=False)
    done = restore(place.stores, "reporting", place.seals)
    topic = f"{place.stores.district}.reporting.events"
    wanted = {(r.raw_key or b"", r.raw_value) for r in place.log.all() if r.place[0] == topic}
    assert {(stream.encode(), value) for stream, _, value in place.rows()} == wanted
    assert done.events == len(wanted)


def test_a_last_event_that_was_changed_is_found_by_the_seals_and_named(
    postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path
) -> None:
    """Nothing links to a stream's last event: the seal alone tells that it was changed."""
    place = sealed(postgres, kafka, tmp_path, tamper=True)
    with pytest.raises(RestoreRefused, match=rf"sealed-changed: .*{place.stores.district}\.reporting\.events"):
        restore(place.stores, "reporting", place.seals)
    assert place.rows() == set()
