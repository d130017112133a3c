"""From a command to committed events: load, decide, append, with retries on conflict and idempotent answers."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from sevenx.kernel.avro import Catalog
from sevenx.kernel.clock import wall_now
from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import Meta, Recorded, uuid7
from sevenx.kernel.errors import ConcurrencyConflict, Problem, Rejection, StreamBlocked
from sevenx.kernel.event_store import EventStore, Head, Loaded, NewEvent, PeriodAlreadyClosed, hash_of
from sevenx.kernel.event_types import from_record
from sevenx.kernel.slices import Slices
from sevenx.kernel.topics import partition_of

_ATTEMPTS = 8
_PAUSE = 0.002
"""Seconds, at most, before the second attempt; twice that before each further one (exponential backoff with jitter)."""
_CACHED_STREAMS = 4096

Authorize = Callable[[Any], str]
"""Given the stream's state, the grant that allows the command; raises Problem(403) when none does."""


@dataclass(frozen=True, slots=True)
class Work:
    """One command for one stream."""

    decider: Decider[Any]
    stream: str
    command: Any
    authorize: Authorize | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Who gives a command, and what identifies it. `command` and `correlation` are 32 and 16 bytes."""

    actor: str
    command: bytes
    correlation: bytes
    request: str = ""
    """Hash of the request's body: the same key with another body is a conflict."""
    on_behalf_of: str | None = None
    causation: bytes | None = None
    traceparent: str | None = None
    expected: str = ""
    """Where the first stream must stand, `area/stream@version`, for a client that decided on what it saw there."""
    occurred_at: datetime | None = None
    """Business time of what the command causes; None: now. Given only where a log is founded in simulated time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the events it caused (now, or when it was given before) and the first stream's head."""

    position: str
    events: tuple[str, ...]
    after: tuple[str, ...] = ()
    """Who has read these positions has read all of the command: the last event of each partition."""
    replayed: bool = False


@dataclass(slots=True)
class _Cached:
    head: Head
    state: Any


@dataclass(slots=True)
class _Open:
    """A stream within one command: its head and state as they grow by the events decided."""

    decider: Decider[Any]
    head: Head
    state: Any
    grown: list[Any] = field(default_factory=list)


