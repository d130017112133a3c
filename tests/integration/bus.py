"""What the tests share that write to and read from the real bus: topics of a district of their own, and all records."""

from __future__ import annotations

import random
from collections.abc import Iterator

from confluent_kafka import Consumer, KafkaError, Message, TopicPartition
from kafka import KafkaAdminClient

from sevenx.kernel.settings import Settings
from sevenx.kernel.topics import PARTITIONS, events_topic, quarantine_topic
from sevenx.local.logins import KafkaLogin


def fresh_district() -> str:
    """Six digits that no other test uses; 9 as the first belongs to no province."""
    return f"9{random.SystemRandom().randrange(10**5):05d}"


def create_topics(kafka: KafkaLogin, district: str, *areas: str) -> None:
    """The events and quarantine topics of the areas, as provisioning makes them."""
    admin = KafkaAdminClient(**kafka.client_options())
    config = {"retention.ms": "-1"}
    try:
        admin.create_topics(
            {
                name: {"num_partitions": partitions, "replication_factor": 1, "configs": config}
                for area in areas
                for name, partitions in (
                    (events_topic(district, area), PARTITIONS),
                    (quarantine_topic(district, area), 1),
                )
            },
            wait_for_metadata=True,
        )
    finally:
        admin.close()


def settings_for(kafka: KafkaLogin, district: str, area: str, database: str) -> Settings:
    """Settings of a service that works as the broker's super user."""
    return Settings(
        area=area,
        district=district,
        database=database,
        kafka=kafka.bootstrap,
        kafka_user=kafka.user,
        kafka_password=kafka.password,
        issuer="http://127.0.0.1:9/issuer",
    )


def records(kafka: KafkaLogin, topic: str) -> Iterator[Message]:
    """Every record of a topic, partition by partition, in order, up to its present end."""
    consumer = Consumer(
        {
            **kafka.librdkafka_options(),
            "group.id": f"test-{topic}",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "fetch.wait.max.ms": 10,
        }
    )
    try:
        partitions = sorted(consumer.list_topics(topic, timeout=10).topics[topic].partitions)
        consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
        found: dict[int, list[Message]] = {number: [] for number in partitions}
        open_ones = set(partitions)
        while open_ones:
            message = consumer.poll(10)
            assert message is not None, f"{topic}: nothing came within 10 s; read so far: {found}"
            error, number = message.error(), message.partition()
            if error is None:
                found[number].append(message)
                continue
            assert error.code() == KafkaError._PARTITION_EOF, error
            open_ones.discard(number)
    finally:
        consumer.close()
    for number in partitions:
        yield from found[number]
