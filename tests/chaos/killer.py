"""The killer: SIGKILL at random moments to random parts, the same for the same seed."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.chaos.clients import Ledger
from tests.chaos.system import WholeSystem

STORES = ("postgres", "kafka", "gateway")
_PATIENCE = 90.0
"""Seconds for a killed part to come back, and for the clients to get on."""


@dataclass(frozen=True)
class Kill:
    """One kill that is planned: whom, how many acknowledged commands after the kill before, and how many seconds then.

    No command in between is a second fault before the first is mended.
    """

    part: str
    commands: int
    seconds: float


def plan(seed: int, areas: Sequence[str], kills: int, commands: tuple[int, int]) -> list[Kill]:
    """So many kills, each after so many commands (from, to); one of four follows the one before at once. One service
    and each store come first, in a random order, so that a run has every kind; then a service (its relay and its reader
    with it) as often as all stores."""
    chance = random.Random(seed)
    return [
        Kill(part, chance.randint(*commands) if n == 0 or chance.random() < 0.75 else 0, chance.uniform(0.0, 2.0))
        for n, part in enumerate(_parts(chance, areas, kills))
    ]


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
    ledger: Ledger
    done: list[tuple[float, int, str, int]] = field(default_factory=list)
    """Seconds since the beginning, commands acknowledged by then, part, pid."""

    async def run(self) -> None:
        """Kill one after the other, a part that waits for its restart once it has come back."""
        began = time.monotonic()
        for kill in self.plan:
            await self._commands(kill.commands)
            await asyncio.sleep(kill.seconds)
            pid = await self._kill(kill.part)
            self.done.append((time.monotonic() - began, len(self.ledger.given), kill.part, pid))

    async def _commands(self, count: int) -> None:
        reached = self.ledger.reached(len(self.ledger.given) + count)
        try:
            await asyncio.wait_for(reached, _PATIENCE)
        except TimeoutError:
            raise AssertionError(f"fewer than {count} commands were answered within {_PATIENCE:.0f} s") from None

    async def _kill(self, part: str) -> int:
        until = time.monotonic() + _PATIENCE
        while (pid := self.system.kill(part)) is None:
            assert time.monotonic() < until, f"{part} did not come back within {_PATIENCE:.0f} s"
            await asyncio.sleep(0.05)
        return pid

    def story(self) -> str:
        """What was killed when, for whoever looks into a failure."""
        lines = [
            f"  {seconds:6.2f} s  after {count:5} commands  {part} (pid {pid})"
            for seconds, count, part, pid in self.done
        ]
        return "\n".join([f"{len(self.done)} of {len(self.plan)} planned kills:", *lines])