class CommandHandler:
    """Carries out commands of one area. Many at once, such as the rows of a file, are decided in slices.

    States are kept for the streams used last and brought up to date with what was appended since, so that a long stream
    is not folded again for each command. The log alone decides: a kept state is never trusted beyond its version.
    """

    def __init__(
        self, store: EventStore, catalog: Catalog, area: str, district: str, now: Callable[[], datetime]
    ) -> None:
        self._store, self._catalog, self._area, self._district, self._now = store, catalog, area, district, now
        self._kept: OrderedDict[str, _Cached] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """Within one process the commands of a stream queue up; between processes the log's versions decide."""

    def now(self) -> datetime:
        """Business time, UTC: when what a command causes now will have occurred."""
        return self._now()

    async def state(self, decider: Decider[Any], stream: str) -> tuple[Any, int]:
        """The current state of a stream and its version (0: it has no events)."""
        opened, _ = await self._open([Work(decider, stream, None)], bytes(32))
        return opened[stream].state, opened[stream].head.version

    async def states(self, wanted: Sequence[tuple[Decider[Any], str]]) -> dict[str, Any]:
        """The current states of many streams, read in one query; a stream without events has its first state."""
        opened, _ = await self._open([Work(decider, stream, None) for decider, stream in wanted], bytes(32))
        return {stream: one.state for stream, one in opened.items()}

    async def streams(self, prefix: str) -> list[str]:
        """The streams of this area whose id begins with `prefix`."""
        return await self._store.streams(prefix)

    async def history(self, streams: Sequence[str]) -> dict[str, list[Recorded]]:
        """Every event of some streams, in order, as it stands in the log."""
        return (await self._store.load(dict.fromkeys(streams, 0), bytes(32))).streams

    async def caused(self, command: bytes) -> list[Recorded]:
        """What a command of the past caused, in order."""
        return (await self._store.load({}, command)).answered

    async def earlier(self, context: Context) -> tuple[Outcome, list[Recorded]] | None:
        """What this command answered and caused when it was given before; None when it caused nothing so far.

        Raises Problem 409 when its key was used with another body.
        """
        loaded = await self._store.load({}, context.command)
        return (self._answer_again(loaded.answered, context), loaded.answered) if loaded.answered else None

    async def handle(self, work: Sequence[Work], context: Context) -> Outcome:
        """Carry out commands, all or nothing.

        Raises Problem: 403 not allowed, 409 conflict or key used with another body, 422 (or the rejection's own status)
        refused by a rule, 412 the first stream has moved on from what the client saw, 423 a stream has a fork.
        """
        async with AsyncExitStack() as locks:
            slices = Slices()
            for stream in sorted({one.stream for one in work}):
                await slices.give_way()
                await locks.enter_async_context(self._locks.setdefault(stream, asyncio.Lock()))
            return await self._carry_out(work, context)

    async def _carry_out(self, work: Sequence[Work], context: Context) -> Outcome:
        outcome = await self._try_kept(work, context)
        if outcome is not None:
            return outcome
        for attempt in range(_ATTEMPTS):
            if attempt:
                await asyncio.sleep(random.uniform(0, _PAUSE * 2 ** (attempt - 1)))
            opened, loaded = await self._open(work, context.command)
            if loaded.answered:
                return self._answer_again(loaded.answered, context)
            events = await self._decide(work, opened, context)
            try:
                return await self._commit(work, opened, events)
            except (ConcurrencyConflict, PeriodAlreadyClosed):
                continue
        raise Problem(
            409,
            "concurrent-change",
            "其他人同时修改了同一对象，请刷新后重试。",
            "Others changed the same thing at the same time; reload it and try again.",
            details={"streams": sorted({one.stream for one in work})},
        )

    async def _try_kept(self, work: Sequence[Work], context: Context) -> Outcome | None:
        """Decide on the states kept in memory, without a look at the log.

        What is accepted so is guarded by the log's own constraints: a stream that has grown, or a command that was
        given before, conflicts. Anything else (a refusal, nothing to do, a conflict) is decided again on what the log
        says: None.
        """
        opened = {}
        for one in work:
            kept = self._kept.get(one.stream)
            if kept is None:
                return None
            opened[one.stream] = _Open(one.decider, kept.head, kept.state)
        try:
            events = await self._decide(work, opened, context)
            return await self._commit(work, opened, events) if events else None
        except (Problem, ConcurrencyConflict, PeriodAlreadyClosed):
            return None

    async def _commit(self, work: Sequence[Work], opened: Mapping[str, _Open], events: list[NewEvent]) -> Outcome:
        first = work[0].stream
        if events:
            try:
                await self._store.append(events)
            except StreamBlocked as error:
                raise _blocked(work) from error
            for stream, one in opened.items():
                self._keep(stream, one.head, one.state)
        names = tuple(type(event).__name__ for one in opened.values() for event in one.grown)
        version = opened[first].head.version
        reached = [(event.stream, event.version) for event in events]
        if not events and version:
            reached = [(first, version)]
        return Outcome(f"{self._area}/{first}@{version}", names, self._ends(reached))

    async def _open(self, work: Sequence[Work], command: bytes) -> tuple[dict[str, _Open], Loaded]:
        deciders = {one.stream: one.decider for one in work}
        kept = {stream: self._kept.get(stream) for stream in deciders}
        loaded = await self._store.load({s: c.head.version if c else 0 for s, c in kept.items()}, command)
        opened, slices = dict[str, _Open](), Slices()
        for stream, decider in deciders.items():
            await slices.give_way()
            cached = kept[stream]
            head, state = (cached.head, cached.state) if cached else (Head(), decider.initial)
            classes = {cls.__name__: cls for cls in decider.events}
            for event in loaded.streams[stream]:
                cls = classes.get(event.name)
                if cls is not None:
                    state = decider.evolve(state, from_record(cls)(event.data))
                head = Head(event.version, event.hash, event.meta.recorded_at)
            self._keep(stream, head, state)
            opened[stream] = _Open(decider, head, state)
        return opened, loaded

    def _keep(self, stream: str, head: Head, state: Any) -> None:
        self._kept[stream] = _Cached(head, state)
        self._kept.move_to_end(stream)
        if len(self._kept) > _CACHED_STREAMS:
            self._kept.popitem(last=False)

    async def _decide(self, work: Sequence[Work], opened: Mapping[str, _Open], context: Context) -> list[NewEvent]:
        first = work[0].stream
        stands = f"{self._area}/{first}@{opened[first].head.version}"
        if context.expected and context.expected != stands:
            raise _moved_on(context.expected, stands)
        now, new = context.occurred_at or self._now(), list[NewEvent]()
        slices = Slices()
        for one in work:
            await slices.give_way()
            stream = opened[one.stream]
            grant = one.authorize(stream.state) if one.authorize else ""
            decided = one.decider.decide(one.command, stream.state)
            if isinstance(decided, Rejection):
                raise Problem.of(decided)
            for event in decided:
                encoded = self._encode(one.stream, stream.head, event, context, grant, now, len(new))
                new.append(encoded)
                stream.head = Head(encoded.version, hash_of(encoded), max(wall_now(), stream.head.recorded_at or now))
                stream.state = one.decider.evolve(stream.state, event)
                stream.grown.append(event)
        return new

    def _encode(
        self, stream: str, head: Head, event: Any, context: Context, grant: str, now: datetime, ordinal: int
    ) -> NewEvent:
        recorded = wall_now()
        ext = {}
        if ordinal == 0 and context.request:
            ext["request"] = context.request
        if ordinal:
            ext["ordinal"] = str(ordinal)
        if grant:
            ext["grant"] = grant
        meta = Meta(
            prev=head.hash,
            id=uuid7(),
            version=head.version + 1,
            district=self._district,
            stream=stream,
            occurred_at=now,
            recorded_at=max(recorded, head.recorded_at) if head.recorded_at else recorded,
            actor=context.actor,
            on_behalf_of=context.on_behalf_of,
            command=context.command,
            correlation=context.correlation,
            causation=context.causation,
            ext=ext,
        )
        value = self._catalog.encode(self._area, event, meta)
        return NewEvent(stream, meta.version, context.command, ordinal, value, now, context.traceparent)

    def _answer_again(self, answered: Sequence[Recorded], context: Context) -> Outcome:
        """The answer that this command was given the first time (architecture: idempotency stands in the events)."""
        if answered[0].meta.ext.get("request", context.request) != context.request:
            raise Problem(
                409,
                "idempotency-key-reused",
                "同一个 Idempotency-Key 已用于内容不同的请求；请换一个新的键。",
                "This Idempotency-Key was used with another body; send a new key for a new request.",
            )
        first = answered[0].meta.stream
        version = max(event.version for event in answered if event.meta.stream == first)
        after = self._ends((event.meta.stream, event.version) for event in answered)
        names = tuple(event.name for event in answered)
        return Outcome(f"{self._area}/{first}@{version}", names, after, replayed=True)

    def _ends(self, events: Iterable[tuple[str, int]]) -> tuple[str, ...]:
        """The last of some events, given in order by stream and version, in each partition: a reader takes a partition
        in order, so that it has read the others too."""
        last = {partition_of(stream): f"{self._area}/{stream}@{version}" for stream, version in events}
        return tuple(last.values())


def _moved_on(expected: str, stands: str) -> Problem:
    return Problem(
        412,
        "stale-version",
        f"您依据的版本（{expected}）已过时，现为 {stands}；请刷新后重新决定。",
        f"You decided on {expected}, but the stream stands at {stands}: reload it and decide again.",
        details={"expected": expected, "stands": stands},
    )


def _blocked(work: Sequence[Work]) -> Problem:
    return Problem(
        423,
        "stream-forked",
        "该对象的事件流出现分叉，审计作出结论前不接受新的操作。",
        "The event stream of this object has a fork; no command is taken until audit has concluded.",
        details={"streams": sorted({one.stream for one in work})},
    )
