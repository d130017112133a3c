"""Rebuild of all projections into PostgreSQL, beside a live read model and switched to in the end.

Against pyeventsourcing's projection runner, which a rebuild there starts from the first event into empty tables. Both
are timed from their start.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from benchmarks import read_models, reference
from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Side, expect, rate, ratio
from benchmarks.history import History
from sevenx.kernel.batch_worker import BatchWorker
from sevenx.kernel.rebuild import rebuild


def measure(bench: Bench) -> Iterator[Figure]:
    """Events a second."""
    history = bench.history(bench.size(200_000, 400))
    ours = bench.database().migrated()
    smaller = History(bench.size(300, 10), history.district)
    theirs = bench.database()
    reference.fill(theirs, smaller)
    _empty_model(bench, history, ours)
    found = bench.take(
        Side("rebuild", lambda: _rebuild(bench, history, ours)),
        Side("pyeventsourcing runner", lambda: reference.project(theirs, smaller).from_start),
    )
    yield ratio("rebuild of projections", found["rebuild"], found["pyeventsourcing runner"], Goal(20))


def _empty_model(bench: Bench, history: History, database: Database) -> None:
    """A read model that has lost all its rows: its checkpoints stand at the end of the topic."""
    worker = BatchWorker(read_models.side(bench, history, database), read_models.never)
    worker.make_if_missing()
    worker.prepare()
    for (topic, partition), extent in worker.extents().items():
        worker.connection().execute(
            "UPDATE read.checkpoint SET next_offset = %s WHERE topic = %s AND partition = %s",
            (extent.end, topic, partition),
        )
    worker.close()


def _rebuild(bench: Bench, history: History, database: Database) -> float:
    reading = read_models.side(bench, history, database)
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        found = rate(history.events, lambda: expect("events", rebuild(connection, reading).events, history.events))
    read_models.check(database, history)
    return found
