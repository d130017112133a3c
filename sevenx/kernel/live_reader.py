"""The live reader of a service: keeps its projections up with the bus, and tells how it stands.

Faust brings the records (faust_source), a thread of their own applies them (batch_worker), and PostgreSQL holds the
offsets. The reader never acknowledges what is not committed: while the database or Kafka is away it waits and tries
again; when a topic turns out to have been made anew or cut short it stops and says so; when it stands still although
there is more to read, it asks that the process be left, so that a supervisor starts it afresh.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.avro import Catalog
from sevenx.kernel.batch_reader import KafkaAway
from sevenx.kernel.batch_worker import BatchWorker, Superseded
from sevenx.kernel.errors import BrokenTopic
from sevenx.kernel.faults import Fault, fault_from_env
from sevenx.kernel.faust_source import POLL, FaustSource
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.lag import Progress
from sevenx.kernel.reactor import Desks, Reactor
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import CheckpointMoved, DatabaseAway
from sevenx.kernel.reader_metrics import BROKEN, WAITING
from sevenx.kernel.reads import HeadSignal, Reads
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.service import ServiceDefinition
from sevenx.kernel.settings import Settings
from sevenx.kernel.topics import PARTITIONS
from sevenx.kernel.watchdog import Watchdog

T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds between two tries while something is away."""
OBSERVE = 1.0
"""Seconds between two looks at the quarantine."""
STOP_WITHIN = 5.0
"""Seconds that each part is given to stop."""
REST, LONGEST_REST = 6.0, 0.4
"""After a small batch the reader rests for so many times as long as the batch took, and never longer than so many
seconds: a batch costs almost the same for one event as for many, and under load, when batches take longer, more events
wait to share one. Whoever waits for an event ends the rest (docs/adr/0039)."""
WATCHED_REST, LONGEST_WATCHED_REST = 1.0, 0.05
"""The same where people watch what is read."""

log = logging.getLogger(__name__)


