"""Simulated time on all services: everything that was caused is settled before time goes on."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Any

from sevenx.declaration import Service, services
from sevenx.demo.client import Gateway
from sevenx.local.errors import LocalError

_PATIENCE = 60.0


class Play:
    """The clock of the district, moved by hand.

    A service has to be waited for when it was given commands, when deadlines were decided in it, or when a topic that
    it reads has grown; what it then does may move others in turn. All is settled when nothing moves any more.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway, self._operator = gateway, gateway.as_("operator")
        self._services = services()
        self._ends: dict[str, int] = {}
        """The known end of each partition of the events topics, `topic/partition`."""

    async def begin(self) -> None:
        """Wait until every service knows that time is simulated."""
        until = time.monotonic() + _PATIENCE
        while not all([await self._simulated(one) for one in self._services]):
            _check(until, "the genesis everywhere")
            await asyncio.sleep(0.02)
        await self.settle_all()

    async def _simulated(self, one: Service) -> bool:
        return bool((await self._operator.get(f"/{one.area}/status"))["simulated"])

    async def to(self, when: datetime) -> int:
        """Let time go on in every service; the number of deadlines and cut-offs decided."""
        await self.settle()
        decided = sum(await asyncio.gather(*(self._tick(one.area, when) for one in self._services)))
        await self.settle()
        return decided

    async def _tick(self, area: str, when: datetime) -> int:
        decided = int((await self._operator.ask(f"/{area}/clock/tick", {"as_of": when.isoformat()}))["decided"])
        if decided:
            self._gateway.commanded.add(area)
        return decided

    async def settle(self) -> None:
        """Wait until nothing is on its way from what was commanded since the last time."""
        moved = {one for one in self._services if one.area in self._gateway.commanded}
        self._gateway.commanded.clear()
        until = time.monotonic() + _PATIENCE
        while moved:
            grown = set[str]()
            for one, ends in zip(
                moved, await asyncio.gather(*(self._settled(one, until) for one in moved)), strict=True
            ):
                if any(self._ends.get(place, 0) < end for place, end in ends.items()):
                    grown.add(one.area)
                self._ends |= ends
            moved = {one for one in self._services if grown.intersection(one.reads())}

    async def settle_all(self) -> None:
        """The same, whoever was commanded by whom."""
        self._gateway.commanded |= {one.area for one in self._services}
        await self.settle()

    async def _settled(self, one: Service, until: float) -> dict[str, int]:
        """Where a service's own topic ends once it is settled."""
        while True:
            answer: dict[str, Any] = await self._operator.ask(f"/{one.area}/clock/settle", {"reached": self._ends})
            if answer["settled"]:
                return dict(answer["ends"])
            _check(until, f"{one.area} to have read and done everything")


def _check(until: float, what: str) -> None:
    if time.monotonic() > until:
        raise LocalError(f"waited {_PATIENCE:.0f} s for {what}: see `sevenx status` and `sevenx logs`")
