"""The relay: sends the outbox to Kafka in order, at least once, and deletes what was acknowledged.

One relay of a service leads, by a session advisory lock. It reads the first rows, sends them all, and deletes the
contiguous acknowledged prefix; on any error it drops the producer with all it had in flight and begins again from the
first row that is left, so that the order within a stream holds whatever fails. A repeat is a benign duplicate: the same
bytes at the same version. It never pages by `position > last`: a row that commits late stands before rows already sent.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from kafka import KafkaProducer
from kafka.errors import KafkaError

from sevenx.kernel.avro import Catalog
from sevenx.kernel.cloudevents import headers_of, recorded_ms
from sevenx.kernel.settings import Settings
from sevenx.kernel.telemetry import OUTBOX_OLDEST, OUTBOX_ROWS, RELAY_ERRORS, RELAYED, send_span
from sevenx.kernel.topics import events_topic

CHANNEL = "sevenx_outbox"
RELAY_LOCK = 7000002
"""Advisory lock of the one relay of a service, held as long as it leads."""
_BATCH = 1000
_SMALL, _LONGEST_REST = 100, 0.1
"""After a batch of fewer rows the relay rests as long as the batch took, and for so many seconds at most; whoever waits
for it ends the rest (docs/adr/0039)."""
_ROWS = """
SELECT o.position, o.topic, o.partition, coalesce(o.key, convert_to(e.stream, 'UTF8')), coalesce(o.value, e.value),
       o.headers, o.traceparent
FROM log.outbox o LEFT JOIN log.events e ON e.position = o.event
ORDER BY o.position LIMIT %s
"""
_STATE = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) FROM log.outbox"

log = logging.getLogger(__name__)


def kafka_security(settings: Settings) -> dict[str, Any]:
    """kafka-python's settings for the service's SCRAM user; none where no user is set."""
    if not settings.kafka_user:
        return {}
    return {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": settings.kafka_user,
        "sasl_plain_password": settings.kafka_password,
    }


class Relay:
    """Runs in a thread of its own until stopped. `fault` is called at named points, for the crash tests."""

    def __init__(self, settings: Settings, catalog: Catalog, fault: Callable[[str], None] = lambda _: None) -> None:
        self._settings, self._catalog, self._fault = settings, catalog, fault
        self._topic = events_topic(settings.district, settings.area)
        self._stopping, self._hurried, self._hurrying = threading.Event(), threading.Event(), 0
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Finish the batch in hand and stop; after `timeout` seconds the process may leave all the same."""
        self._stopping.set()
        self._hurried.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        pause = 0.1
        while not self._stopping.is_set():
            try:
                self._lead()
                pause = 0.1
            except (psycopg.Error, KafkaError, TimeoutError) as error:
                RELAY_ERRORS.inc()
                log.warning("relay interrupted, trying again", extra={"error": repr(error), "pause_s": pause})
                self._observe()
                self._stopping.wait(pause)
                pause = min(pause * 2, 5.0)

    def _lead(self) -> None:
        """Take the lead when it is free, then send until stopped or an error ends it."""
        with psycopg.connect(self._settings.database, autocommit=True) as connection:
            while connection.execute("SELECT pg_try_advisory_lock(%s)", (RELAY_LOCK,)).fetchone() != (True,):
                if self._stopping.wait(1.0):
                    return
            connection.execute(f"LISTEN {CHANNEL}")
            producer = self._producer()
            try:
                while not self._stopping.is_set():
                    began = time.monotonic()
                    sent = self._send_batch(connection, producer)
                    if sent:
                        self._rest(sent, time.monotonic() - began)
                    else:
                        self._observe_on(connection)
                        for _ in connection.notifies(timeout=1.0, stop_after=1):
                            pass
            finally:
                producer.close(timeout=0)

    def _rest(self, sent: int, seconds: float) -> None:
        """After a small batch: what comes meanwhile goes in one."""
        if sent < _SMALL:
            self._hurried.wait(min(seconds, _LONGEST_REST))

    @contextmanager
    def hurry(self) -> Iterator[None]:
        """Do not rest while somebody waits for all that is known to be sent. Called in the event loop alone."""
        self._hurrying += 1
        self._hurried.set()
        try:
            yield
        finally:
            self._hurrying -= 1
            if not self._hurrying and not self._stopping.is_set():
                self._hurried.clear()

    def _producer(self) -> KafkaProducer:
        return KafkaProducer(
            bootstrap_servers=self._settings.kafka,
            client_id=f"{self._settings.area}-relay",
            acks="all",
            enable_idempotence=True,
            linger_ms=50,  # a batch goes by its flush, in one request for all partitions; none waits so long
            bootstrap_timeout_ms=3_000,  # so soon it is known that Kafka is away, and the outbox is measured
            max_block_ms=10_000,
            request_timeout_ms=10_000,
            delivery_timeout_ms=15_000,
            **kafka_security(self._settings),
        )

    def _send_batch(self, connection: psycopg.Connection[Any], producer: KafkaProducer) -> int:
        """Send the first rows and delete the acknowledged prefix; the number of rows deleted."""
        rows = connection.execute(_ROWS, (_BATCH,), binary=True).fetchall()
        if not rows:
            return 0
        sent = [(row[0], self._send(producer, row)) for row in rows]
        self._fault("relay.sent")
        producer.flush(timeout=15)
        acknowledged: list[int] = []
        failure: BaseException | None = None
        for position, future in sent:
            if not future.succeeded():
                failure = future.exception or TimeoutError("no acknowledgement in time")
                break
            acknowledged.append(position)
        self._fault("relay.acknowledged")
        connection.execute("DELETE FROM log.outbox WHERE position = ANY (%s)", (acknowledged,))
        RELAYED.inc(len(acknowledged))
        self._fault("relay.deleted")
        if failure is not None:
            raise failure if isinstance(failure, KafkaError) else TimeoutError(repr(failure))
        return len(acknowledged)

    def _send(self, producer: KafkaProducer, row: tuple[Any, ...]) -> Any:
        _, topic, partition, key, value, headers, traceparent = row
        if topic is not None:
            pairs = [(name, text.encode()) for name, text in (headers or {}).items()]
            return producer.send(topic, value=value, key=key, partition=partition, headers=pairs)
        schema = self._catalog.writer_of(value)
        if schema is None:
            raise RuntimeError(f"outbox holds an event with the unknown fingerprint {value[2:10].hex()}")
        with send_span(self._topic, schema.name, traceparent) as carried:
            pairs = headers_of(
                schema, self._settings.district, self._settings.area, bytes(key).decode(), value, carried
            )
            return producer.send(
                self._topic,
                value=value,
                key=key,
                partition=partition,
                headers=pairs,
                timestamp_ms=recorded_ms(value),
            )

    def _observe(self) -> None:
        """Measure the outbox while Kafka (or our lead) is away, so that its alert can fire."""
        try:
            with psycopg.connect(self._settings.database, autocommit=True) as connection:
                self._observe_on(connection)
        except psycopg.Error as error:
            log.warning("outbox not measured", extra={"error": repr(error)})

    def _observe_on(self, connection: psycopg.Connection[Any]) -> None:
        row = connection.execute(_STATE).fetchone()
        if row is not None:
            OUTBOX_ROWS.set(row[0])
            OUTBOX_OLDEST.set(float(row[1]))
