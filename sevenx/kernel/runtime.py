"""A running process of a service: its connections, and the parts that its role asks for."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.auth import Principal, TokenVerifier
from sevenx.kernel.avro import Catalog, catalog
from sevenx.kernel.business_time import BusinessTime
from sevenx.kernel.clock import SHANGHAI, BusinessClock
from sevenx.kernel.clock_role import ClockRole
from sevenx.kernel.compare import compare
from sevenx.kernel.database_away import AWAY
from sevenx.kernel.deployment import deployment_table
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.drained import Drained
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.faults import fault_from_env
from sevenx.kernel.forks import ForkDesk
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.live_reader import LiveReader
from sevenx.kernel.outbox_bell import OutboxBell
from sevenx.kernel.period_close import PeriodCloser
from sevenx.kernel.reaction import Desk, Reaction
from sevenx.kernel.reads import HeadSignal, Reads, reads_engine
from sevenx.kernel.relay import Relay
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.telemetry import configure_tracing

log = logging.getLogger(__name__)


class Runtime:
    """The parts of one process. `start` returns when the API can serve; readers and relays go on by themselves while
    Kafka is away."""

    def __init__(
        self,
        definition: ServiceDefinition,
        settings: Settings,
        schemas: Catalog | None = None,
        follows: tuple[str, ...] = (),
    ) -> None:
        """`follows` replaces the areas that the declaration says are read."""
        self.definition, self.settings, self._follows = definition, settings, follows
        self.catalog = schemas or catalog()
        self.clock = BusinessClock()
        self.tokens = TokenVerifier(settings)
        deployment = deployment_table(definition.projections)
        area, district = definition.area, settings.district
        self._writes = definition.writes
        self.pool = AsyncConnectionPool(
            settings.database, min_size=2, max_size=20, timeout=5, open=False, kwargs={"autocommit": True}
        )
        self.signal = HeadSignal()
        self.reads = Reads(reads_engine(settings.database), self.signal if self._plays("worker") else None)
        self.bell = OutboxBell(settings.database)
        self.store = EventStore(self.pool, self.catalog, area, self.bell.ring)
        self.handler = CommandHandler(self.store, self.catalog, area, district, self.clock.now)
        self.business_time = BusinessTime(self.clock, self.pool, self.reads, deployment, settings.local_issuer)
        self.drained = Drained(self.pool, area)
        self.clock_role = ClockRole(
            self.clock,
            self.handler,
            self.reads,
            PeriodCloser(self.pool, self.catalog, area, district, self.bell.ring) if self._writes else None,
            deployment,
            definition.deadlines,
            self.drained,
            self.business_time.remember,
        )
        self.forks = ForkDesk(self.handler, self.pool, area, district)
        self.relay = Relay(settings, self.catalog, fault_from_env())
        self.reader: LiveReader | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    def _plays(self, part: str) -> bool:
        if part in ("relay", "clock") and not self._writes:
            return False
        return self.settings.role in ("all", part)

    async def start(self) -> None:
        """Connect and start what the role asks for. Raises when the database cannot be reached in 30 s."""
        configure_tracing(self.settings)
        await self.pool.open(wait=True, timeout=30)
        self._spawn(self.bell.run())
        if self._plays("relay"):
            self.relay.start()
        if self._plays("worker"):
            self.reader = self._make_reader()
            await self.reader.start()
        if self.settings.local_issuer:
            await self._follow_business_time()
        for hook in self.definition.on_start:
            await hook(self)
        if self._plays("worker"):
            for task in self.definition.background:
                self._spawn(task(self))
        if self._plays("clock"):
            self._spawn(self.clock_role.run(self.settings.database, self._stopping))
        gc.collect()
        gc.freeze()  # what is loaded now stays: the collector need not look at it again
        log.info(
            "started", extra={"area": self.definition.area, "role": self.settings.role, "bind": self.settings.bind}
        )

    def _make_reader(self) -> LiveReader:
        definition = self.definition
        if self._writes:
            definition = replace(definition, reactions=(*definition.reactions, self.forks.reaction()))
        definition = replace(definition, reactions=tuple(map(self._in_time, definition.reactions)))

        def desk(reaction: Reaction, event: Recorded) -> ReactionDesk:
            return ReactionDesk.of(self.handler, reaction.name, event)

        return LiveReader(
            self.settings,
            definition,
            self.catalog,
            self.pool,
            self.reads,
            desks=desk,
            on_fork=self.forks.note,
            fatal=self.fatal,
            signal=self.signal,
            follows=self._follows,
        )

    def _in_time(self, reaction: Reaction) -> Reaction:
        """The reaction, run once the business time is known."""

        async def run(event: Recorded, reads: Reads, desk: Desk) -> None:
            await self.business_time.ensure()
            await reaction.run(event, reads, desk)

        return replace(reaction, run=run)

    async def _follow_business_time(self) -> None:
        async def follow() -> None:
            while True:
                try:
                    await self.business_time.refresh()
                except AWAY as error:
                    log.warning("business time not read", extra={"error": repr(error)})
                await asyncio.sleep(pause)

        # Who decides the ticks hears of them at once; another process of the service looks more often.
        pause = 1.0 if self._plays("clock") else 0.25
        self._spawn(follow())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self.fatal(f"a background task failed: {task.exception()!r}")

    def fatal(self, reason: str) -> None:
        """Leave the process at once, so that the supervisor starts it afresh."""
        log.critical("leaving", extra={"reason": reason})
        os._exit(70)

    async def stop(self) -> None:
        """Stop what was started, each part within its own bound."""
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.reader is not None:
            await self.reader.stop()
        if self._plays("relay"):
            await asyncio.to_thread(self.relay.stop)
        await self.store.close()
        await self.reads.engine.dispose()
        await self.pool.close()

    async def with_posts(self, principal: Principal) -> Principal:
        """The principal with the grants of the posts that he holds today."""
        if self.definition.grants is None:
            return principal
        today = self.clock.now().astimezone(SHANGHAI).date()
        held = await self.definition.grants(self.reads, principal.subject, today)
        return replace(principal, grants=principal.grants | held)

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Reader and relay of this process do not rest while somebody waits for them."""
        with self.signal.hurry(), self.relay.hurry():
            yield

    async def readiness(self) -> dict[str, Any]:
        """Whether requests can be served. Kafka's absence does not make an API unready: commands wait in the outbox."""
        report: dict[str, Any] = {"ready": True, "area": self.definition.area, "role": self.settings.role}
        try:
            async with self.pool.connection(timeout=2) as connection:
                await connection.execute("SELECT 1")
            report["database"] = "ok"
        except AWAY as error:
            report |= {"ready": False, "database": repr(error)}
        if self.reader is not None:
            report["reader"] = self.reader.status()
        return report

    async def status(self) -> dict[str, Any]:
        """Figures for operators: what waits in the outbox, how far the reader is, what time it is."""
        async with self.pool.connection() as connection:
            row = await (
                await connection.execute(
                    "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8,"
                    " (SELECT coalesce(max(position), 0) FROM log.events) FROM log.outbox"
                )
            ).fetchone()
        waiting, oldest, last = row or (0, 0.0, 0)
        return {
            "area": self.definition.area,
            "district": self.settings.district,
            "business_time": self.clock.now().isoformat(),
            "simulated": self.clock.simulated,
            "outbox": {"rows": waiting, "oldest_seconds": oldest},
            "last_position": last,
            "drained": await self.drained(),
            "reader": self.reader.status() if self.reader else None,
        }

    async def compare(self) -> dict[str, Any]:
        """The read model against a pure replay."""
        return await asyncio.to_thread(compare, self.settings, self.definition, self.catalog, self._follows)
