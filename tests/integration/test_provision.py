"""`sevenx provision` prepares a deployment's stores from its secrets, and changes nothing when it is run again."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from confluent_kafka.admin import AdminClient

from sevenx.cli.provision import command
from sevenx.declaration import services
from sevenx.deployment.secrets_folder import complete, password
from sevenx.kernel.databases import with_login
from sevenx.kernel.provision import topics_of
from sevenx.local.kafka import Kafka
from sevenx.local.postgres import Postgres

DISTRICT = "410804"


def provision(env: dict[str, str]) -> Result:
    return CliRunner().invoke(command, [], env={**os.environ, **env})


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    complete(tmp_path / "secrets", DISTRICT)
    return tmp_path / "secrets"


def test_empty_stores_become_a_districts_and_stay_so(tmp_path: Path, secrets: Path) -> None:
    with (
        Postgres(tmp_path / "pg", password=password(secrets, "postgres-postgres")) as server,
        Kafka(tmp_path / "kafka", admin_password=password(secrets, "kafka-admin")) as broker,
    ):
        bare = f"postgresql://127.0.0.1:{server.port}/postgres"
        env = {
            "SEVENX_DISTRICT": DISTRICT,
            "SEVENX_SECRETS": str(secrets),
            "SEVENX_ADMIN_DATABASE": bare,
            "SEVENX_KAFKA": broker.admin().bootstrap,
        }
        first, second = provision(env), provision(env)
        assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
        assert second.output.count("0 migrations carried out") == len(services())
        for one in services():
            url = with_login(bare, one.app_role, password(secrets, f"postgres-{one.app_role}"), one.database)
            with psycopg.connect(url) as connection:
                assert connection.execute("SELECT count(*) FROM log.events").fetchone() == (0,)
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("UPDATE log.events SET version = 2")
        user = f"{DISTRICT}-registry"
        login = {
            "bootstrap.servers": broker.admin().bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": user,
            "sasl.password": password(secrets, f"kafka-{user}"),
        }
        seen = {name for name in AdminClient(login).list_topics(timeout=10).topics if name.startswith(DISTRICT)}
        own = {name for name in topics_of(DISTRICT) if ".registry." in name or name.endswith(".schemas")}
        assert own <= seen < set(topics_of(DISTRICT))


def test_a_setting_that_is_missing_is_named_before_anything_is_done(secrets: Path) -> None:
    done = provision({"SEVENX_SECRETS": str(secrets), "SEVENX_DISTRICT": DISTRICT})
    assert "SEVENX_ADMIN_DATABASE is not set" in str(done.exception)
