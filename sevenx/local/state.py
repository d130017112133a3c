"""What the supervisor writes down about its parts, so that `status`, `down` and a later `up` find them.

A pid alone proves nothing, for it may be another program's by now: a part is the process whose pid, start time and
name all fit. Whether a supervisor runs is told by the lock that it holds for as long as it lives.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from sevenx.local.home import Home
from sevenx.local.processes import end, wait_until
from sevenx.local.secret_files import write_private

CLOCK_TOLERANCE = 2.0
"""Seconds by which two readings of a process's start time may differ when the system's clock was set."""


@dataclass
class PartState:
    """One running part; times are seconds since the epoch."""

    pid: int
    created: float
    process_name: str
    port: int
    started: float
    restarts: int = 0

    @classmethod
    def of(cls, pid: int, process_name: str, port: int, restarts: int) -> PartState:
        """The state of a child just started; `process_name` is what the process table will show."""
        try:
            created = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            created = time.time()
        return cls(pid, created, process_name, port, time.time(), restarts)

    def process(self) -> psutil.Process | None:
        """The living process that this is, never another one that has its pid now."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < CLOCK_TOLERANCE
            if same and process.status() != psutil.STATUS_ZOMBIE and process.name().startswith(self.process_name):
                return process
        except psutil.Error:
            return None
        return None


@dataclass
class SystemState:
    """The supervisor and its parts, in the order in which they are shown."""

    supervisor: int = 0
    phase: str = "starting"
    """starting, ready or stopping."""
    parts: dict[str, PartState] = field(default_factory=dict)

    @classmethod
    def read(cls, home: Home) -> SystemState:
        """The last state written; an empty one when there is none or it cannot be understood."""
        try:
            content = json.loads(_file(home).read_text("utf-8"))
            parts = {name: PartState(**part) for name, part in content["parts"].items()}
            return cls(int(content["supervisor"]), str(content["phase"]), parts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, home: Home) -> None:
        """Replace the state; a full disk is not the supervisor's end, so an error is dropped."""
        with contextlib.suppress(OSError):
            write_private(_file(home), json.dumps(asdict(self), indent=1).encode(), mode=0o644)


def _file(home: Home) -> Path:
    return home.run / "state.json"


def _lock_file(home: Home) -> Path:
    return home.run / "supervisor.lock"


@contextlib.contextmanager
def supervisor_lock(home: Home) -> Iterator[int | None]:
    """The lock of the one supervisor of this folder: its descriptor, or None when another holds it."""
    with _lock_file(home).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield lock.fileno()


def running(home: Home) -> bool:
    """Whether a supervisor holds this folder."""
    if not _lock_file(home).exists():
        return False
    with supervisor_lock(home) as held:
        return held is None


def stop_supervisor(home: Home, seconds: float = 60) -> bool:
    """Ask the running supervisor to stop everything and wait; False when it still runs after that time."""
    pid = SystemState.read(home).supervisor
    if pid and running(home):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    return wait_until(lambda: not running(home), seconds, poll=0.05)


def clear_leftovers(home: Home, seconds: float = 5) -> list[str]:
    """End the parts that a killed supervisor left; returns their names.

    The kernel told them to end when the supervisor died; they get `seconds` for it, then SIGTERM, then SIGKILL.
    """
    left = {name: process for name, part in SystemState.read(home).parts.items() if (process := part.process())}
    if not left:
        return []
    _, alive = psutil.wait_procs(list(left.values()), timeout=seconds)
    for process in alive:
        end(process, signal.SIGTERM, seconds)
    SystemState().write(home)
    return list(left)
