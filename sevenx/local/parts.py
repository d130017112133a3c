"""The parts of a running system: how each is started, asked and stopped."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

from sevenx.declaration import services
from sevenx.local.forking import Forked
from sevenx.local.home import LOOPBACK, Home
from sevenx.local.kafka import Kafka
from sevenx.local.postgres import Postgres
from sevenx.local.processes import listening

POSTGRES, KAFKA, GATEWAY = "postgres", "kafka", "gateway"
FIRST_DELAY, LONGEST_DELAY, HEALTHY = 0.2, 10.0, 30.0
"""Seconds: the first wait before a restart, the longest, and the life after which the first applies again."""


class Backoff:
    """How long to wait before the next restart of a part that keeps ending."""

    def __init__(self) -> None:
        self._next = FIRST_DELAY

    def delay(self, lived: float) -> float:
        """Seconds to wait, given for how many the part has just lived; doubles until a life was long enough."""
        if lived >= HEALTHY:
            self._next = FIRST_DELAY
        delay, self._next = self._next, min(self._next * 2, LONGEST_DELAY)
        return delay


@dataclass
class Part:
    """One supervised process."""

    name: str
    port: int
    start: Callable[[], Forked | subprocess.Popen[bytes]]
    why_not_ready: Callable[[], str | None]
    process_name: str
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10
    """What it gets to end by itself before SIGKILL."""
    handle: Forked | subprocess.Popen[bytes] | None = None
    backoff: Backoff = field(default_factory=Backoff)
    due: float | None = None
    """When it is to be started again (monotonic seconds)."""
    restarts: int = 0

    def signal(self, how: signal.Signals) -> None:
        """Send a signal; nothing happens when the part has ended."""
        if self.handle is not None and self.handle.poll() is None:
            os.kill(self.handle.pid, how)

    def ended(self) -> bool:
        return self.handle is None or self.handle.poll() is not None


def server_postgres(home: Home) -> Postgres:
    """The PostgreSQL of a state folder."""
    return Postgres(
        home.postgres_data,
        port=home.postgres_port,
        password=home.passwords["postgres/postgres"],
        log=home.log(POSTGRES),
    )


def server_kafka(home: Home) -> Kafka:
    """The Kafka of a state folder."""
    return Kafka(
        home.kafka_data,
        port=home.kafka_port,
        controller_port=home.controller_port,
        admin_password=home.passwords["kafka/admin"],
        controller_password=home.passwords["kafka/controller"],
        log=home.log(KAFKA),
    )


def why_not_ready(home: Home, part: str) -> str | None:
    """None when a part answers as it should, else the reason; needs nothing but the state folder.

    Asking Kafka starts threads: not for a process that forks later.
    """
    if part == POSTGRES:
        return server_postgres(home).why_not_ready()
    if part == KAFKA:
        return server_kafka(home).why_not_ready()
    if part == GATEWAY:
        return http_not_ready(home.port_base, "/issuer/jwks")
    return http_not_ready(home.service_port(part), "/readyz")


def http_not_ready(port: int, path: str, seconds: float = 2) -> str | None:
    """None when GET gives 200, else what came instead."""
    if not listening(port):
        return f"nothing listens on {LOOPBACK}:{port}"
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return f"GET {path}: {error}"
    finally:
        connection.close()
    return None if answer.status == 200 else f"GET {path} gives {answer.status}: {body[:300]}"


def part_names() -> tuple[str, ...]:
    """All parts in the order in which they are shown."""
    return (POSTGRES, KAFKA, GATEWAY, *(one.area for one in services()))
