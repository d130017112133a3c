"""Simulated time on all services: everything that was caused is settled before time goes on."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sevenx.declaration import services
from sevenx.demo.client import Gateway
from sevenx.local.errors import LocalError

_PATIENCE = 60.0


class Play:
    """The clock of the district, moved by hand."""

    def __init__(self, gateway: Gateway) -> None:
        self._operator = gateway.as_("operator")
        self._areas = [service.area for service in services()]

    def begin(self) -> None:
        """Wait until every service knows that time is simulated."""
        self._until(lambda: all(one["simulated"] for one in self._statuses().values()), "the genesis everywhere")

    def to(self, when: datetime) -> int:
        """Let time go on in every service; the number of deadlines and cut-offs decided."""
        self.settle()
        decided = sum(self._tick(area, when) for area in self._areas)
        self.settle()
        return decided

    def _tick(self, area: str, when: datetime) -> int:
        return int(self._operator.post(f"/{area}/clock/tick", {"as_of": when.isoformat()})["decided"])

    def settle(self) -> None:
        """Wait until nothing is on its way: outboxes and reactions are empty, and every reader has read what the owners
        have published. Twice the same, because a reaction may have caused something new in between."""
        seen: list[Any] = [None]

        def settled() -> bool:
            statuses = self._statuses()
            last, seen[0] = seen[0], {area: one["last_position"] for area, one in statuses.items()}
            return last == seen[0] and _all_read(statuses)

        self._until(settled, "all readers to have read everything")

    def _statuses(self) -> dict[str, Mapping[str, Any]]:
        return {area: self._operator.get(f"/{area}/status") for area in self._areas}

    def _until(self, holds: Any, what: str) -> None:
        until = time.monotonic() + _PATIENCE
        while not holds():
            if time.monotonic() > until:
                raise LocalError(f"waited {_PATIENCE:.0f} s for {what}: see `sevenx status` and `sevenx logs`")
            time.sleep(0.01)


def _all_read(statuses: Mapping[str, Mapping[str, Any]]) -> bool:
    """Every service has sent and read back its own log, and stands in each followed partition where its owner does."""
    if not all(one["drained"] for one in statuses.values()):
        return False
    ends = {
        place: partition["next"]
        for area, one in statuses.items()
        for place, partition in one["reader"]["partitions"].items()
        if place.split(".")[1] == area
    }
    return all(
        partition["next"] >= ends.get(place, 0)
        for one in statuses.values()
        for place, partition in one["reader"]["partitions"].items()
    )
