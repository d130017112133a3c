"""The registry is killed between the append and the bus: what it has acknowledged is there afterwards, once."""

from __future__ import annotations

import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from services.registry.service import SERVICE
from sevenx.kernel.envelope import GENESIS, PREV, value_hash
from sevenx.kernel.settings import Settings
from sevenx.kernel.topics import events_topic
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bus import records
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import Caller, RunningService, settings_of, spawned, wait_ready

KEY = "founding-of-the-district"


@pytest.fixture
def service(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    settings = settings_of(SERVICE, postgres, kafka)
    service = RunningService(SERVICE, settings, f"http://{settings.bind}")
    yield service
    service.close()


@pytest.mark.parametrize("point", ["relay.sent", "relay.acknowledged", "relay.deleted"])
def test_a_registry_killed_between_append_and_publish_loses_nothing_and_repeats_nothing(
    service: RunningService, kafka: KafkaLogin, tmp_path: Path, point: str
) -> None:
    operator, log = service.office("operator"), tmp_path / "registry.log"
    with spawned(service.settings, log, SEVENX_FAULT=point) as doomed:
        wait_ready(service.settings)
        acknowledged = import_roster(operator)
        assert doomed.wait(60) == -signal.SIGKILL
    before = the_log(service.settings)
    assert before, "the roster was committed before the relay could send it"

    with spawned(service.settings, log):
        wait_ready(service.settings)
        again = import_roster(operator)
        assert again is not None
        assert again["replayed"]
        if acknowledged is not None:
            assert acknowledged["position"] == again["position"]
        service.wait_drained(60)
        assert operator.get("/projections/verify").json()["equal"]
        assert len(operator.get("/groups").json()) == 7
    assert the_log(service.settings) == before
    assert the_bus(service.settings, kafka) == before


def import_roster(operator: Caller) -> dict[str, object] | None:
    """The answer; None when the process died before it could give one."""
    district = operator.sub[:6]
    try:
        answer = operator.post("/roster/import", roster_body(district), key=KEY)
    except httpx.TransportError:
        return None
    assert answer.status_code == 200, answer.text
    told: dict[str, object] = answer.json()
    return told


def the_log(settings: Settings) -> dict[str, list[bytes]]:
    """Each stream's values in PostgreSQL, in order."""
    found: dict[str, list[bytes]] = defaultdict(list)
    with psycopg.connect(settings.database) as connection:
        for stream, value in connection.execute("SELECT stream, value FROM log.events ORDER BY stream, version"):
            found[stream].append(bytes(value))
    return dict(found)


def the_bus(settings: Settings, kafka: KafkaLogin) -> dict[str, list[bytes]]:
    """Each stream's values on the bus, in order; what stands there twice is the same bytes, and counts once."""
    found: dict[str, list[bytes]] = defaultdict(list)
    for message in records(kafka, events_topic(settings.district, settings.area)):
        stream, value = (message.key() or b"").decode(), message.value() or b""
        if value in found[stream]:
            continue
        assert value[PREV] == (value_hash(found[stream][-1]) if found[stream] else GENESIS), stream
        found[stream].append(value)
    return dict(found)