class LiveReader:
    """`start` returns once the read model's tables are there; the rest goes on by itself until `stop`."""

    def __init__(
        self,
        settings: Settings,
        definition: ServiceDefinition,
        catalog: Catalog,
        pool: AsyncConnectionPool,
        reads: Reads,
        *,
        desks: Desks,
        on_fork: Callable[[StreamForkFound], Awaitable[None]],
        fatal: Callable[[str], None],
        signal: HeadSignal | None = None,
        follows: tuple[str, ...] = (),
        stalled_after: float = 30.0,
        fault: Fault | None = None,
    ) -> None:
        """`desks` makes the desk of a reaction to an event; `on_fork` is told of records on our own topic that our log
        lacks; `fatal` is called when the process should be left; `signal` is announced to after each batch; `follows`
        replaces the declaration's areas; `stalled_after` is in seconds."""
        self.side = ReadSide(settings, definition, catalog, follows)
        self._on_fork, self._fatal, self._signal = on_fork, fatal, signal or HeadSignal()
        self._worker = BatchWorker(self.side, self._report_fork, fault or fault_from_env())
        self._thread = ThreadPoolExecutor(1, "reader")
        self._reactor = Reactor(pool, catalog, definition.reactions, reads, desks, lambda: self.progress.next)
        self.progress = Progress()
        self._watchdog = Watchdog(self.side, self.progress, stalled_after, fatal, self._halt)
        self._source: FaustSource | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._again = asyncio.Event()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._rest_until = 0.0
        self._rests = (WATCHED_REST, LONGEST_WATCHED_REST) if definition.watched else (REST, LONGEST_REST)
        self._stopping = asyncio.Event()
        self._state, self._error = "stopped", ""
        self._counts: dict[str, int] = {}

    # -- for the service ------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Make the read model where there is none, and begin to read. Raises DatabaseAway."""
        self._loop = asyncio.get_running_loop()
        self._set("starting")
        await self._in_thread(self._worker.make_if_missing)
        self._tasks = [
            asyncio.create_task(self._run(), name="reader"),
            asyncio.create_task(self._reactor.run(), name="reactions"),
            asyncio.create_task(self._watchdog.run(), name="reader-watchdog"),
            asyncio.create_task(self._observe(), name="reader-observer"),
        ]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Stop within bounds; what is not committed is read again next time."""
        self._stopping.set()
        self._again.set()
        _done, left = await asyncio.wait(self._tasks[:1], timeout=2 * STOP_WITHIN) if self._tasks else (set(), set())
        for task in (*left, *self._tasks[1:]):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._thread.shutdown(wait=not left, cancel_futures=True)
        self._worker.close()
        self._set("stopped")

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._fatal(f"{task.get_name()} failed: {task.exception()!r}")

    def status(self) -> dict[str, Any]:
        """`state`: starting, rebuilding, running, waiting (something is away), broken, superseded or stopped; `error`
        says why; `lag` in records; `partitions`: next offset, end offset, lag in records and in seconds, of each."""
        partitions = self.progress.report()
        return {
            "state": self._state,
            "error": self._error,
            "lag": sum(one["lag_records"] for one in partitions.values()),
            "quarantine": {kind: count for kind, count in self._counts.items() if kind != "reactions"},
            "reactions_waiting": self._counts.get("reactions", 0),
            "partitions": partitions,
        }

    # -- reading --------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                await self._prepare()
                pause = FIRST_PAUSE
                await self._read()
            except BrokenTopic as error:
                await self._halt(error)
            except Superseded as error:
                self._set("superseded", error)
            except (DatabaseAway, KafkaAway, CheckpointMoved) as error:
                self._set("waiting", error)
            except Exception as error:
                log.exception("the reader failed and begins again")
                self._set("waiting", error)
            if self._state == "broken":
                await self._stopping.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _prepare(self) -> None:
        self._again.clear()
        if await self._in_thread(self._worker.needs_rebuild):
            self._set("rebuilding")
            await self._in_thread(self._worker.rebuild)
        await self._in_thread(self._worker.prepare)

    async def _read(self) -> None:
        """Until something asks for a new beginning."""
        self.progress.reset()
        settings = self.side.settings
        self._source = FaustSource(settings, self.side.topics, self.side.group, self)
        try:
            await self._source.start()
            self._set("running")
            while not self._again.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._again.wait(), 0.5)
                if self._source.crashed is not None:
                    raise RuntimeError(f"Faust gave up: {self._source.crashed!r}")
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._source.stop(), STOP_WITHIN)

    # -- what the source calls ------------------------------------------------------------------------------------

    async def assigned(self, places: frozenset[Place]) -> Mapping[Place, int]:
        """See faust_source.Receiver."""
        positions = await self._persist(lambda: self._worker.positions(places)) or {}
        self._signal.alone = len(places) == PARTITIONS * len(self.side.topics)
        self.progress.assign(positions)
        return positions

    async def batch(self, records: Sequence[RawRecord]) -> None:
        """See faust_source.Receiver."""

        def apply() -> Any:
            return self._worker.apply(records, self.progress.next)

        began = time.monotonic()
        self._at_rest.clear()
        try:
            applied = await self._persist(apply)
        finally:
            self._at_rest.set()
        ended = time.monotonic()
        times, longest = self._rests
        rest = min(times * (ended - began), longest)
        self._rest_until = ended + (rest if len(records) < POLL else 0.0)
        if applied is not None and applied.next:
            self.progress.advance(applied.next, applied.last_timestamp)
            self._signal.announce(applied.events)
            if applied.reactions:
                self._reactor.wake()

    async def rested(self) -> None:
        """See faust_source.Receiver."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_REST):
                await self._at_rest.wait()
        left = self._rest_until - time.monotonic()
        if left > 0 and not self._signal.hurried.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._signal.hurried.wait(), left)

    async def _persist(self, work: Callable[[], T]) -> T | None:
        """Work in the thread, again and again while something is away. None when it is given up: the reader stops or
        begins again from the checkpoints."""
        pause = FIRST_PAUSE
        while not self._again.is_set():
            try:
                done = await self._in_thread(work)
            except (DatabaseAway, KafkaAway) as error:
                self._set("waiting", error)
            except BrokenTopic as error:
                await self._halt(error)
            except CheckpointMoved as error:
                log.info("another worker was here", extra={"reason": str(error)})
                await self._reload()
            except Exception:  # it may not reach Faust, which would acknowledge the records
                log.exception("a batch failed; the reader begins again")
                self._again.set()
            else:
                if self._state == "waiting":
                    self._set("running")
                return done
            with suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        return None

    async def _reload(self) -> None:
        """Go on from where the database's checkpoints stand now; from a new beginning if the read model is another."""
        try:
            if await self._in_thread(self._worker.needs_rebuild):
                self._again.set()
                return
            places = frozenset(self.progress.next)
            self.progress.assign(await self._in_thread(lambda: self._worker.positions(places)))
        except (DatabaseAway, KafkaAway) as error:
            self._set("waiting", error)
        except BrokenTopic as error:
            await self._halt(error)
        except Superseded:
            self._again.set()

    # -- within ---------------------------------------------------------------------------------------------------

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _report_fork(self, found: StreamForkFound) -> None:
        """Called in the thread: returns once the owner has put the fork on record."""
        if self._loop is None:
            raise RuntimeError("the reader is not started")
        asyncio.run_coroutine_threadsafe(_call(self._on_fork, found), self._loop).result()

    async def _observe(self) -> None:
        """Count what waits for a person, and finish what was left undone, now and then."""
        while True:
            await asyncio.sleep(OBSERVE)
            try:
                if self._state == "running":
                    await self._in_thread(self._worker.tidy)
                self._counts = await self._in_thread(self._worker.observe)
            except (DatabaseAway, KafkaAway) as error:
                log.debug("not observed: %s", error)

    async def _halt(self, error: BrokenTopic) -> None:
        self._set("broken", error)
        log.critical("the reader has stopped", extra={"reason": str(error)})
        self._again.set()

    def _set(self, state: str, error: Exception | None = None) -> None:
        if self._state == "broken" and state not in ("starting", "stopped"):
            return  # it stays until the process begins anew
        if error is not None and (state, str(error)) != (self._state, self._error) and state == "waiting":
            log.warning("the reader waits", extra={"reason": str(error)})
        self._state, self._error = state, str(error) if error else ""
        self.progress.running = state == "running"
        self.progress.since = time.monotonic()
        BROKEN.set(state == "broken")
        WAITING.set(state in ("waiting", "rebuilding"))


async def _call(callback: Callable[[StreamForkFound], Awaitable[None]], found: StreamForkFound) -> None:
    await callback(found)
