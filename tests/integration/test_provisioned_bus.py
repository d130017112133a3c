"""Provisioning: topics, users, ACLs and schemas from one declaration, again and again with the same result."""

from __future__ import annotations

import pytest
from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, ConfigResource

from sevenx.declaration import services, writing_services
from sevenx.kernel.avro import catalog
from sevenx.kernel.provision import provision, read_schemas, topics_of
from sevenx.kernel.topics import events_topic, kafka_user, quarantine_topic
from sevenx.local.logins import KafkaLogin
from tests.integration.bus import fresh_district

OTHER = "999998"


@pytest.fixture(scope="module")
def district(kafka: KafkaLogin) -> str:
    code = fresh_district()
    for one in (code, OTHER):
        provision(kafka.bootstrap, kafka.user, kafka.password, one, passwords())
    return code


def passwords() -> dict[str, str]:
    return {name: f"{name}-secret" for name in (*(s.area for s in services()), "reader")}


def login(kafka: KafkaLogin, district: str, name: str) -> dict[str, str]:
    user = kafka_user(district, name)
    return KafkaLogin(kafka.bootstrap, user, f"{name}-secret").librdkafka_options()


def refusal_of_write(client: dict[str, str], topic: str) -> str | None:
    """The broker's refusal to take a record, or None when it took it."""
    refused: list[str] = []
    producer = Producer({**client, "message.timeout.ms": 8000})
    producer.produce(
        topic, key=b"k", value=b"v", partition=0, on_delivery=lambda e, _: refused.append(e.name() if e else "")
    )
    producer.flush(10)
    return refused[0] or None


def test_every_topic_keeps_its_records_for_ever(kafka: KafkaLogin, district: str) -> None:
    admin = AdminClient(kafka.librdkafka_options())
    for name in topics_of(district):
        resource = ConfigResource(ConfigResource.Type.TOPIC, name)
        found = admin.describe_configs([resource])[resource].result(10)
        assert found["retention.ms"].value == "-1", name
        assert found["cleanup.policy"].value == ("compact" if name.endswith(".schemas") else "delete")


def test_provisioning_again_changes_nothing(kafka: KafkaLogin, district: str) -> None:
    before = read_schemas(kafka.librdkafka_options(), district)
    provision(kafka.bootstrap, kafka.user, kafka.password, district, passwords())
    assert read_schemas(kafka.librdkafka_options(), district) == before
    assert set(before) == {schema.fingerprint for schema in catalog().schemas()}


@pytest.mark.parametrize("writer", [s.area for s in writing_services()])
def test_a_service_writes_its_own_topic_and_no_other(kafka: KafkaLogin, district: str, writer: str) -> None:
    client = login(kafka, district, writer)
    assert refusal_of_write(client, events_topic(district, writer)) is None
    for area in (s.area for s in writing_services() if s.area != writer):
        assert refusal_of_write(client, events_topic(district, area)) == "TOPIC_AUTHORIZATION_FAILED"


def test_a_service_without_events_writes_its_quarantine_alone(kafka: KafkaLogin, district: str) -> None:
    client = login(kafka, district, "portal")
    assert events_topic(district, "portal") not in topics_of(district)
    assert refusal_of_write(client, quarantine_topic(district, "portal")) is None
    for area in (s.area for s in writing_services()):
        assert refusal_of_write(client, events_topic(district, area)) == "TOPIC_AUTHORIZATION_FAILED"


def test_a_district_cannot_write_anothers_topic(kafka: KafkaLogin, district: str) -> None:
    client = login(kafka, district, "projects")
    assert refusal_of_write(client, events_topic(OTHER, "projects")) is not None


def test_the_reader_reads_and_cannot_write(kafka: KafkaLogin, district: str) -> None:
    client = login(kafka, district, "reader")
    assert refusal_of_write(client, events_topic(district, "registry")) is not None
    assert len(read_schemas(client, district)) == len(catalog().schemas())


def test_no_service_may_open_a_transaction(kafka: KafkaLogin, district: str) -> None:
    producer = Producer({**login(kafka, district, "projects"), "transactional.id": f"{district}-projects"})
    with pytest.raises(KafkaException, match="TRANSACTIONAL_ID_AUTHORIZATION_FAILED"):
        producer.init_transactions(10)


def test_a_wrong_password_is_refused(kafka: KafkaLogin, district: str) -> None:
    wrong = KafkaLogin(kafka.bootstrap, kafka_user(district, "reader"), "wrong").librdkafka_options()
    consumer = Consumer({**wrong, "group.id": "x", "socket.timeout.ms": 5000})
    with pytest.raises(KafkaException):
        consumer.list_topics(timeout=5)
    consumer.close()
