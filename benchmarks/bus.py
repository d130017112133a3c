"""Histories onto Kafka, as the relay sends them; and reading them by librdkafka alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from confluent_kafka import Consumer, Producer, TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from benchmarks.harness import expect
from benchmarks.history import History
from sevenx.kernel.cloudevents import headers_of, recorded_ms
from sevenx.kernel.testing.sample import AREA, sample_catalog
from sevenx.kernel.topics import PARTITIONS, partition_of

WAIT = 30.0
"""Seconds within which the broker must answer."""


def publish(options: Mapping[str, Any], history: History) -> None:
    """Create the history's topic and send all its events with key, partition, headers and timestamp of the relay."""
    admin = AdminClient(dict(options))
    for future in admin.create_topics([NewTopic(history.topic, PARTITIONS, 1, config={"retention.ms": "-1"})]).values():
        future.result(WAIT)
    for future in admin.describe_topics(TopicCollection([history.topic])).values():
        future.result(WAIT)
    producer = Producer(
        {**options, "enable.idempotence": True, "linger.ms": 20, "queue.buffering.max.messages": 200_000}
    )
    failed: list[str] = []

    def delivered(error: Any, _message: Any) -> None:
        if error is not None:
            failed.append(str(error))

    catalog = sample_catalog()
    for stream, _, _, value in history:
        schema = catalog.writer_of(value)
        assert schema is not None
        record = {
            "key": stream.encode(),
            "value": value,
            "partition": partition_of(stream),
            "timestamp": recorded_ms(value),
            "headers": headers_of(schema, history.district, AREA, stream, value, None),
        }
        while True:
            try:
                producer.produce(history.topic, on_delivery=delivered, **record)
                break
            except BufferError:
                producer.poll(0.1)
    expect("records not sent", (producer.flush(WAIT), failed[:3]), (0, []))


def consume(options: Mapping[str, Any], history: History) -> None:
    """Read every record of the history by librdkafka, and do nothing with it. Options as the product's reader has."""
    consumer = Consumer(
        {
            **options,
            "group.id": "bench-consume",
            "enable.auto.commit": False,
            "enable.auto.offset.store": False,
            "auto.offset.reset": "error",
            "check.crcs": True,
            "fetch.message.max.bytes": 4 << 20,
            "queued.max.messages.kbytes": 64 << 10,
        }
    )
    try:
        places = [TopicPartition(history.topic, partition, 0) for partition in range(PARTITIONS)]
        consumer.assign(places)
        found = 0
        while found < history.events:
            messages = consumer.consume(min(10_000, history.events - found), timeout=WAIT)
            if not messages:
                break
            found += len(messages)
        expect("the offsets reached", sum(p.offset for p in consumer.position(places)), history.events)
    finally:
        consumer.close()
