"""The clock role: one leader of a service decides what has fallen due, and announces cut-offs.

Live it looks once a second. With simulated business time it moves only by `tick`. What was missed while nobody ran is
caught up in the order of its time, and every deadline is decided once: the identity of the command comes from the
stream, the deadline's name and its time.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Table, select

from sevenx.kernel.clock import BusinessClock
from sevenx.kernel.cut_offs import CutOff, cut_offs
from sevenx.kernel.database_away import AWAY
from sevenx.kernel.deadlines import Deadlines
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.period_close import PeriodCloser
from sevenx.kernel.reads import Reads
from sevenx.kernel.telemetry import DEADLINES

CLOCK_LOCK = 7000004
"""Advisory lock of the one clock of a service, held as long as it leads."""
_ROUNDS = 100
"""Rounds of one tick: each may bring new deadlines into being; more than this is an endless circle."""

log = logging.getLogger(__name__)


class ClockRole:
    """Decides deadlines and announces cut-offs of one area; without a closer, of a service that has no events, it only
    lets simulated time go on."""

    def __init__(
        self,
        clock: BusinessClock,
        handler: CommandHandler,
        reads: Reads,
        closer: PeriodCloser | None,
        deployment: Table,
        deadlines: Deadlines | None,
        drained: Callable[[], Awaitable[bool]],
        remember: Callable[[datetime], Awaitable[None]],
    ) -> None:
        self._clock, self._handler, self._reads, self._closer = clock, handler, reads, closer
        self._deployment, self._deadlines, self._drained, self._remember = deployment, deadlines, drained, remember
        self._ticking = asyncio.Lock()
        self._announced: set[tuple[str, str]] = set()
        """Cut-offs that are known to be announced; none of them is ever taken back."""

    async def run(self, database: str, stopping: asyncio.Event) -> None:
        """Tick once a second while this process leads and time is not simulated, until stopped."""
        while not stopping.is_set():
            try:
                async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
                    await self._lead(connection, stopping)
            except (*AWAY, psycopg.Error, Problem) as error:
                log.warning("clock interrupted, trying again", extra={"error": repr(error)})
                await _pause(stopping, 1.0)

    async def _lead(self, connection: psycopg.AsyncConnection[Any], stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (CLOCK_LOCK,))).fetchone()
            if row == (True,):
                break
            await _pause(stopping, 1.0)
        while not stopping.is_set():
            await connection.execute("SELECT 1")  # a lost connection is a lost lead
            if await self._time_is_real():
                await self.tick(self._clock.now(), patience=0.0)
            await _pause(stopping, 1.0)

    async def _time_is_real(self) -> bool:
        """Whether the district is founded, and on the wall clock: its genesis decides, not whether this process has
        heard of it yet."""
        row = await self._reads.one(select(self._deployment))
        return row is not None and not row["simulated"]

    async def tick(self, as_of: datetime, patience: float = 30.0) -> int:
        """Decide everything that is due at `as_of`; the number of deadlines and cut-offs handled.

        Waits up to `patience` seconds until our own projections show all that our log holds, since they tell what is
        due. Not drained in time: nothing more is decided in this round, the next tick catches up.
        """
        async with self._ticking:
            handled, seen = 0, set[tuple[str, str, str]]()
            for _ in range(_ROUNDS):
                if not await self._wait_drained(patience):
                    return handled
                done = await self._round(as_of, seen)
                if not done:
                    break
                handled += done
            else:
                raise Problem(
                    500, "endless-deadlines", "截止事项循环产生。", "Deadlines bring forth deadlines without end."
                )
            await self._move(as_of)
            return handled

    async def _round(self, as_of: datetime, seen: set[tuple[str, str, str]]) -> int:
        """Handle what is due up to the next cut-off, deadlines first; 0 when nothing is left."""
        pending = await self._pending_cut_offs(as_of)
        horizon = pending[0].as_of if pending else as_of
        due = [] if self._deadlines is None else await self._deadlines.due(self._reads, horizon)
        fresh = [row for row in due if (row["stream"], row["name"], row["due_at"].isoformat()) not in seen]
        for row in fresh:
            seen.add((row["stream"], row["name"], row["due_at"].isoformat()))
            await self._move(row["due_at"])
            await self._decide(row, as_of)
        if fresh:
            return len(fresh)
        if pending and (closer := self._closer):
            closing = [cut for cut in pending if cut.as_of == horizon]
            await self._move(horizon)
            for cut in closing:
                await closer.close(cut)
            return len(closing)
        return 0

    async def _decide(self, row: Mapping[str, Any], as_of: datetime) -> None:
        if self._deadlines is None:
            return
        identity = f"{row['stream']}\0{row['name']}\0{row['due_at'].isoformat()}".encode()
        desk = ReactionDesk(self._handler, f"deadline:{row['name']}", hashlib.sha256(identity).digest())
        await desk.give(*self._deadlines.command(row, as_of))
        DEADLINES.labels(row["name"]).inc()

    async def _pending_cut_offs(self, as_of: datetime) -> list[CutOff]:
        row = await self._reads.kept("registry", "deployment", self._founded)
        if row is None or self._closer is None:
            return []
        days = (row["month_last_day"], row["december_last_day"])
        listed = list(cut_offs(row["established_at"], as_of, *days))
        if any((cut.kind, cut.as_of.isoformat()) not in self._announced for cut in listed):
            self._announced = await self._closer.closed()
        return [cut for cut in listed if (cut.kind, cut.as_of.isoformat()) not in self._announced]

    async def _founded(self) -> Mapping[str, Any] | None:
        return await self._reads.one(select(self._deployment))

    async def _move(self, to: datetime) -> None:
        """Simulated time goes to `to`, if that is ahead."""
        if self._clock.simulated and to > self._clock.now():
            await self._remember(to)
            self._clock.advance(to)

    async def _wait_drained(self, patience: float) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while not await self._drained():
            if loop.time() >= until:
                return False
            await asyncio.sleep(0.02)
        return True


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
