"""The log on a live broker, read by librdkafka up to the end offsets of the moment of opening."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from confluent_kafka import Consumer, KafkaException, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient

from sevenx.kernel.envelope import value_hash
from sevenx.kernel.topics import parse_events_topic, schemas_topic
from sevenx.proof.source import Extent, Place, Record, Topic, UnreadableLog

TIMEOUT = 5.0
"""Seconds for one answer of the broker."""
PORTION = 10_000
"""Records asked for at once."""
STALLED = 30.0
"""Seconds without a record before the end offset, after which the reading is given up."""


class KafkaSource:
    """A district's events topics and its schemas topic."""

    def __init__(self, options: Mapping[str, Any], district: str, areas: Collection[str]) -> None:
        """`options` are librdkafka's (a login's `librdkafka_options()`); UnreadableLog when the broker is not there."""
        self._options = dict(options)
        self.district = district
        self._areas = areas
        self.topics: Sequence[Topic] = self._describe(areas)

    def _describe(self, areas: Collection[str]) -> list[Topic]:
        admin = AdminClient(self._options)
        try:
            metadata = admin.list_topics(timeout=TIMEOUT)
            wanted = [name for name in metadata.topics if self._wanted(name, areas)]
            described = admin.describe_topics(TopicCollection(wanted), request_timeout=TIMEOUT) if wanted else {}
            ids = {name: str(future.result().topic_id) for name, future in described.items()}
        except KafkaException as error:
            raise UnreadableLog(
                f"Kafka at {self._options.get('bootstrap.servers')} does not answer: {error}"
            ) from error
        consumer = self._consumer()
        try:
            return [
                Topic(
                    name,
                    ids[name],
                    tuple(self._extent(consumer, name, p) for p in sorted(metadata.topics[name].partitions)),
                )
                for name in sorted(wanted)
            ]
        finally:
            consumer.close()

    def _wanted(self, name: str, areas: Collection[str]) -> bool:
        parsed = parse_events_topic(name)
        of_events = parsed is not None and parsed[0] == self.district and (not areas or parsed[1] in areas)
        return of_events or name == schemas_topic(self.district)

    @staticmethod
    def _extent(consumer: Consumer, topic: str, partition: int) -> Extent:
        begin, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=TIMEOUT)
        return Extent(begin, end)

    def _consumer(self) -> Consumer:
        return Consumer(
            {
                **self._options,
                "group.id": f"{self.district}-reader-verify",
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "auto.offset.reset": "error",
                "check.crcs": True,
                "fetch.message.max.bytes": 4 << 20,
                "queued.max.messages.kbytes": 64 << 10,
                "fetch.wait.max.ms": 50,  # a partition that is read to its end does not hold up the others
            }
        )

    def read(self, places: Collection[Place]) -> Iterator[Sequence[Record]]:
        extents = {(topic.name, p): extent for topic in self.topics for p, extent in enumerate(topic.partitions)}
        open_ends = {place: extents[place] for place in places if extents[place].end > extents[place].begin}
        if not open_ends:
            return
        consumer = self._consumer()
        try:
            consumer.assign([TopicPartition(*place, extent.begin) for place, extent in open_ends.items()])
            yield from _until(consumer, {place: extent.end for place, extent in open_ends.items()})
        finally:
            consumer.close()

    def tail(self, ends: Mapping[Place, int]) -> set[bytes]:
        """Hashes of the values at or after these offsets, up to the present end."""
        now = self._describe(self._areas)
        self.topics = [
            Topic(
                t.name, t.id, tuple(Extent(ends.get((t.name, n), e.begin), e.end) for n, e in enumerate(t.partitions))
            )
            for t in now
        ]
        places = [(t.name, n) for t in self.topics for n in range(len(t.partitions))]
        return {value_hash(record.value() or b"") for records in self.read(places) for record in records}

    def damage(self) -> Sequence[tuple[Place, str]]:
        return ()


def _until(consumer: Consumer, ends: Mapping[Place, int]) -> Iterator[Sequence[Record]]:
    """Portions up to the end offsets; records that came later are left out."""
    positions = [TopicPartition(*place) for place in ends]
    left, last = sum(ends.values()), time.monotonic()
    while True:
        # Never more than are left: the call would wait for them.
        messages = consumer.consume(num_messages=min(PORTION, left), timeout=0.5)
        if not messages and time.monotonic() - last > STALLED:
            raise UnreadableLog(f"no record for {STALLED:.0f} s, although the end offset is not reached")
        last = time.monotonic() if messages else last
        failed = next((m.error() for m in messages if m.error()), None)
        if failed is not None:
            raise UnreadableLog(f"reading failed: {failed}")
        reached = [(p.offset, ends[p.topic, p.partition]) for p in consumer.position(positions)]
        if any(position > end for position, end in reached):
            messages = [m for m in messages if m.offset() < ends[m.topic(), m.partition()]]
        if messages:
            yield messages
        left = sum(max(0, end - max(0, position)) for position, end in reached)
        if not left:
            return
