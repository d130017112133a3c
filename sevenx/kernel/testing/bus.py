"""Writing to a bus in tests: events of the sample service, and whatever else a test wants to find there."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Producer, TopicCollection
from confluent_kafka.admin import AdminClient, NewTopic

from sevenx.declaration import AUDIT
from sevenx.kernel.avro import Catalog
from sevenx.kernel.envelope import GENESIS, Meta, uuid7, value_hash
from sevenx.kernel.testing.sample import AREA, sample_catalog
from sevenx.kernel.topics import PARTITIONS, events_topic, partition_of, quarantine_topic


def fresh_district() -> str:
    """Six digits that no other test uses: topics and groups are named by the district."""
    return f"{random.SystemRandom().randrange(700_000, 1_000_000)}"


@dataclass
class Written:
    """A stream's last event as its writer knows it."""

    version: int = 0
    hash: bytes = GENESIS


@dataclass
class Bus:
    """A district's topics on a real broker. `options` are librdkafka's, of a principal that may do everything."""

    options: Mapping[str, Any]
    district: str = field(default_factory=fresh_district)
    catalog: Catalog = field(default_factory=sample_catalog)
    heads: dict[tuple[str, str], Written] = field(default_factory=dict)

    @cached_property
    def _producer(self) -> Producer:
        return Producer({**self.options, "enable.idempotence": True, "linger.ms": 0})

    def create(self, *areas: str) -> Bus:
        """Make the events topics of areas; when none is named, the bank's, audit's and the bank's quarantine topic."""
        names = {events_topic(self.district, area): PARTITIONS for area in (areas or (AREA, AUDIT))}
        if not areas:
            names[quarantine_topic(self.district, AREA)] = 1
        admin = AdminClient(dict(self.options))
        made = admin.create_topics([NewTopic(name, n, 1, config={"retention.ms": "-1"}) for name, n in names.items()])
        for future in made.values():
            future.result(10)
        while not self._all_known(admin, list(names)):
            pass
        return self

    @staticmethod
    def _all_known(admin: AdminClient, names: list[str]) -> bool:
        """Whether the broker answers about them; just after they were made it may not yet."""
        try:
            return all(future.result(10) for future in admin.describe_topics(TopicCollection(names)).values())
        except KafkaException as error:
            if error.args[0].code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
                raise
            return False

    def delete(self, area: str) -> None:
        """Delete an area's events topic."""
        admin = AdminClient(dict(self.options))
        for future in admin.delete_topics([events_topic(self.district, area)]).values():
            future.result(10)

    def encode(
        self,
        stream: str,
        event: Any,
        *,
        area: str = AREA,
        after: Written | None = None,
        when: datetime | None = None,
        actor: str = "tester",
    ) -> bytes:
        """The value of the stream's next event, or of the one after a given head; nothing is sent or remembered. `when`
        it happened and was recorded is now, if it is not told."""
        head = after or self.heads.get((area, stream), Written())
        now = when or datetime.now(UTC)
        meta = Meta(
            prev=head.hash,
            id=uuid7(),
            version=head.version + 1,
            district=self.district,
            stream=stream,
            occurred_at=now,
            recorded_at=now,
            actor=actor,
            on_behalf_of=None,
            command=uuid7() * 2,
            correlation=uuid7(),
            causation=None,
        )
        return self.catalog.encode(area, event, meta)

    def next(
        self, stream: str, event: Any, *, area: str = AREA, when: datetime | None = None, actor: str = "tester"
    ) -> bytes:
        """The value of the stream's next event, which is remembered as written."""
        value = self.encode(stream, event, area=area, when=when, actor=actor)
        head = self.heads.setdefault((area, stream), Written())
        head.version, head.hash = head.version + 1, value_hash(value)
        return value

    def send(self, records: Iterable[tuple[str, bytes | None]], *, area: str = AREA) -> None:
        """Send (stream, value) pairs to an area's topic, in order, and wait until the broker has them all."""
        self.send_raw((events_topic(self.district, area), partition_of(s), s.encode(), value) for s, value in records)

    def send_raw(self, records: Iterable[tuple[str, int, bytes | None, bytes | None]]) -> None:
        """Send (topic, partition, key, value) as they are."""
        producer = self._producer
        failed: list[str] = []

        def delivered(error: Any, _message: Any) -> None:
            if error is not None:
                failed.append(str(error))

        for topic, partition, key, value in records:
            while True:
                try:
                    producer.produce(topic, partition=partition, key=key, value=value, on_delivery=delivered)
                    break
                except BufferError:
                    producer.poll(0.1)
        left = producer.flush(30)
        if left or failed:
            raise RuntimeError(f"not sent: {left} records, {failed[:3]}")

    def write(self, stream: str, *events: Any, area: str = AREA) -> list[bytes]:
        """Write the next events of a stream; their values."""
        values = [self.next(stream, event, area=area) for event in events]
        self.send(((stream, value) for value in values), area=area)
        return values
