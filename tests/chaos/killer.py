"""The killer: SIGKILL at random moments to random parts, the same for the same seed."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.chaos.system import WholeSystem

STORES = ("postgres", "kafka", "gateway")


@dataclass(frozen=True)
class Kill:
    """One kill that is planned: seconds after the one before, and whom."""

    after: float
    part: str


def plan(seed: int, areas: Sequence[str], kills: int, pause: tuple[float, float]) -> list[Kill]:
    """So many kills with a pause (seconds, from and to) before each. One service and each store come first, in a random
    order, so that a run has every kind; then a service (its relay and its reader with it) as often as all stores."""
    chance = random.Random(seed)
    return [Kill(chance.uniform(*pause), part) for part in _parts(chance, areas, kills)]


def _parts(chance: random.Random, areas: Sequence[str], kills: int) -> Iterator[str]:
    first = [chance.choice(areas), *STORES]
    chance.shuffle(first)
    yield from first
    for _ in range(kills - len(first)):
        yield chance.choice(areas) if chance.random() < 0.5 else chance.choice(STORES)


@dataclass
class Killer:
    """Carries out a plan and writes down what it did."""

    system: WholeSystem
    plan: list[Kill]
    done: list[tuple[float, str, int]] = field(default_factory=list)
    """Seconds since the beginning, part, pid."""

    async def run(self) -> None:
        """Kill one after the other; a part that has not come back yet is waited for, 30 s at most."""
        began = time.monotonic()
        for kill in self.plan:
            await asyncio.sleep(kill.after)
            pid = await self._kill(kill.part)
            self.done.append((time.monotonic() - began, kill.part, pid))

    async def _kill(self, part: str) -> int:
        until = time.monotonic() + 30
        while (pid := self.system.kill(part)) is None:
            assert time.monotonic() < until, f"{part} did not come back within 30 s"
            await asyncio.sleep(0.05)
        return pid

    def story(self) -> str:
        """What was killed when, for whoever looks into a failure."""
        lines = [f"  {seconds:6.2f} s  {part} (pid {pid})" for seconds, part, pid in self.done]
        return "\n".join([f"{len(self.done)} of {len(self.plan)} planned kills:", *lines])
