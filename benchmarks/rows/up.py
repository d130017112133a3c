"""`sevenx up` from nothing at all (no state folder, no process) to all ready, and from a state folder that is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Side, WrongResult
from sevenx.declaration import ROOT

PORT_BASE = 27410
_TIMEOUT = 180


def measure(bench: Bench) -> Iterator[Figure]:
    """Seconds."""
    home = bench.folder / "home"
    bench.folder.chmod(0o755)

    def first() -> float:
        shutil.rmtree(home, ignore_errors=True)
        return _up(home)

    found = bench.take(Side("first start", first, "s"), Side("start again", lambda: _up(home), "s"))
    for name, what in (("first start", "`sevenx up`, no state yet"), ("start again", "`sevenx up`, with old state")):
        yield Figure(what, "", found[name], Goal(15, at_least=False))


def _up(home: Path) -> float:
    """Start and stop everything; how long the start took. Nothing is left running, whatever fails or is interrupted."""
    try:
        started = time.perf_counter()
        _sevenx("up", "--home", str(home), "--port-base", str(PORT_BASE), "--detach")
        took = time.perf_counter() - started
        _sevenx("status", "--home", str(home))
    finally:
        _sevenx("down", "--home", str(home))
    return took


def _sevenx(*arguments: str) -> None:
    """A verb of the command line; WrongResult with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "sevenx.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    if done.returncode != 0:
        raise WrongResult(f"sevenx {arguments[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}")
