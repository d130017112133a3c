"""The one process that starts every part, restarts what ends, and stops all in order.

It has one thread and no open client, for it forks the services from itself. What needs either (asking Kafka, making
topics, migrating) runs in short-lived forked children. The start is a handful of generators that take turns: each
yields while it waits, so that PostgreSQL, Kafka and the imports make their way at once.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sevenx.declaration import services
from sevenx.local.errors import LocalError
from sevenx.local.forking import SIGNALS, Forked, fork
from sevenx.local.home import Home
from sevenx.local.journal import record
from sevenx.local.parts import GATEWAY, KAFKA, POSTGRES, Part, http_not_ready, server_kafka, server_postgres
from sevenx.local.startup import Startup
from sevenx.local.state import PartState, SystemState
from sevenx.local.work import Work

TURN = 0.01
"""Seconds between two rounds of the start when nobody has anything to do."""


class Stopped(Exception):
    """The operator asked to stop."""


class Supervisor:
    """`run` starts all parts, tends them until SIGTERM or SIGINT, and stops them."""

    def __init__(self, home: Home, say: Callable[[str], None], *, lock: int, work: Work | None = None) -> None:
        """`say` takes progress lines; `lock` is the folder's lock, which no child may keep."""
        self._home, self._say, self._work = home, say, work or Work(home)
        self._log = home.log("supervisor")
        self._stop_requests = 0
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._drop = (lock, self._wake_read, self._wake_write)
        self._state = SystemState(supervisor=os.getpid())
        self._postgres, self._kafka = server_postgres(home), server_kafka(home)
        self._parts = {part.name: part for part in self._declare()}

    def _declare(self) -> Iterator[Part]:
        home = self._home
        yield Part(
            POSTGRES, home.postgres_port, self._postgres.launch, self._postgres.why_not_ready, "postgres", signal.SIGINT
        )
        yield Part(KAFKA, home.kafka_port, self._kafka.launch, lambda: None, "java", stop_seconds=15)
        yield self._forked(GATEWAY, home.port_base, self._work.gateway, "/issuer/jwks", {})
        for one in services():
            body = self._service_body(one.area)
            yield self._forked(one.area, home.service_port(one.area), body, "/readyz", home.service_env(one.area))

    def _service_body(self, area: str) -> Callable[[], None]:
        return lambda: self._work.service(area)

    def _forked(self, name: str, port: int, body: Callable[[], None], ready: str, env: dict[str, str]) -> Part:
        process_name = f"sevenx-{name}"[:15]
        return Part(
            name,
            port,
            lambda: self.fork(process_name, body, self._home.log(name), env),
            lambda: http_not_ready(port, ready),
            process_name,
        )

    # -- life -----------------------------------------------------------------------------------------------------

    def run(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Start, tend, stop. LocalError when a part did not start; everything is stopped by then."""
        self._listen_to_signals()
        try:
            self._start()
            on_ready()
            while not self._stop_requests:
                self._tend()
        except Stopped:
            pass
        finally:
            self._stop()

    def _listen_to_signals(self) -> None:
        def request_stop(number: int, _: object) -> None:
            self._stop_requests += 1
            record(self._log, "asked to stop", signal=signal.Signals(number).name)

        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for one in SIGNALS:
            signal.signal(one, (lambda *_: None) if one == signal.SIGCHLD else request_stop)

    def _sleep(self, seconds: float) -> None:
        """Sleep until a signal comes (a child ended, or a stop is asked for) or the time is over."""
        select.select([self._wake_read], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_read, 512)

    # -- starting -------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        began = time.monotonic()
        record(self._log, "starting", home=str(self._home.path), port_base=self._home.port_base)
        self._write_state()
        startup = Startup(self._home, self._work, self._parts, self._launch, self.fork, self._say)
        for idle in startup.rounds():
            if self._stop_requests:
                raise Stopped
            if idle:
                self._sleep(TURN)
        self._state.phase = "ready"
        self._write_state()
        seconds = time.monotonic() - began
        record(self._log, "ready", seconds=round(seconds, 2))
        self._say(f"✓ all ready in {seconds:.1f} s: {self._home.gateway_url}")

    def fork(self, name: str, body: Callable[[], None], log: Path, env: Mapping[str, str] | None = None) -> Forked:
        """A child that keeps none of the supervisor's descriptors."""
        return fork(name, body, log, env, self._drop)

    def _launch(self, part: Part, *, again: bool = False) -> None:
        part.handle, part.due = part.start(), None
        part.restarts += again
        self._state.parts[part.name] = PartState.of(part.handle.pid, part.process_name, part.port, part.restarts)
        record(self._log, "part started", part=part.name, pid=part.handle.pid, restarts=part.restarts)
        self._write_state()

    # -- tending --------------------------------------------------------------------------------------------------

    def _tend(self) -> None:
        now = time.monotonic()
        for part in self._parts.values():
            if part.due is None and part.ended():
                self._schedule(part, now)
            if part.due is not None and part.due <= now and not self._stop_requests:
                self._restart(part)
        due = [part.due for part in self._parts.values() if part.due is not None]
        self._sleep(max(0.0, min([1.0, *(one - now for one in due)])))

    def _schedule(self, part: Part, now: float) -> None:
        lived = time.time() - self._state.parts[part.name].started
        delay = part.backoff.delay(lived)
        part.due = now + delay
        code = part.handle.returncode if part.handle else None
        record(self._log, "part ended", level="ERROR", part=part.name, code=code, lived=round(lived, 1), again_in=delay)
        self._say(f"! {part.name} ended with code {code}; again in {delay:.1f} s (log: {self._home.log(part.name)})")

    def _restart(self, part: Part) -> None:
        try:
            self._launch(part, again=True)
        except (LocalError, OSError) as error:
            record(self._log, "part not started", level="ERROR", part=part.name, error=str(error))
            part.due = time.monotonic() + part.backoff.delay(0)

    # -- stopping -------------------------------------------------------------------------------------------------

    def _stop(self) -> None:
        """Services first, then the gateway, Kafka and PostgreSQL; a second request stops at once."""
        self._state.phase = "stopping"
        self._write_state()
        fronts = [one.area for one in services()]
        for group in (fronts, [GATEWAY], [KAFKA], [POSTGRES]):
            self._stop_group([self._parts[name] for name in group if not self._parts[name].ended()])
        SystemState().write(self._home)
        record(self._log, "stopped")
        signal.set_wakeup_fd(-1)

    def _stop_group(self, parts: list[Part]) -> None:
        asked = self._stop_requests
        began = time.monotonic()
        for part in parts:
            part.signal(part.stop_signal)
        while waiting := [part for part in parts if not part.ended()]:
            for part in waiting:
                if time.monotonic() - began > part.stop_seconds or self._stop_requests > max(asked, 1):
                    record(self._log, "part killed", level="WARNING", part=part.name)
                    part.signal(signal.SIGKILL)
            self._sleep(0.05)
        for part in parts:
            self._say(f"✓ {part.name} stopped ({time.monotonic() - began:.1f} s)")

    def _write_state(self) -> None:
        self._state.write(self._home)
