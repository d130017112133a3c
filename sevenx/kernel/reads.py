"""Reading a service's projections, and waiting until an event has reached them."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, TypeVar

from sqlalchemy import ARRAY, BigInteger, CursorResult, Text, bindparam, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql import Executable

from sevenx.kernel.errors import Problem

POLL = 0.05
"""Seconds between two looks at a stream's head when no reader of this process announces it."""

KEPT, KEPT_ALONE = 1.0, 10.0
"""Seconds for which an answer is kept at most: where other processes read some of the partitions, and where this one
reads them all (events that had been set aside and are redriven come in no batch)."""
_MOST_KEPT = 4096
T = TypeVar("T")

_POSITION = re.compile(r"^(?P<area>[a-z]+)/(?P<stream>[^@]+)@(?P<version>[1-9][0-9]{0,17})$")
_REACHED = text("""
SELECT count(*) = cardinality(:streams)
FROM unnest(:areas, :streams, :versions) AS wanted (area, stream, version)
JOIN "read".stream_head AS head USING (area, stream)
WHERE head.version >= wanted.version
""").bindparams(
    bindparam("areas", type_=ARRAY(Text)),
    bindparam("streams", type_=ARRAY(Text)),
    bindparam("versions", type_=ARRAY(BigInteger)),
)


def reads_engine(database: str, connections: int = 10) -> AsyncEngine:
    """An engine for `Reads` on a libpq URL.

    Statements are not prepared on the server: a rebuild puts other tables under the same names, and a kept plan would
    fail on a changed shape. Each query stands alone: without a transaction around it, it is one round trip.
    """
    url = make_url(database).set(drivername="postgresql+psycopg")
    return create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        isolation_level="AUTOCOMMIT",
        connect_args={"prepare_threshold": None},
    )


class HeadSignal:
    """Tells those who wait in this process that the reader has committed a batch."""

    def __init__(self) -> None:
        self.next = asyncio.Event()
        """Set at the next announcement: take it before you look, and wait for it after."""
        self.batches = Counter[str]()
        """How many batches have brought an event, by `area.EventName`; and events of an area, by its name."""
        self.alone = False
        """Whether the reader of this process has every partition, so that no other process brings events."""
        self.hurried = asyncio.Event()
        """Set while somebody waits for what is known: the reader does not rest then."""
        self._hurrying = 0

    @contextmanager
    def hurry(self) -> Iterator[None]:
        """While somebody waits."""
        self._hurrying += 1
        self.hurried.set()
        try:
            yield
        finally:
            self._hurrying -= 1
            if not self._hurrying:
                self.hurried.clear()

    def announce(self, events: Iterable[str] = ()) -> None:
        """Wake everyone who waits now; the batch has brought these events (`area.EventName`)."""
        brought = set(events)
        self.batches.update(brought | {event.partition(".")[0] for event in brought})
        self.next.set()
        self.next = asyncio.Event()


class Reads:
    """Queries on the projections, in SQLAlchemy Core. A row is a mapping by column name."""

    def __init__(self, engine: AsyncEngine, signal: HeadSignal | None = None) -> None:
        """`signal` is the reader's, where it runs in this process; else heads are polled."""
        self.engine = engine
        self._signal = signal
        self._kept: dict[Hashable, tuple[int, float, Any]] = {}

    async def rows(self, query: Executable) -> list[Mapping[str, Any]]:
        """All rows of a SELECT."""
        return await self._answer(query, lambda found: [dict(row) for row in found.mappings()])

    async def one(self, query: Executable) -> Mapping[str, Any] | None:
        """The first row, or None when there is none."""
        row = await self._answer(query, lambda found: found.mappings().first())
        return None if row is None else dict(row)

    async def scalar(self, query: Executable) -> Any:
        """The first column of the first row, or None when there is none."""
        return await self._answer(query, lambda found: found.scalar())

    async def batches(self, query: Executable, size: int = 500) -> AsyncIterator[list[Mapping[str, Any]]]:
        """The rows of a SELECT of any length, so many at a time, through a cursor on the server. As they stood when
        the query began."""
        async with self.engine.connect() as connection:
            reading = await connection.execution_options(isolation_level="READ COMMITTED")
            async with reading.stream(query, execution_options={"yield_per": size}) as found:
                async for some in found.mappings().partitions(size):
                    yield [dict(row) for row in some]

    async def _answer(self, query: Executable, take: Callable[[CursorResult[Any]], T]) -> T:
        """Ask once more where the connection had died: the database was started anew since it was last used."""
        try:
            async with self.engine.connect() as connection:
                return take(await connection.execute(query))
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        async with self.engine.connect() as connection:
            return take(await connection.execute(query))

    async def kept(self, of: str | frozenset[str], key: Hashable, load: Callable[[], Awaitable[T]]) -> T:
        """What `load` answers, kept under `key` until the reader of this process brings another event of `of`, and
        for KEPT or KEPT_ALONE seconds at most. `of` is an area, or the events (`area.EventName`) that fill the tables
        which `load` reads. What is kept may not be changed by who gets it. Without a reader in this process nothing is
        kept."""
        if self._signal is None:
            return await load()
        batches = self._signal.batches
        batch = batches[of] if isinstance(of, str) else sum(batches[event] for event in of)
        now = time.monotonic()
        known, limit = self._kept.get(key), KEPT_ALONE if self._signal.alone else KEPT
        if known is not None and known[0] == batch and now - known[1] < limit:
            answer: T = known[2]
            return answer
        answer = await load()
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        # Of before the load: what came in meanwhile may be in the answer or not, so that the answer is not used again.
        self._kept[key] = (batch, now, answer)
        return answer

    async def wait_for(self, positions: Sequence[str], seconds: float = 2.0) -> None:
        """Return once the events at these positions, each `area/stream@version`, have been read here.

        Raises Problem 400 `bad-position` for text of another form and 504 `not-yet` after so many `seconds`.
        """
        wanted = dict[tuple[str, str], int]()
        for position in positions:
            match = _POSITION.match(position)
            if match is None:
                raise Problem(
                    400,
                    "bad-position",
                    "位置的格式应为 area/stream@version",
                    "a position has the form area/stream@version",
                    details={"position": position},
                )
            stream = (match["area"], match["stream"])
            wanted[stream] = max(int(match["version"]), wanted.get(stream, 0))
        query = _REACHED.bindparams(
            areas=[area for area, _ in wanted],
            streams=[stream for _, stream in wanted],
            versions=list(wanted.values()),
        )
        with self._signal.hurry() if self._signal else nullcontext():
            if await self._reached(query, seconds):
                return
        raise Problem(
            504,
            "not-yet",
            "数据尚未更新到该位置，请稍后再试",
            "the read model has not reached this position yet; try again shortly",
            details={"positions": list(positions)},
        )

    async def _reached(self, query: Executable, seconds: float) -> bool:
        """Whether the query becomes true within so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            moved = self._signal.next if self._signal else None
            if await self.scalar(query):
                return True
            left = deadline - loop.time()
            if left <= 0:
                return False
            await _until(moved, min(left, POLL))


async def _until(moved: asyncio.Event | None, seconds: float) -> None:
    """Until the event is set, at most so long."""
    if moved is None:
        await asyncio.sleep(seconds)
        return
    with suppress(TimeoutError):
        await asyncio.wait_for(moved.wait(), seconds)
