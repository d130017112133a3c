"""Kafka away: commands succeed and wait in the outbox, the API stays ready, and all arrives when Kafka is back."""

from __future__ import annotations

from dataclasses import replace

import httpx
import psycopg

from services.registry.service import SERVICE as REGISTRY
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.service_process import running, settings_of, wait_until

NOWHERE = "127.0.0.1:9"


def test_commands_succeed_while_kafka_is_away_and_arrive_when_it_is_back(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    settings = settings_of(REGISTRY, postgres, kafka)
    person = {"id": f"{settings.district}-N-jia-yi", "zh": "甲乙（模拟）", "en": "Jia Yi", "basis": "模拟数据"}
    with running(REGISTRY, postgres, kafka, settings=replace(settings, kafka=NOWHERE)) as away:
        assert httpx.get(f"{away.url}/readyz").json()["ready"]
        accepted = away.office("district_office").post("/people", person)
        assert accepted.status_code == 201, accepted.text
        assert httpx.get(f"{away.url}/readyz").status_code == 200
        status = away.office("operator").get("/status").json()
        assert (status["outbox"]["rows"], status["drained"]) == (1, False)
        late = away.office("operator").get("/people", after=accepted.json()["position"])
        assert (late.status_code, late.json()["type"]) == (504, "urn:sevenx:problem:not-yet")

        def measured() -> bool:
            lines = httpx.get(f"{away.url}/metrics").text.splitlines()
            return any(line.startswith("sevenx_outbox_oldest_seconds") and float(line.split()[1]) > 0 for line in lines)

        wait_until(measured, 60)
    with running(REGISTRY, postgres, kafka, settings=settings) as back:
        back.wait_drained()
        people = back.office("operator").get("/people", after=accepted.json()["position"])
        assert people.status_code == 200
    with psycopg.connect(settings.database) as connection:
        assert connection.execute("SELECT count(*) FROM log.outbox").fetchone() == (0,)


def test_a_service_without_its_database_is_alive_and_not_ready(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    settings = settings_of(REGISTRY, postgres, kafka)
    with running(REGISTRY, postgres, kafka, settings=settings) as service:
        assert httpx.get(f"{service.url}/livez").status_code == 200
        name = psycopg.conninfo.conninfo_to_dict(settings.database)["dbname"]
        with psycopg.connect(postgres.url, autocommit=True) as admin:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        person = {"id": f"{service.district}-N-jia-yi", "zh": "甲", "en": "Jia", "basis": "模拟数据"}
        refused = service.office("district_office").post("/people", person, key="kept-by-the-client")
        assert (refused.status_code, refused.json()["type"]) == (503, "urn:sevenx:problem:database-unavailable")
        assert httpx.get(f"{service.url}/readyz", timeout=10).status_code == 503
        with psycopg.connect(postgres.url, autocommit=True) as admin:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
        wait_until(lambda: httpx.get(f"{service.url}/readyz", timeout=10).status_code == 200, 60)
        accepted = service.office("district_office").post("/people", person, key="kept-by-the-client")
        assert accepted.status_code == 201, accepted.text


def test_while_the_read_model_of_an_upgrade_is_built_a_request_is_told_to_come_again(
    postgres: SharedPostgres, kafka: KafkaLogin
) -> None:
    settings = settings_of(REGISTRY, postgres, kafka)
    with running(REGISTRY, postgres, kafka, settings=settings) as service:
        auditor = service.office("auditor")
        assert auditor.get("/people").status_code == 200
        with psycopg.connect(settings.database, autocommit=True) as connection:
            connection.execute("ALTER TABLE read.person RENAME TO person_of_before")
            early = auditor.get("/people")
            connection.execute("ALTER TABLE read.person_of_before RENAME TO person")
        assert (early.status_code, early.json()["type"]) == (503, "urn:sevenx:problem:rebuilding")
        assert early.headers["Retry-After"] == "2"
        assert auditor.get("/people").status_code == 200
