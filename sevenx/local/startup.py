"""How the parts come up: PostgreSQL, Kafka and the imports at once, then the gateway, then the services.

Each line of work is a generator that yields while it waits, so that all of them make their way in one thread.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from sevenx.declaration import services
from sevenx.local.errors import LocalError
from sevenx.local.forking import Forked
from sevenx.local.home import LOOPBACK, Home
from sevenx.local.jars import jars
from sevenx.local.journal import record
from sevenx.local.kafka import why_not_ready as kafka_not_ready
from sevenx.local.parts import GATEWAY, KAFKA, POSTGRES, Part, server_kafka, server_postgres
from sevenx.local.postgres import version as postgres_version
from sevenx.local.processes import listening, tail
from sevenx.local.work import Work

START_SECONDS = 90
ATTEMPTS = 3
"""How often a service may end before its first readiness until `up` gives up."""
Turns = Iterator[None]


class Fork(Protocol):
    """The supervisor's way to fork a child."""

    def __call__(
        self, name: str, body: Callable[[], None], log: Path, env: Mapping[str, str] | None = None
    ) -> Forked: ...


class Launch(Protocol):
    """The supervisor's way to start a part and write down that it did."""

    def __call__(self, part: Part, *, again: bool = False) -> None: ...


class Startup:
    """One start of the system; `rounds` does the work."""

    def __init__(
        self,
        home: Home,
        work: Work,
        parts: Mapping[str, Part],
        launch: Launch,
        fork: Fork,
        say: Callable[[str], None],
    ) -> None:
        self._home, self._work, self._parts = home, work, parts
        self._launch, self._fork, self._say = launch, fork, say
        self._imported = False
        self._stores_prepared = 0
        self._waiting_for: set[str] = set()

    def rounds(self) -> Iterator[bool]:
        """Give each line of work its turn until all are through; yields whether the caller may sleep a moment.

        LocalError when a part ends before it is ready, or when the time is over.
        """
        until = time.monotonic() + START_SECONDS
        lines: list[Turns] = [self._postgres(), self._kafka(), self._imports(), self._front()]
        while lines:
            lines = [line for line in lines if _goes_on(line)]
            if time.monotonic() > until:
                waiting = ", ".join(sorted(self._waiting_for))
                raise LocalError(f"after {START_SECONDS} s still waiting for {waiting}; see {self._home.logs}")
            yield self._imported

    def _postgres(self) -> Turns:
        began = time.monotonic()
        yield from self._task("postgres", "PostgreSQL's data folder", server_postgres(self._home).prepare)
        yield from self._start(POSTGRES)
        self._ready(f"PostgreSQL {postgres_version()}", POSTGRES, began)
        began = time.monotonic()
        yield from self._task("databases", "the databases", self._work.databases)
        self._say(f"✓ databases migrated ({time.monotonic() - began:.1f} s)")
        self._stores_prepared += 1

    def _kafka(self) -> Turns:
        began = time.monotonic()
        yield from self._task("kafka", "Kafka's storage", server_kafka(self._home).prepare)
        yield from self._start(KAFKA)
        self._ready(f"Apache Kafka {_kafka_version()}", KAFKA, began)
        began = time.monotonic()
        yield from self._task("topics", "topics and rights", self._work.topics)
        self._say(f"✓ topics and rights provisioned ({time.monotonic() - began:.1f} s)")
        self._stores_prepared += 1

    def _imports(self) -> Turns:
        for _ in self._work.imports():
            yield
        # The collector would touch, and so copy, every page that the children share with us.
        gc.freeze()
        self._imported = True

    def _front(self) -> Turns:
        while not self._imported:
            yield
        began = time.monotonic()
        yield from self._start(GATEWAY)
        self._ready("gateway and issuer", GATEWAY, began)
        while self._stores_prepared < 2:
            yield
        began = time.monotonic()
        waiting = {one.area: self._start(one.area) for one in services()}
        while waiting:
            for area, turns in list(waiting.items()):
                if not _goes_on(turns):
                    del waiting[area]
                    self._ready(area, area, began)
            yield

    def _start(self, name: str) -> Turns:
        """Start a part and wait until it is ready; a service may end twice before that."""
        part = self._parts[name]
        attempts = 1 if name in (POSTGRES, KAFKA, GATEWAY) else ATTEMPTS
        self._launch(part)
        self._waiting_for.add(name)
        reason: str | None = "not asked yet"
        while reason is not None:
            yield
            if part.ended():
                attempts -= 1
                if not attempts:
                    raise self._died(part)
                self._launch(part, again=True)
            elif name == KAFKA:
                reason = yield from self._ask_kafka()
            else:
                reason = part.why_not_ready()
        self._waiting_for.discard(name)

    def _ask_kafka(self) -> Generator[None, None, str | None]:
        """Ask in a forked child, for the client has threads."""
        if not listening(self._home.kafka_port):
            return "nothing listens"
        login = self._home.admin_kafka()

        def ask() -> None:
            raise SystemExit(0 if kafka_not_ready(login) is None else 1)

        asked = self._fork("sevenx-ask", ask, self._home.log("setup"))
        while asked.poll() is None:
            yield
        return None if asked.returncode == 0 else "it does not answer yet"

    def _task(self, name: str, what: str, body: Callable[[], None]) -> Turns:
        """Run `body` in a forked child; LocalError with its last words when it fails."""
        log = self._home.logs / f"setup-{name}.log"
        log.write_bytes(b"")
        task = self._fork("sevenx-setup", body, log)
        self._waiting_for.add(what)
        while task.poll() is None:
            yield
        self._waiting_for.discard(what)
        if task.returncode != 0:
            raise LocalError(f"{what} could not be prepared:\n{tail(log)}")

    def _ready(self, label: str, name: str, began: float) -> None:
        seconds = time.monotonic() - began
        self._say(f"✓ {label} ready on {LOOPBACK}:{self._parts[name].port} ({seconds:.1f} s)")
        record(self._home.log("supervisor"), "part ready", part=name, seconds=round(seconds, 2))

    def _died(self, part: Part) -> LocalError:
        log = self._home.log(part.name)
        words = tail(log)
        code = part.handle.returncode if part.handle else None
        full = "; the disk is full" if "No space left on device" in words else ""
        return LocalError(f"{part.name} ended with code {code} before it was ready{full}; the end of {log}:\n{words}")


def _goes_on(turns: Turns) -> bool:
    """Give one turn; False when the work is through."""
    return next(turns, turns) is not turns


def _kafka_version() -> str:
    return next((one.stem.rpartition("-")[2] for one in jars().glob("kafka_2.*.jar")), "")
