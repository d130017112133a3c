"""Child processes that leave nothing behind: they die with their parent, and are never confused with a stranger."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from sevenx.local.errors import LocalError

POLL = 0.02
"""Seconds between two looks at a condition that nothing announces."""
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A TCP port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def free_ports(count: int) -> list[int]:
    """Different free TCP ports on loopback."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]


def listening(port: int) -> bool:
    """Whether something accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def spawn(
    argv: Sequence[str], log: Path, *, cwd: Path | None = None, death_signal: str = "KILL"
) -> subprocess.Popen[bytes]:
    """Start a program in its own process group with its output appended to `log`.

    When the thread that called this dies, even by SIGKILL, the kernel sends the program `death_signal`.
    LocalError when the program is not installed or the disk is full.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    own = argv[1:] if argv[0] == "setpriv" else ["--", *argv]
    command = ["setpriv", "--pdeathsig", death_signal, *own]
    try:
        with log.open("ab") as out:
            return subprocess.Popen(
                command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, process_group=0
            )
    except OSError as error:
        raise explain(error, f"{argv[0]} could not be started") from error


def run_once(argv: list[str], what: str, cwd: Path | None = None) -> None:
    """Run a program to its end; LocalError `what` with its last lines when it fails."""
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = "\n".join(f"    {line}" for line in (done.stdout + done.stderr).splitlines()[-15:])
        raise LocalError(f"{what}:\n{lines}")


def explain(error: OSError, what: str) -> LocalError:
    """The operator's message for an error of the system; a full disk is named as such."""
    if error.errno == errno.ENOSPC:
        return LocalError(f"{what}: the disk is full ({error.filename or 'state folder'}); free at least 1 GiB")
    if error.errno == errno.ENOENT and error.filename == "setpriv":
        return LocalError(f"{what}: setpriv is missing; type: sudo apt-get install -y util-linux")
    return LocalError(f"{what}: {error.strerror or error}")


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, indented; an empty string when there are none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 16_384))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


def wait_until(done: Callable[[], bool], seconds: float, *, poll: float = POLL) -> bool:
    """Look at a condition until it holds (True) or the time is over (False)."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= deadline:
            return False
        time.sleep(poll)
    return True


def gone(process: psutil.Process) -> bool:
    """Whether it ended; a zombie that its parent has not collected yet has ended."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def end(process: psutil.Process, how: signal.Signals, seconds: float) -> bool:
    """Send a signal to a process and wait for it and its children; after `seconds` SIGKILL.

    False when SIGKILL was needed. Nothing is collected: that is the parent's.
    """
    family = [process]
    with contextlib.suppress(psutil.NoSuchProcess):
        family += process.children(recursive=True)
        process.send_signal(how)
    clean = wait_until(lambda: gone(process), seconds)
    for one in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    wait_until(lambda: all(gone(one) for one in family), 5)
    return clean


def as_root() -> bool:
    return os.geteuid() == 0
