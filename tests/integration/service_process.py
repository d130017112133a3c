"""A service as a deployment runs it, for tests of its API: on its own migrated database, on the real bus with its own
Kafka principal, with tokens that a test issuer signs.

    with running(SERVICE, postgres, kafka) as service:
        office = service.office("commerce_bureau")          # or service.caller("410804-N-jia-yi", "liaison@…")
        answer = office.post("/units/…/rename", {...})      # under /api/<area>, with an Idempotency-Key
        office.get("/units", after=answer.json()["position"])
        service.wait_drained()                              # our read model shows all that our log holds

Services of one district share a bus: give the second one the first one's `district`. `spawned(service.settings)` runs
a service in a process of its own, to be killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from sevenx.declaration import services
from sevenx.kernel.app import create_app
from sevenx.kernel.migrations import migrate
from sevenx.kernel.provision import READER, provision
from sevenx.kernel.runtime import Runtime
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.issuer import TestIssuer
from sevenx.kernel.topics import kafka_user
from sevenx.local.logins import KafkaLogin
from sevenx.local.processes import free_port
from tests.conftest import SharedPostgres
from tests.integration.bus import fresh_district

PASSWORD = "of-a-service"


@cache
def issuer() -> TestIssuer:
    """One issuer for all services of a test run."""
    return TestIssuer()


@dataclass(frozen=True)
class Caller:
    """A principal's way to a service: paths are under `/api/<area>`."""

    sub: str
    client: httpx.Client

    def get(self, path: str, **query: Any) -> httpx.Response:
        given = {name: value for name, value in query.items() if value is not None}
        return self.client.get(path, params=given or None)

    def post(self, path: str, body: Any, key: str | None = None) -> httpx.Response:
        """A command under an Idempotency-Key, by default a new one."""
        return self.client.post(path, json=body, headers={"Idempotency-Key": key or str(uuid.uuid4())})


@dataclass
class RunningService:
    """A service that takes requests."""

    definition: ServiceDefinition
    settings: Settings
    url: str
    _clients: list[httpx.Client] = field(default_factory=list)

    @property
    def district(self) -> str:
        return self.settings.district

    def token(self, sub: str, *grants: str, district: str | None = None, lifetime: float = 900, **other: Any) -> str:
        """A signed token; `lifetime` in seconds, negative for one that has expired."""
        return issuer().token(sub, grants, district or self.district, lifetime, **other)

    def caller(self, sub: str, *grants: str, token: str | None = None) -> Caller:
        """Whoever the token names: a person's id (his posts give the grants), or with grants of its own."""
        client = httpx.Client(
            base_url=f"{self.url}/api/{self.definition.area}",
            headers={"Authorization": f"Bearer {token or self.token(sub, *grants)}"},
            timeout=30,
            trust_env=False,
        )
        self._clients.append(client)
        return Caller(sub, client)

    def office(self, role: str) -> Caller:
        """An office of the district: `commerce_bureau`, `district_office`, `operator`, …"""
        return self.caller(f"{self.district}-{role.replace('_', '-')}", f"{role}@{self.district}")

    def wait_drained(self, seconds: float = 30) -> None:
        """Until the outbox is empty and our read model shows every event of our log."""
        operator = self.office("operator")
        wait_until(lambda: operator.get("/status").json()["drained"], seconds, lambda: operator.get("/status").text)

    def close(self) -> None:
        for client in self._clients:
            client.close()


def wait_until(condition: Callable[[], bool], seconds: float, said: Callable[[], str] = lambda: "") -> None:
    """Poll a condition; AssertionError with what `said` tells when it does not hold in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s: {said()}"
        time.sleep(0.05)


def settings_of(
    definition: ServiceDefinition,
    postgres: SharedPostgres,
    kafka: KafkaLogin,
    district: str | None = None,
    local_issuer: bool = True,
) -> Settings:
    """Settings of a service with a new database and, for a district that is new, its topics and principals."""
    area, district = definition.area, district or fresh_district()
    database = postgres.create_database(area)
    migrate(database.owner_url, area, database.app_role)
    passwords = dict.fromkeys([*(one.area for one in services()), READER], PASSWORD)
    provision(kafka.bootstrap, kafka.user, kafka.password, district, passwords)
    return Settings(
        area=area,
        district=district,
        bind=f"127.0.0.1:{free_port()}",
        database=database.app_url,
        kafka=kafka.bootstrap,
        kafka_user=kafka_user(district, area),
        kafka_password=PASSWORD,
        issuer=issuer().url,
        jwks_url=f"{issuer().url}/jwks",
        local_issuer=local_issuer,
    )


@contextmanager
def running(
    definition: ServiceDefinition,
    postgres: SharedPostgres,
    kafka: KafkaLogin,
    district: str | None = None,
    *,
    local_issuer: bool = True,
    settings: Settings | None = None,
) -> Iterator[RunningService]:
    """The service in a thread of this process, all roles, until the end of the block. With the `settings` of a service
    that ran before, on what that one left."""
    settings = settings or settings_of(definition, postgres, kafka, district, local_issuer)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(Runtime(definition, settings)),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
    )
    thread = threading.Thread(target=server.run, name=f"{settings.area}-service")
    thread.start()
    service = RunningService(definition, settings, f"http://{settings.bind}")
    try:
        wait_until(lambda: server.started or not thread.is_alive(), 60)
        assert server.started, "the service did not start; see the log"
        yield service
    finally:
        service.close()
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive(), "the service did not stop"


@contextmanager
def spawned(settings: Settings, log: Path, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """The service in a process of its own, with further environment such as `SEVENX_FAULT`; ended with the block.

    Wait with `wait_ready`; its output goes to `log`.
    """
    own = {
        "SEVENX_DISTRICT": settings.district,
        "SEVENX_BIND": settings.bind,
        "SEVENX_DATABASE": settings.database,
        "SEVENX_KAFKA": settings.kafka,
        "SEVENX_KAFKA_USER": settings.kafka_user,
        "SEVENX_KAFKA_PASSWORD": settings.kafka_password,
        "SEVENX_ISSUER": settings.issuer,
        "SEVENX_JWKS_URL": settings.jwks_url,
        "SEVENX_LOCAL_ISSUER": "1" if settings.local_issuer else "",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SEVENX_")}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", f"services.{settings.area}.main"],
            env={**inherited, **own, **env},
            stdout=out,
            stderr=out,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def wait_ready(settings: Settings, seconds: float = 60) -> None:
    """Until a spawned service answers that it is ready."""

    def ready() -> bool:
        try:
            return httpx.get(f"http://{settings.bind}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    wait_until(ready, seconds)
