"""Long work on the event loop in slices, so that other requests are served in the midst of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

SLICE = 0.01
"""Seconds after which the loop is left to others."""


class Slices:
    """The slices of one piece of work, from now on:

    slices = Slices()
    for row in rows:
        await slices.give_way()
        …
    """

    def __init__(self, seconds: float = SLICE, clock: Callable[[], float] = time.perf_counter) -> None:
        self._seconds, self._clock = seconds, clock
        self._begun = clock()

    async def give_way(self) -> None:
        """Where the work has held the loop for a slice, whoever waits for the loop comes first; before that nothing
        happens, so that short work costs no turn."""
        if self._clock() - self._begun >= self._seconds:
            await asyncio.sleep(0)
            self._begun = self._clock()
