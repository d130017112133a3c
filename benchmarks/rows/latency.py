"""Live latency: from a command's answer to its event's being in the portal's read model, at 100 commands a second.

A whole system is up, with all its readers. Commands register persons (模拟数据) through the one origin; the portal's
database is asked for the heads that are still awaited. Against a bare round trip of librdkafka on the same broker at
the same rate: a value of the same size, produced and consumed at once.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import count
from statistics import quantiles

import aiohttp
import psycopg
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, Side, WrongResult, ratio
from sevenx.demo.district import CALENDARS, ROSTER, texts
from sevenx.local.home import Home
from sevenx.local.tokens import token
from tests.chaos.system import whole_system

RATE = 100
"""Commands a second."""
TOPIC = "bench.round.trip"
SIZE = 380
_POLL = 0.002
_PATIENCE = 30.0
_HEADS = "SELECT stream FROM \"read\".stream_head WHERE area = 'registry' AND stream = ANY(%s)"


def measure(bench: Bench) -> Iterator[Figure]:
    """Milliseconds, and the ratio of the medians."""
    bench.folder.chmod(0o755)
    with whole_system(bench.folder / "latency") as system:
        portal, kafka = _Portal(bench, system.home), _RoundTrip(bench, system.home)
        bench.run(portal.found())
        tails: list[float] = []

        def ours() -> float:
            middle, tail = _p50_p99(bench.run(portal.latencies()))
            tails.append(tail)
            return middle

        found = bench.take(
            Side("command to portal, p50", ours, " ms"),
            Side("bare Kafka, p50", lambda: _p50_p99(kafka.latencies())[0], " ms"),
        )
    mine = found["command to portal, p50"]
    yield ratio("accepted to visible in the portal, p50", mine, found["bare Kafka, p50"], Goal(3, at_least=False))
    yield Figure(
        "accepted to visible in the portal, p99",
        "",
        Series("p99", "ms", tuple(tails[-bench.turns.runs :])),
        Goal(300, at_least=False),
    )


class _Portal:
    """Commands at a steady rate, and when each was seen."""

    def __init__(self, bench: Bench, home: Home) -> None:
        self._home, self._number = home, bench.size(2000, 100)
        self._office = f"{home.district}-district-office"
        self._ids = count(1)

    async def found(self) -> None:
        """The notice's roster."""
        bearer = token(self._home, f"{self._home.district}-operator")
        async with self._session(bearer) as session:
            await _post(session, "/api/registry/roster/import", "found-roster",
                        {"files": texts(ROSTER), "calendars": texts(CALENDARS)})  # fmt: skip

    async def latencies(self) -> list[float]:
        accepted: dict[str, float] = {}
        seen: dict[str, float] = {}
        ids = [f"{self._home.district}-N-bench-{next(self._ids)}" for _ in range(self._number)]
        watching = asyncio.create_task(self._watch(accepted, seen, len(ids)))
        async with self._session(token(self._home, self._office)) as session, asyncio.TaskGroup() as tasks:
            began = time.perf_counter()
            for n, person in enumerate(ids):
                await asyncio.sleep(max(0.0, began + n / RATE - time.perf_counter()))
                tasks.create_task(self._register(session, person, accepted))
        await watching
        return [1000 * max(0.0, seen[person] - accepted[person]) for person in ids]

    async def _register(self, session: aiohttp.ClientSession, person: str, accepted: dict[str, float]) -> None:
        body = {"id": person, "zh": "模拟人员", "en": "Simulated", "basis": "模拟数据"}
        await _post(session, "/api/registry/people", f"key-{person}", body)
        accepted[person] = time.perf_counter()

    async def _watch(self, accepted: dict[str, float], seen: dict[str, float], wanted: int) -> None:
        """Ask the portal's database for what is still awaited."""
        last = time.monotonic()
        async with await psycopg.AsyncConnection.connect(
            self._home.database_url("portal"), autocommit=True
        ) as connection:
            while len(seen) < wanted:
                waited = [person for person in list(accepted) if person not in seen]
                if waited:
                    rows = await (await connection.execute(_HEADS, (waited,))).fetchall()
                    now = time.perf_counter()
                    seen.update((str(stream), now) for (stream,) in rows)
                    last = time.monotonic() if rows else last
                if time.monotonic() - last > _PATIENCE:
                    raise WrongResult(f"{len(seen)} of {wanted} events are in the portal after {_PATIENCE} s")
                await asyncio.sleep(_POLL)

    def _session(self, bearer: str) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(self._home.gateway_url, headers={"Authorization": f"Bearer {bearer}"})


async def _post(session: aiohttp.ClientSession, path: str, key: str, body: object) -> None:
    async with session.post(path, json=body, headers={"Idempotency-Key": key}) as answer:
        if answer.status not in (200, 201):
            raise WrongResult(f"{path}: {answer.status} {(await answer.text())[:500]}")


class _RoundTrip:
    """librdkafka alone: produced with the relay's guarantees, consumed at once."""

    def __init__(self, bench: Bench, home: Home) -> None:
        self._options = {**home.admin_kafka().librdkafka_options(), "log_level": 0}
        self._number = bench.size(2000, 100)
        admin = AdminClient(self._options)
        for future in admin.create_topics([NewTopic(TOPIC, 1, 1)]).values():
            future.result(_PATIENCE)

    def latencies(self) -> list[float]:
        sent: list[float] = []
        consumer = Consumer({**self._options, "group.id": "bench-round-trip", "enable.auto.commit": False})
        try:
            at = consumer.get_watermark_offsets(TopicPartition(TOPIC, 0), timeout=_PATIENCE)[1]
            consumer.assign([TopicPartition(TOPIC, 0, at)])
            producing = threading.Thread(target=self._produce, args=(sent,))
            producing.start()
            came = list(self._arrivals(consumer))
            producing.join()
        finally:
            consumer.close()
        return [1000 * (there - here) for here, there in zip(sent, came, strict=True)]

    def _produce(self, sent: list[float]) -> None:
        producer = Producer({**self._options, "acks": "all", "enable.idempotence": True, "linger.ms": 0})
        began = time.perf_counter()
        for n in range(self._number):
            time.sleep(max(0.0, began + n / RATE - time.perf_counter()))
            sent.append(time.perf_counter())
            producer.produce(TOPIC, os.urandom(SIZE))
            producer.poll(0)
        producer.flush(_PATIENCE)

    def _arrivals(self, consumer: Consumer) -> Iterator[float]:
        for n in range(self._number):
            message = consumer.poll(_PATIENCE)
            if message is None or message.error():
                raise WrongResult(f"{n} of {self._number} records came: {message and message.error()}")
            yield time.perf_counter()


def _p50_p99(values: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds."""
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[98]
