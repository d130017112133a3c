"""A whole SevenX of its own: real PostgreSQL, Kafka, gateway and all services, in a folder and on ports of the test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from sevenx.declaration import services
from sevenx.local.home import Home
from sevenx.local.parts import why_not_ready
from sevenx.local.preflight import port_is_free
from sevenx.local.processes import spawn, tail, wait_until
from sevenx.local.state import SystemState, clear_leftovers

_START_SECONDS, _STOP_SECONDS = 120, 60


class WholeSystem:
    """A running system, and a hand that kills its parts."""

    def __init__(self, home: Home, supervisor: subprocess.Popen[bytes]) -> None:
        self.home, self._supervisor = home, supervisor

    @property
    def parts(self) -> tuple[str, ...]:
        return ("postgres", "kafka", "gateway", *(one.area for one in services()))

    def process(self, part: str) -> psutil.Process | None:
        """The living process of a part; None while it waits for its restart."""
        state = SystemState.read(self.home).parts.get(part)
        return state.process() if state else None

    def kill(self, part: str) -> int | None:
        """SIGKILL to a part's process as it is now; its pid, None when it is not running."""
        process = self.process(part)
        if process is None:
            return None
        process.send_signal(signal.SIGKILL)
        return process.pid

    def wait_ready(self, seconds: float = 60) -> None:
        """Until every part answers."""

        def reasons() -> dict[str, str]:
            assert self._supervisor.poll() is None, f"the supervisor ended:\n{tail(self.home.log('supervisor'))}"
            return {part: why for part in self.parts if (why := why_not_ready(self.home, part)) is not None}

        assert wait_until(lambda: not reasons(), seconds, poll=0.1), f"not ready within {seconds} s: {reasons()}"

    def restarts(self) -> dict[str, int]:
        return {name: part.restarts for name, part in SystemState.read(self.home).parts.items()}


def verified(system: WholeSystem) -> dict[str, Any]:
    """What `sevenx verify --json` says."""
    argv = [sys.executable, "-m", "sevenx.cli", "verify", "--json", "--home", str(system.home.path)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=240, check=False)
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@contextmanager
def whole_system(folder: Path) -> Iterator[WholeSystem]:
    """A system, new or as it was left in the folder, that is ready; stopped with the block, and with the test's process
    should that be killed."""
    home = Home.create(folder, port_base=free_base())
    log = folder / "up.log"
    argv = [sys.executable, "-m", "sevenx.cli", "up", "--home", str(folder)]
    supervisor = spawn(argv, log, death_signal="TERM")
    try:
        until = time.monotonic() + _START_SECONDS
        while SystemState.read(home).phase != "ready":
            assert supervisor.poll() is None, f"the system did not start:\n{tail(log)}"
            assert time.monotonic() < until, f"not ready within {_START_SECONDS} s:\n{tail(log)}"
            time.sleep(0.05)
        yield WholeSystem(home, supervisor)
    finally:
        _stop(home, supervisor)
    assert wait_until(lambda: all(port_is_free(port) for port in home.ports().values()), 20), "a port is still in use"


def _stop(home: Home, supervisor: subprocess.Popen[bytes]) -> None:
    supervisor.terminate()
    try:
        supervisor.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        supervisor.kill()
        supervisor.wait()
    clear_leftovers(home)


def free_base() -> int:
    """A port base whose 20 ports are free, away from those that the system gives to outgoing connections."""
    start = 22000 + os.getpid() % 200 * 20
    return next(base for base in range(start, 32000, 20) if all(port_is_free(base + n) for n in range(20)))
