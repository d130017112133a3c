"""Growth: the rate of verified replay over fifty years of a district against ten, and the memory that it takes.

The long log has five times as many streams of the same length. Each replay runs in a process of its own, so that its
peak of memory is its own.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, Side, rate, ratio
from benchmarks.history import History
from benchmarks.replays import Log
from sevenx.proof.merkle import HASH

_TIMEOUT = 600.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Events a second, and what memory grows by beyond the leaves."""
    short, long = bench.history(bench.size(200_000, 400)), bench.history(bench.size(1_000_000, 2_000))
    peaks: dict[str, list[float]] = {short.topic: [], long.topic: []}

    def replay(history: History) -> Callable[[], float]:
        def run() -> float:
            found, peak = _in_a_process(bench.kafka_options, history)
            peaks[history.topic].append(peak)
            return found

        return run

    found = bench.take(Side(_name(short), replay(short)), Side(_name(long), replay(long)))
    yield ratio("verified replay as the log grows", found[_name(long)], found[_name(short)], Goal(0.95))
    yield _memory(bench, peaks, short, long)


def _memory(bench: Bench, peaks: Mapping[str, list[float]], short: History, long: History) -> Figure:
    """What the long log takes more than the short one, but for its leaves, in percent of what the short one takes."""
    runs = bench.turns.runs
    small, large = (Series(_name(h), "MiB", tuple(p / 2**20 for p in peaks[h.topic][-runs:])) for h in (short, long))
    leaves = (long.events - short.events) * HASH / 2**20
    more = tuple(100 * (b - leaves - a) / a for a, b in zip(small.values, large.values, strict=True))
    series = Series("growth of memory beyond 32 bytes a leaf", "%", more)
    return Figure("memory beyond 32 bytes a leaf", small.name, series, Goal(10, at_least=False), large, small)


def _name(history: History) -> str:
    return f"{history.events:,} events"


def _in_a_process(options: Mapping[str, Any], history: History) -> tuple[float, float]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found: tuple[float, float] = pool.apply_async(_replay, (dict(options), history)).get(_TIMEOUT)
        return found


def _replay(options: Mapping[str, Any], history: History) -> tuple[float, float]:
    """Events a second, and the process's peak of resident memory in bytes."""
    log = Log(options, history)
    found = rate(history.events, log.chains)
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    assert peak is not None
    return found, int(peak[1]) * 1024.0
