"""Provisioning of the bus from the declaration: topics, SCRAM users, ACLs and the published schemas. Idempotent."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from kafka import KafkaAdminClient
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourceType,
)
from kafka.errors import TopicAlreadyExistsError

from sevenx.declaration import Service, services
from sevenx.kernel.avro import Catalog, catalog
from sevenx.kernel.errors import SevenXError
from sevenx.kernel.topics import PARTITIONS, events_topic, kafka_user, quarantine_topic, schemas_topic

READER = "reader"
"""The principal of auditors and outside readers: reads everything, writes nothing."""
_READ_SECONDS = 30.0
_FOR_EVER = {"retention.ms": "-1", "retention.bytes": "-1", "cleanup.policy": "delete", "min.insync.replicas": "1"}


class ProvisionFailed(SevenXError):
    """Kafka refused a part of the provisioning; the message names it."""


def provision(
    bootstrap: str,
    admin_user: str,
    admin_password: str,
    district: str,
    passwords: Mapping[str, str],
    replication: int = 1,
) -> None:
    """Create what is missing: topics, users, ACLs, schemas.

    `passwords` holds the SCRAM password of each area and of `reader`. Raises ProvisionFailed when Kafka refuses.
    """
    security = {
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": admin_user,
        "sasl_plain_password": admin_password,
    }
    admin = KafkaAdminClient(bootstrap_servers=bootstrap, client_id="provision", **security)
    try:
        _topics(admin, district, replication)
        _users(admin, district, passwords)
        _acls(admin, district)
    finally:
        admin.close()
    publish_schemas(
        {
            "bootstrap.servers": bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": admin_user,
            "sasl.password": admin_password,
        },
        district,
        catalog(),
    )


def topics_of(district: str) -> dict[str, tuple[int, dict[str, str]]]:
    """Every topic of a district: its partitions and settings."""
    wanted: dict[str, tuple[int, dict[str, str]]] = {
        schemas_topic(district): (1, {"cleanup.policy": "compact", "retention.ms": "-1"})
    }
    for service in services():
        if service.writes:
            wanted[events_topic(district, service.area)] = (PARTITIONS, dict(_FOR_EVER))
        wanted[quarantine_topic(district, service.area)] = (1, dict(_FOR_EVER))
    return wanted


def _topics(admin: KafkaAdminClient, district: str, replication: int) -> None:
    present = set(admin.list_topics())
    missing = {
        name: {"num_partitions": partitions, "replication_factor": replication, "configs": configs}
        for name, (partitions, configs) in topics_of(district).items()
        if name not in present
    }
    if missing:
        with suppress(TopicAlreadyExistsError):  # another provisioner was faster
            admin.create_topics(missing, wait_for_metadata=True)


def _users(admin: KafkaAdminClient, district: str, passwords: Mapping[str, str]) -> None:
    from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

    admin.alter_user_scram_credentials(
        [
            UserScramCredentialUpsertion(
                kafka_user(district, name), ScramMechanism.SCRAM_SHA_512, password, iterations=4096
            )
            for name, password in passwords.items()
        ]
    )


def _acls(admin: KafkaAdminClient, district: str) -> None:
    wanted = [acl for service in services() for acl in service_acls(district, service)]
    wanted += [
        _acl(kafka_user(district, READER), operation, ResourceType.TOPIC, f"{district}.", prefixed=True)
        for operation in (ACLOperation.READ, ACLOperation.DESCRIBE)
    ]
    wanted.append(
        _acl(kafka_user(district, READER), ACLOperation.READ, ResourceType.GROUP, f"{district}-{READER}", True)
    )
    result = admin.create_acls(wanted)
    if result["failed"]:
        raise ProvisionFailed(f"Kafka refused ACLs: {result['failed']}")


def service_acls(district: str, service: Service) -> list[ACL]:
    """What a service may do: write and read its own area's topics, read what it follows, use its own groups. No
    transactions: a TransactionalId is never granted. Whoever has no events has one topic of its own, its quarantine."""
    user = kafka_user(district, service.area)
    own = f"{district}.{service.area}."
    acls = [
        _acl(user, operation, ResourceType.TOPIC, own, prefixed=True)
        for operation in (ACLOperation.WRITE, ACLOperation.READ, ACLOperation.DESCRIBE)
    ]
    for area in service.reads():
        if area != service.area:
            acls += [
                _acl(user, operation, ResourceType.TOPIC, events_topic(district, area))
                for operation in (ACLOperation.READ, ACLOperation.DESCRIBE)
            ]
    acls += [
        _acl(user, operation, ResourceType.TOPIC, schemas_topic(district))
        for operation in (ACLOperation.READ, ACLOperation.DESCRIBE)
    ]
    acls.append(_acl(user, ACLOperation.READ, ResourceType.GROUP, f"{district}-{service.area}", prefixed=True))
    return acls


def _acl(user: str, operation: Any, kind: Any, name: str, prefixed: bool = False) -> ACL:
    pattern = ACLResourcePatternType.PREFIXED if prefixed else ACLResourcePatternType.LITERAL
    return ACL(
        principal=f"User:{user}",
        host="*",
        operation=operation,
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(kind, name, pattern),
    )


def publish_schemas(client: Mapping[str, Any], district: str, schemas: Catalog) -> int:
    """Write the schemas that the bus lacks; the number written. Key: fingerprint (8 bytes); value: the JSON text."""
    topic = schemas_topic(district)
    present = read_schemas(client, district)
    missing = [schema for schema in schemas.schemas() if schema.fingerprint not in present]
    producer = Producer({**client, "acks": "all", "enable.idempotence": True})
    failed: list[str] = []
    for schema in missing:
        text = json.dumps(schema.source, ensure_ascii=False, separators=(",", ":"))
        producer.produce(
            topic,
            key=schema.fingerprint,
            value=text.encode(),
            on_delivery=lambda error, _: failed.append(str(error)) if error else None,
        )
    if producer.flush(30) or failed:
        raise ProvisionFailed(f"schemas not published: {failed or 'no acknowledgement in 30 s'}")
    return len(missing)


def read_schemas(client: Mapping[str, Any], district: str) -> dict[bytes, str]:
    """The schemas on the bus by fingerprint, read to the end of the topic."""
    topic = schemas_topic(district)
    consumer = Consumer({**client, "group.id": f"{district}-{READER}-schemas", "enable.auto.commit": False})
    try:
        partition = TopicPartition(topic, 0, 0)
        end = _end_of(consumer, partition)
        consumer.assign([partition])
        found: dict[bytes, str] = {}
        at, until = 0, time.monotonic() + _READ_SECONDS
        while at < end:
            for message in consumer.consume(500, timeout=1.0):
                if message.error():
                    raise ProvisionFailed(f"{topic}: {message.error()}")
                found[bytes(message.key() or b"")] = (message.value() or b"").decode()
                at = (message.offset() or 0) + 1
            if time.monotonic() > until:
                raise ProvisionFailed(f"{topic}: read to offset {at} of {end} in {_READ_SECONDS} s")
        return found
    finally:
        consumer.close()


def _end_of(consumer: Consumer, partition: TopicPartition) -> int:
    """The end offset of a partition, whose leader may still be coming up after its creation."""
    until = time.monotonic() + _READ_SECONDS
    while True:
        try:
            return int(consumer.get_watermark_offsets(partition, timeout=10)[1])
        except KafkaException as error:
            if time.monotonic() > until:
                raise ProvisionFailed(f"{partition.topic}: no leader answers: {error}") from error
            consumer.poll(0.1)
