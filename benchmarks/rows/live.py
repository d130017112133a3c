"""Live projection: how many events a second the live reader applies when it has fallen behind.

The reader of the product as a service runs it: Faust, chunks, each record held against the owner's log, one transaction
a batch that moves the checkpoint. Against pyeventsourcing's projection runner on the same PostgreSQL, which takes one
transaction an event. Both are timed from their first progress to their last, so that neither's start counts.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from psycopg_pool import AsyncConnectionPool

from benchmarks import read_models, reference
from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Side, WrongResult, expect, ratio
from benchmarks.history import History
from sevenx.kernel.live_reader import LiveReader
from sevenx.kernel.reads import HeadSignal, Reads, reads_engine
from sevenx.kernel.testing.sample import sample_catalog, sample_service

STANDING = 60.0
"""Seconds without progress after which a run has failed."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Events applied a second."""
    history = bench.history(bench.size(40_000, 6_000))
    ours = bench.database().migrated()
    read_models.fill_log(ours, history)
    smaller = History(bench.size(300, 10), history.district)
    theirs = bench.database()
    reference.fill(theirs, smaller)
    found = bench.take(
        Side("live reader", lambda: _read_live(bench, history, ours)),
        Side("pyeventsourcing runner", lambda: reference.project(theirs, smaller).from_first),
    )
    yield ratio("live projection", found["live reader"], found["pyeventsourcing runner"], Goal(3, aim=5))


def _read_live(bench: Bench, history: History, database: Database) -> float:
    read_models.drop(database)
    found = bench.run(_follow(bench, history, database))
    read_models.check(database, history)
    return found


async def _follow(bench: Bench, history: History, database: Database) -> float:
    """Events a second from the first batch that is committed to the last."""
    signal, engine = HeadSignal(), reads_engine(database.app_url)
    async with AsyncConnectionPool(database.app_url, min_size=1, open=False, kwargs={"autocommit": True}) as pool:
        reader = LiveReader(
            bench.settings(history, database),
            sample_service(),
            sample_catalog(),
            pool,
            Reads(engine, signal),
            desks=read_models.never,
            on_fork=read_models.never,
            fatal=read_models.never,
            signal=signal,
            follows=read_models.FOLLOWS,
        )
        await reader.start()
        try:
            began, at_first = await _progress(reader, signal, 1)
            ended, at_last = await _progress(reader, signal, history.events)
        finally:
            await reader.stop()
            await engine.dispose()
    expect("events read", at_last, history.events)
    if at_first == at_last:
        raise WrongResult("all events came in one batch: there is nothing to be timed")
    return (at_last - at_first) / (ended - began)


async def _progress(reader: LiveReader, signal: HeadSignal, wanted: int) -> tuple[float, int]:
    """When the reader had applied so many events, and how many it had then."""
    while True:
        moved = signal.next
        done = sum(reader.progress.next.values())
        if done >= wanted:
            return time.perf_counter(), done
        try:
            await asyncio.wait_for(moved.wait(), STANDING)
        except TimeoutError:
            raise WrongResult(f"the reader stands at {done} of {wanted} events: {reader.status()}") from None
