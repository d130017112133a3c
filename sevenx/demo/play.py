"""Simulated time on all services: everything that was caused is settled before time goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sevenx.declaration import Service, services
from sevenx.demo.client import Gateway
from sevenx.local.errors import LocalError

_PATIENCE = 120.0


class Play:
    """The clock of the district, moved by hand.

    Services are asked in the order in which they follow one another. One has to be waited for when it was given
    commands, when deadlines were decided in it, or when an area has grown to whose events it reacts. Time then goes on
    in the followers first: what the others decide on the new day is met by clocks that stand on that day.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway, self._operator = gateway, gateway.as_("operator")
        self._levels = levels(services())
        self._ends: dict[str, int] = {}
        """The known end of each partition of the events topics, `topic/partition`."""
        self._reacts: dict[str, frozenset[str]] = {}
        """To which areas' events a service reacts."""
        self._closed = False
        """Whether periods were closed since all were settled: many wait for that."""

    async def begin(self) -> None:
        """Wait until every service knows that time is simulated."""
        until = time.monotonic() + _PATIENCE
        while not all([await self._simulated(one) for one in services()]):
            _check(until, "the genesis everywhere")
            await asyncio.sleep(0.02)
        await self.settle_all()

    async def _simulated(self, one: Service) -> bool:
        return bool((await self._operator.get(f"/{one.area}/status"))["simulated"])

    async def to(self, when: datetime) -> int:
        """Let time go on in every service; the number of deadlines and cut-offs decided."""
        await self.settle()
        decided = 0
        for level in reversed(self._levels):
            decided += sum(await asyncio.gather(*(self._tick(one, when) for one in level)))
        return decided

    async def _tick(self, one: Service, when: datetime) -> int:
        answer = await self._operator.ask(f"/{one.area}/clock/tick", {"as_of": when.isoformat()})
        decided = int(answer["decided"])
        if decided:
            self._gateway.commanded.add(one.area)
            # The registry has no deadlines: what it decides are cut-offs, and every area then has them.
            self._closed = self._closed or not one.follows
        return decided

    async def settle(self) -> None:
        """Wait until nothing is on its way that anybody reacts to."""
        if self._closed:
            await self.settle_all()
        else:
            await self._settle(everybody=False)

    async def settle_all(self) -> None:
        """Wait until everybody has read and done everything."""
        await self._settle(everybody=True)
        self._closed = False

    async def _settle(self, everybody: bool) -> None:
        moved, self._gateway.commanded = self._gateway.commanded, set()
        for level in self._levels:
            asked = [
                one for one in level if everybody or one.area in moved or self._reacts.get(one.area, moved) & moved
            ]
            found = await asyncio.gather(*(self._settled(one) for one in asked))
            moved |= {one.area for one, grown in zip(asked, found, strict=True) if grown}

    async def _settled(self, one: Service) -> bool:
        """Wait until a service is settled; whether its own topic has grown."""
        until = time.monotonic() + _PATIENCE
        while True:
            answer: dict[str, Any] = await self._operator.ask(f"/{one.area}/clock/settle", {"reached": self._ends})
            if answer["settled"]:
                break
            _check(until, f"{one.area} to have read and done everything")
        self._reacts[one.area] = frozenset(answer["reacts_to"])
        grown = any(self._ends.get(place, 0) < end for place, end in answer["ends"].items())
        self._ends |= answer["ends"]
        return grown


def levels(declared: Sequence[Service]) -> list[list[Service]]:
    """The services in the order in which they follow one another; those of one level follow none of it."""
    placed: dict[str, int] = {}
    left = list(declared)
    while left:
        ready = [one for one in left if placed.keys() >= set(one.follows)]
        if not ready:
            raise LocalError(f"the services {', '.join(one.area for one in left)} follow one another in a circle")
        for one in ready:
            placed[one.area] = max((placed[area] + 1 for area in one.follows), default=0)
        left = [one for one in left if one.area not in placed]
    return [[one for one in declared if placed[one.area] == n] for n in range(max(placed.values()) + 1)]


def _check(until: float, what: str) -> None:
    if time.monotonic() > until:
        raise LocalError(f"waited {_PATIENCE:.0f} s for {what}: see `sevenx status` and `sevenx logs`")
