"""A year of one district, from all ready to verified: what `make demo` plays, on a fresh system each time."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator
from io import StringIO

from rich.console import Console

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, expect
from sevenx.cli._log import deployment
from sevenx.cli.verify import verify_live
from sevenx.declaration import services
from sevenx.demo.client import Gateway
from sevenx.demo.plan import Plan
from sevenx.demo.run import play_scenario
from sevenx.demo.scenario import Scenario
from sevenx.local.home import Home
from sevenx.proof.verify import Report
from tests.chaos.system import whole_system

LEAST = 15_000
"""Events of the year, closed periods not counted."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Seconds."""
    bench.folder.chmod(0o755)
    scenario = "month" if bench.quick else "year"
    seconds = [_play(bench, scenario) for _ in range(bench.turns.runs)]
    name = f"the {scenario}, from all ready to verified"
    yield Figure(name, "", Series(name, "s", tuple(seconds)), None if bench.quick else Goal(60, at_least=False))


def _play(bench: Bench, scenario: str) -> float:
    folder = bench.folder / "year"
    with whole_system(folder) as system:
        began = time.perf_counter()
        report = asyncio.run(_played_and_verified(system.home, scenario))
        took = time.perf_counter() - began
    shutil.rmtree(folder)
    expect("problems of the log", report.problems, [])
    expect("read models equal to a replay", {area: one["equal"] for area, one in report.projections.items()},
           {one.area: True for one in services()})  # fmt: skip
    expect("enough events", scenario == "month" or report.events - report.markers > LEAST, True)
    bench.say(f"{report.events:,} events in {took:.1f} s")
    return took


async def _played_and_verified(home: Home, scenario: str) -> Report:
    async with Gateway(home) as gateway:
        await play_scenario(gateway, Console(file=StringIO()), Plan.of(Scenario.named(scenario)))
    return await asyncio.to_thread(verify_live, deployment(home.path))
