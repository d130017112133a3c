"""A leaked credential writes a forged event with the right `prev` before the owner does: the owner's read-back finds
it, audit judges it, every reader folds it out, and the owner goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import psycopg
import pytest
from confluent_kafka import Producer

from services.audit.service import definition as audit_definition
from services.registry.domain.unit.events import UnitRenamed
from services.registry.service import SERVICE as REGISTRY
from sevenx.kernel.avro import catalog
from sevenx.kernel.clock import wall_now
from sevenx.kernel.envelope import Meta, uuid7, value_hash
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from sevenx.local.secret_files import ensure_ed25519
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import RunningService, running, settings_of, wait_until


@dataclass(frozen=True)
class Scene:
    """Registry and audit of one district, the roster imported."""

    registry: RunningService
    audit: RunningService

    @property
    def unit(self) -> str:
        return f"{self.registry.district}-U-commerce"

    def add_alias(self, name: str) -> httpx.Response:
        """A command for the unit's stream."""
        office = self.registry.office("district_office")
        return office.post(f"/units/{self.unit}/aliases", {"name": name, "source": "模拟数据"})

    def name(self) -> str:
        """The unit's name in the registry's read model."""
        return str(self.registry.office("auditor").get(f"/units/{self.unit}").json()["zh"])

    def log(self) -> list[bytes]:
        """The unit's events in the owner's log."""
        with psycopg.connect(self.registry.settings.database) as connection:
            query = "SELECT value FROM log.events WHERE stream = %s ORDER BY version"
            return [bytes(value) for (value,) in connection.execute(query, (self.unit,))]

    def blocked(self) -> list[str]:
        with psycopg.connect(self.registry.settings.database) as connection:
            return [stream for (stream,) in connection.execute("SELECT stream FROM log.blocked_streams")]


@pytest.fixture
def scene(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path: Path) -> Iterator[Scene]:
    ensure_ed25519(tmp_path / "seal.pem", tmp_path / "seals" / "seal.pub")
    with ExitStack() as stack:
        registry = stack.enter_context(running(REGISTRY, postgres, kafka))
        audit = audit_definition()
        settings = settings_of(audit, postgres, kafka, registry.district)
        settings = replace(settings, seals=str(tmp_path / "seals"), seal_key=(tmp_path / "seal.pem").read_text())
        scene = Scene(registry, stack.enter_context(running(audit, postgres, kafka, settings=settings)))
        imported = registry.office("operator").post("/roster/import", roster_body(registry.district))
        assert imported.status_code == 200, imported.text
        registry.wait_drained()
        yield scene


def forged(scene: Scene) -> bytes:
    """The next version of the unit's stream, linked to its head, as the registry never wrote it."""
    now, log = wall_now(), scene.log()
    meta = Meta(
        prev=value_hash(log[-1]),
        id=uuid7(),
        version=len(log) + 1,
        district=scene.registry.district,
        stream=scene.unit,
        occurred_at=now,
        recorded_at=now,
        actor="nobody",
        on_behalf_of=None,
        command=bytes(32),
        correlation=uuid7(),
        causation=None,
    )
    renamed = UnitRenamed("冒名单位（模拟）", "Impostor (sample)", scene.name(), now.date(), "伪造")
    return catalog().encode("registry", renamed, meta)


def send_as_the_registry(scene: Scene, value: bytes) -> tuple[int, int]:
    """Produce with the registry's own credential; partition and offset."""
    settings = scene.registry.settings
    login = KafkaLogin(settings.kafka, settings.kafka_user, settings.kafka_password)
    placed: list[tuple[int, int]] = []
    producer = Producer(login.librdkafka_options())
    producer.produce(
        events_topic(settings.district, "registry"),
        key=scene.unit.encode(),
        value=value,
        partition=partition_of(scene.unit),
        on_delivery=lambda error, message: (
            placed.append((message.partition(), message.offset())) if not error else None
        ),
    )
    assert producer.flush(10) == 0
    return placed[0]


def test_a_forged_next_version_blocks_its_stream_until_audit_has_concluded(scene: Scene) -> None:
    true_name, versions = scene.name(), len(scene.log())
    value = forged(scene)
    partition, offset = send_as_the_registry(scene, value)
    auditor = scene.audit.office("auditor")
    wait_until(lambda: len(auditor.get("/forks", open=True).json()) == 1, 30)
    wait_until(lambda: scene.name() == "冒名单位（模拟）", 30)
    assert scene.blocked() == [scene.unit]
    refused = scene.add_alias("区商务和招商局（模拟）")
    assert (refused.status_code, refused.json()["type"]) == (423, "urn:sevenx:problem:stream-forked")
    assert len(scene.log()) == versions

    [fork] = auditor.get("/forks", open=True).json()
    assert (fork["area"], fork["forked_stream"], fork["forked_version"]) == ("registry", scene.unit, versions + 1)
    assert (fork["partition"], fork["offset"]) == (partition, offset)
    body = {
        "area": "registry",
        "record_hash": value_hash(value).hex(),
        "partition": partition,
        "offset": offset,
        "stream": scene.unit,
        "version": versions + 1,
        "reason": "模拟数据：登记服务没有写过这条记录",
        "tampering": True,
    }
    concluded = scene.audit.office("operator").post("/discards", body)
    assert concluded.status_code == 201, concluded.text
    wait_until(lambda: scene.name() == true_name, 30)
    wait_until(lambda: scene.blocked() == [], 30)

    accepted = scene.add_alias("区商务和招商局（模拟）")
    assert accepted.status_code == 200, accepted.text
    scene.registry.wait_drained()
    names = scene.registry.office("auditor").get(f"/units/{scene.unit}", after=accepted.json()["position"]).json()
    assert "区商务和招商局（模拟）" in {one["name"] for one in names["names"]}
    assert scene.registry.office("auditor").get("/projections/verify").json()["equal"]
