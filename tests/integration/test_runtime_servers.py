"""The PostgreSQL and the Kafka of the embedded runtime, on their own."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from kafka import KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from sevenx.local.errors import LocalError
from sevenx.local.kafka import Kafka, why_not_ready
from sevenx.local.logins import KafkaLogin
from sevenx.local.postgres import Postgres
from tests.conftest import SharedPostgres


def test_a_role_opens_its_own_database_and_no_other(postgres: SharedPostgres) -> None:
    mine, other = postgres.create_database(), postgres.create_database()
    with psycopg.connect(mine.owner_url) as connection:
        connection.execute("CREATE TABLE things (id int)")
    with psycopg.connect(mine.app_url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (mine.app_role,)
    for database in (other.name, "postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(postgres.server.url(database, mine.app_role, "app-secret"))


def test_databases_may_be_made_at_the_same_time(postgres: SharedPostgres) -> None:
    with ThreadPoolExecutor(8) as many:
        made = list(many.map(postgres.create_database, [f"side_{n}" for n in range(16)]))
    for one in made:
        psycopg.connect(one.app_url).close()


def test_postgres_refuses_a_wrong_password(postgres: SharedPostgres) -> None:
    mine = postgres.create_database()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.server.url(mine.name, mine.app_role, "guessed"))


def test_postgres_keeps_what_was_committed_before_a_kill(tmp_path: Path) -> None:
    server = Postgres(tmp_path / "deep" / "pg")
    with server:
        url = server.create_database("kept", owner=("kept_owner", "a"), app=("kept_app", "b"))
        with psycopg.connect(server.url("kept", "kept_owner", "a")) as connection:
            connection.execute(
                "CREATE TABLE things (id int); INSERT INTO things VALUES (7); GRANT SELECT ON things TO kept_app"
            )
        server.kill9()
        assert server.why_not_ready() is not None
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT id FROM things").fetchone() == (7,)


def test_postgres_says_why_it_did_not_start(tmp_path: Path) -> None:
    with Postgres(tmp_path / "one") as one, pytest.raises(LocalError, match="Address already in use"):
        Postgres(tmp_path / "two", port=one.port).start(10)


def test_kafka_takes_the_admin_and_nobody_with_a_wrong_password(kafka: KafkaLogin) -> None:
    assert why_not_ready(kafka) is None
    reason = why_not_ready(replace(kafka, password="guessed"), 1)
    assert reason is not None
    assert "uthentication" in reason


def test_kafka_makes_no_topic_by_itself(kafka: KafkaLogin) -> None:
    name = f"test-{uuid.uuid4().hex}"
    with (
        closing(KafkaProducer(**kafka.client_options(), max_block_ms=1500)) as producer,
        pytest.raises(KafkaError),
    ):
        producer.send(name, b"value").get(timeout=3)
    with KafkaAdminClient(**kafka.client_options()) as admin:
        assert name not in admin.list_topics()


def test_kafka_comes_back_after_a_kill_with_its_topics(tmp_path: Path) -> None:
    with Kafka(tmp_path / "kafka") as server:
        with KafkaAdminClient(**server.admin().client_options()) as admin:
            admin.create_topics({"kept": {"num_partitions": 2, "replication_factor": 1}})
        server.kill9()
        server.start()
        with KafkaAdminClient(**server.admin().client_options()) as admin:
            assert "kept" in admin.list_topics()


def test_kafka_says_why_it_did_not_start(tmp_path: Path) -> None:
    with Postgres(tmp_path / "pg") as other, pytest.raises(LocalError, match="Address already in use"):
        Kafka(tmp_path / "kafka", port=other.port).start(20)
