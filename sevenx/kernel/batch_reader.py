"""Reading topics in bulk with librdkafka, from given offsets to given offsets, in bounded memory."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec

from sevenx.kernel.errors import BrokenTopic, SevenXError
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.settings import Settings

TIMEOUT = 10.0
"""Seconds for one answer of the broker."""
STALLED = 30.0
"""Seconds without any record before the end, after which the reading is given up."""

Range = tuple[int, int]
"""First offset, and the offset after the last."""


class KafkaAway(SevenXError):
    """The broker does not answer; what failed can be tried again later."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A partition as the broker has it now: its topic's id, its first offset and the offset after its last record."""

    topic_id: str
    start: int
    end: int


def librdkafka_options(settings: Settings) -> dict[str, Any]:
    """How librdkafka's clients reach the broker as the service's own principal."""
    options: dict[str, Any] = {"bootstrap.servers": settings.kafka, "log_level": 0}
    if settings.kafka_user:
        options |= {
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": settings.kafka_user,
            "sasl.password": settings.kafka_password,
        }
    return options


class Cluster:
    """Questions about topics to the broker. Keeps one connection; `close` it."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._admin = AdminClient({**options, "socket.timeout.ms": int(TIMEOUT * 1000)})

    def extents(self, topics: Iterable[str]) -> dict[Place, Extent]:
        """Every partition of the topics. Raises KafkaAway, also while a topic is not there (yet)."""
        try:
            described = self._admin.describe_topics(TopicCollection(list(topics)), request_timeout=TIMEOUT)
            ids: dict[Place, str] = {}
            for name, future in described.items():
                found = future.result()
                ids |= {(name, partition.id): str(found.topic_id) for partition in found.partitions}
            starts = self._offsets(ids, OffsetSpec.earliest())
            ends = self._offsets(ids, OffsetSpec.latest())
        except KafkaException as error:
            raise KafkaAway(f"the broker does not tell about {', '.join(topics)}: {error}") from error
        return {place: Extent(ids[place], starts[place], ends[place]) for place in ids}

    def _offsets(self, places: Iterable[Place], spec: OffsetSpec) -> dict[Place, int]:
        wanted = {TopicPartition(*place): spec for place in places}
        answers = self._admin.list_offsets(wanted, request_timeout=TIMEOUT)
        return {(tp.topic, tp.partition): known(tp, future.result().offset) for tp, future in answers.items()}


def known(partition: TopicPartition, offset: int) -> int:
    """The offset that a broker told. Raises KafkaAway for librdkafka's «invalid» (-1001): a broker that is just coming
    up may answer so, and it means that it does not know yet, not that the topic was cut."""
    if offset < 0:
        raise KafkaAway(f"the broker does not know yet where {partition.topic} partition {partition.partition} ends")
    return offset


def read(
    options: Mapping[str, Any],
    group: str,
    ranges: Mapping[Place, Range],
    batch: int = 10_000,
    headers: bool = False,
) -> Generator[list[RawRecord], None, None]:
    """The records of the ranges in lists of at most `batch`, in order within each partition.

    `group` is never joined nor committed to; the broker's authorizer only asks for its name. Raises BrokenTopic when an
    offset is no longer there, KafkaAway when the broker stops answering.
    """
    ends = {place: end for place, (start, end) in ranges.items() if start < end}
    if not ends:
        return
    consumer = Consumer(_consumer_options(options, group))
    try:
        consumer.assign([TopicPartition(*place, ranges[place][0]) for place in ends])
        last, left = time.monotonic(), sum(end - ranges[place][0] for place, end in ends.items())
        while ends:
            messages = consumer.consume(min(batch, left), timeout=0.5)  # for more than there are it would wait
            records = _records(messages, ends, headers)
            if records:
                last = time.monotonic()
                yield records
            if not messages and time.monotonic() - last > STALLED:
                raise KafkaAway(f"no record for {STALLED:.0f} s from {sorted(ends)}")
            left = _drop_finished(consumer, ends, ranges)
    finally:
        consumer.close()


def _consumer_options(options: Mapping[str, Any], group: str) -> dict[str, Any]:
    return {
        **options,
        "group.id": group,
        "enable.auto.commit": False,
        "enable.auto.offset.store": False,
        "allow.auto.create.topics": False,
        "auto.offset.reset": "error",
        "enable.partition.eof": True,
        "check.crcs": True,
        "fetch.message.max.bytes": 1 << 20,
        "queued.max.messages.kbytes": 32 << 10,
        "fetch.wait.max.ms": 50,
    }


def _records(messages: Iterable[Any], ends: dict[Place, int], headers: bool) -> list[RawRecord]:
    """The records before their partition's end. A partition whose last record is before its end (a hole at the end of
    the log) is taken out of `ends` when librdkafka tells that it has read all."""
    records: list[RawRecord] = []
    add = records.append
    for message in messages:
        error = message.error()
        topic, partition, offset = message.topic(), message.partition(), message.offset()
        if error is not None:
            _judge(error, topic, partition, ends)
            continue
        if offset < ends.get((topic, partition), 0):
            extra = tuple(message.headers() or ()) if headers else ()
            add(RawRecord(topic, partition, offset, message.key(), message.value(), message.timestamp()[1], extra))
    return records


def _judge(error: KafkaError, topic: str | None, partition: int | None, ends: dict[Place, int]) -> None:
    if error.code() == KafkaError._PARTITION_EOF:
        if topic is not None and partition is not None:
            ends.pop((topic, partition), None)
    elif error.code() in (KafkaError._AUTO_OFFSET_RESET, KafkaError.OFFSET_OUT_OF_RANGE):
        raise BrokenTopic(f"{topic} partition {partition}: {error.str()}")
    elif error.fatal() or not error.retriable():
        raise KafkaAway(f"{topic} partition {partition}: {error.str()}")


def _drop_finished(consumer: Consumer, ends: dict[Place, int], ranges: Mapping[Place, Range]) -> int:
    """Take out of `ends` what is read to its end; how many records are left, holes counted."""
    left, done = 0, []
    for tp in consumer.position([TopicPartition(*place) for place in ends]):
        place = (tp.topic, tp.partition)
        at = max(tp.offset, ranges[place][0])  # before its first record a position is «invalid», below 0
        missing = ends[place] - at
        if missing <= 0:
            done.append(tp)
            del ends[place]
        left += max(0, missing)
    if done and ends:
        consumer.pause([TopicPartition(tp.topic, tp.partition) for tp in done])
    return left
