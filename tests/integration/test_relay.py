"""The relay: what is committed reaches the bus in the order of its stream, whatever is killed on the way."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict
from decimal import Decimal

import psycopg
import pytest

from sevenx.kernel.clock import wall_now
from sevenx.kernel.cloudevents import recorded_ms
from sevenx.kernel.envelope import GENESIS, PREV, Meta, uuid7, value_hash
from sevenx.kernel.event_store import NewEvent, append_on
from sevenx.kernel.relay import Relay
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.sample import AREA, Deposit, Open, Opened, sample_catalog
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import Database, SharedPostgres
from tests.integration.bus import create_topics, fresh_district, records, settings_for
from tests.integration.writing import bank, bank_database, context, on

PROCESS = """
import json, sys, time
from sevenx.kernel.faults import fault_from_env
from sevenx.kernel.relay import Relay
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.sample import sample_catalog
relay = Relay(Settings(**json.loads(sys.argv[1])), sample_catalog(), fault_from_env())
relay.start()
time.sleep(60)
"""


@pytest.fixture
def settings(postgres: SharedPostgres, kafka: KafkaLogin) -> Settings:
    database = bank_database(postgres)
    district = fresh_district()
    create_topics(kafka, district, AREA)
    return settings_for(kafka, district, AREA, database.app_url)


def write(settings: Settings, streams: int, deposits: int) -> None:
    async def go() -> None:
        database = Database("", "", "", "", settings.database)
        async with bank(database) as handler:
            for n in range(streams):
                await handler.handle(on(f"410804-A-{n}", Open("甲")), context(f"open-{n}"))
            for d in range(deposits):
                await handler.handle(on(f"410804-A-{d % streams}", Deposit(Decimal(1))), context(f"pay-{d}"))

    asyncio.run(go())


def wait_until_sent(settings: Settings, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    with psycopg.connect(settings.database, autocommit=True) as connection:
        while connection.execute("SELECT count(*) FROM log.outbox").fetchone() != (0,):
            assert time.monotonic() < until, "the outbox is not empty"
            time.sleep(0.05)


def assert_the_bus_holds_the_log(settings: Settings, kafka: KafkaLogin) -> int:
    """Every stream's first records are the log's bytes in order; repeats are the same bytes. The number of repeats."""
    seen: dict[str, list[bytes]] = defaultdict(list)
    repeats = 0
    for message in records(kafka, events_topic(settings.district, AREA)):
        stream, value = (message.key() or b"").decode(), message.value() or b""
        assert message.partition() == partition_of(stream)
        if value in seen[stream]:
            repeats += 1
            continue
        assert value[PREV] == (value_hash(seen[stream][-1]) if seen[stream] else GENESIS)
        seen[stream].append(value)
    with psycopg.connect(settings.database) as connection:
        rows = connection.execute("SELECT stream, value FROM log.events ORDER BY stream, version").fetchall()
    log: dict[str, list[bytes]] = defaultdict(list)
    for stream, value in rows:
        log[stream].append(bytes(value))
    assert seen == log
    return repeats


def test_committed_events_reach_the_bus_in_order_with_their_headers(settings: Settings, kafka: KafkaLogin) -> None:
    write(settings, streams=5, deposits=40)
    relay = Relay(settings, sample_catalog())
    relay.start()
    wait_until_sent(settings)
    relay.stop()
    assert assert_the_bus_holds_the_log(settings, kafka) == 0
    message = next(records(kafka, events_topic(settings.district, AREA)))
    headers = dict(message.headers() or [])
    assert headers["ce_type"].startswith(b"sevenx.bank.")
    assert headers["ce_subject"] == message.key()
    assert message.timestamp()[1] == recorded_ms(message.value() or b"")


@pytest.mark.parametrize("point", ["relay.sent", "relay.acknowledged", "relay.deleted"])
def test_a_relay_killed_at_any_step_loses_nothing(settings: Settings, kafka: KafkaLogin, point: str) -> None:
    write(settings, streams=3, deposits=30)
    arguments = {
        name: getattr(settings, name)
        for name in ("area", "district", "database", "kafka", "kafka_user", "kafka_password", "issuer")
    }
    killed = subprocess.run(
        [sys.executable, "-c", PROCESS, json.dumps(arguments)],
        env={**os.environ, "SEVENX_FAULT": point},
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    write_more = Relay(settings, sample_catalog())
    write_more.start()
    wait_until_sent(settings)
    write_more.stop()
    repeats = assert_the_bus_holds_the_log(settings, kafka)
    assert repeats == (33 if point == "relay.acknowledged" else repeats)


async def test_a_row_that_commits_late_is_sent_although_later_ones_were(settings: Settings, kafka: KafkaLogin) -> None:
    """An outbox paged by its last position would skip it for ever."""
    relay = Relay(settings, sample_catalog())
    database = Database("", "", "", "", settings.database)
    async with await psycopg.AsyncConnection.connect(settings.database) as late, bank(database) as handler:
        await append_on(late, [first_event(settings.district, "410804-A-late")])
        await handler.handle(on("410804-A-1", Open("甲")), context("open"))
        relay.start()
        await asyncio.to_thread(wait_until_sent, settings)
        await late.commit()
    await asyncio.to_thread(wait_until_sent, settings)
    relay.stop()
    assert assert_the_bus_holds_the_log(settings, kafka) == 0


def first_event(district: str, stream: str) -> NewEvent:
    now = wall_now()
    meta = Meta(GENESIS, uuid7(), 1, district, stream, now, now, "tester", None, bytes(32), uuid7(), None, {})
    return NewEvent(stream, 1, meta.command, 0, sample_catalog().encode(AREA, Opened("迟"), meta), now, None)
