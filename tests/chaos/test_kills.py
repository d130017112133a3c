"""One kill at one known point: a service between its append and the publication, between the application of an event
and the commit. The random kills are in test_chaos."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from services.registry.service import SERVICE
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.service_process import RunningService, settings_of, spawned, wait_ready, wait_until

POINTS = ("relay.sent", "relay.acknowledged", "relay.deleted", "reader.applied", "reader.committed")


@pytest.mark.parametrize("point", POINTS)
def test_a_service_killed_on_the_way_of_an_event_neither_loses_nor_repeats_it(
    postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path, point: str
) -> None:
    settings = settings_of(SERVICE, postgres, kafka)
    service = RunningService(SERVICE, settings, f"http://{settings.bind}")
    log = tmp_path / "service.log"
    try:
        with spawned(settings, log, SEVENX_FAULT=point) as victim:
            wait_ready(settings)
            register(service)
            assert victim.wait(30) == -signal.SIGKILL
        with spawned(settings, log):
            wait_ready(settings)
            answer = register(service)
            assert answer is not None
            assert (answer["replayed"], answer["events"]) == (True, ["PersonRegistered"])
            service.wait_drained()
            operator = service.office("operator")
            assert operator.get("/projections/verify").json()["equal"]
            wait_until(lambda: operator.get("/status").json()["outbox"]["rows"] == 0, 20)
    finally:
        service.close()
    with psycopg.connect(settings.database) as connection:
        events = connection.execute("SELECT value FROM log.events", binary=True).fetchall()
        assert connection.execute("SELECT count(*) FROM read.person").fetchone() == (1,)
    on_the_bus = [message.value() for message in records(kafka, events_topic(settings.district, "registry"))]
    assert len(events) == 1
    assert set(on_the_bus) == {events[0][0]}
    assert len(on_the_bus) == (2 if point == "relay.acknowledged" else len(on_the_bus)) <= 2


def register(service: RunningService) -> dict[str, Any] | None:
    """Register a fictional person under one key; None when the service died before it could answer."""
    body = {"id": f"{service.district}-N-jia-yi", "zh": "甲某（模拟）", "en": "Jia (sample)", "basis": "模拟数据"}
    try:
        answer = service.office("district_office").post("/people", body, key="the-one-key")
    except httpx.TransportError:
        return None
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
