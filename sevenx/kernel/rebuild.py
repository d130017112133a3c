"""Rebuilding a read model beside the live one, and switching to it while the live one serves.

`read_next` is filled from the first offset by the batch reader through the same applier, with no effect besides; then
the live writer is held at its checkpoints for the moment that the last records take, and the schemas change names in
one transaction. A live reader waits at its first statement and goes on in the new tables at the same offsets.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from sevenx.kernel.applier import Checked, Plan
from sevenx.kernel.batch_reader import Range
from sevenx.kernel.collector import uncollected
from sevenx.kernel.projection import READ
from sevenx.kernel.quarantine import mark, open_entries
from sevenx.kernel.read_schema import NEXT, OLD, SCHEMA_LOCK, create, recorded, switch
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import carry_out
from sevenx.kernel.records import Place
from sevenx.kernel.replay import Replay, ahead, concluded
from sevenx.kernel.set_aside import note_aside

Connection = psycopg.Connection[Any]
CHUNK = 10_000
"""Records that one transaction of the filling writes."""
CLOSE_ENOUGH = 2_000
"""Records behind the live reader at which the live writer is held and the rest is read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: events applied, and records that it set aside."""

    events: int
    aside: int


def rebuild(connection: Connection, side: ReadSide, progress: Callable[[int], None] = lambda _: None) -> Rebuilt:
    """Rebuild the read model and switch to it; where there is none, make an empty one for the reader to fill.

    `connection` is in autocommit; `progress` hears of events applied.

    Raises KafkaAway, BrokenTopic or psycopg.Error; then the live read model is as it was, and it can be called again.
    """
    with _alone(connection):
        if recorded(connection) is None:
            create(connection, side.definition.projections, READ)
            return Rebuilt(0, 0)
        create(connection, side.definition.projections, NEXT)
        ends = _checkpoints(connection)
        building = _Building(connection, side, Replay(side.applier, concluded(side, ends)), progress)
        done: dict[Place, int] = dict.fromkeys(ends, 0)
        while True:
            building.fill({place: (done[place], end) for place, end in ends.items()})
            done, ends = ends, _checkpoints(connection)
            if sum(end - done.get(place, 0) for place, end in ends.items()) <= CLOSE_ENOUGH:
                break
            done |= dict.fromkeys(ends.keys() - done.keys(), 0)
        building.finish(done)
        connection.execute(f"DROP SCHEMA IF EXISTS {OLD} CASCADE")
    log.info("read model rebuilt", extra={"events": building.events, "aside": len(building.replay.aside)})
    return Rebuilt(building.events, len(building.replay.aside))


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One maker of read models at a time."""
    connection.execute("SELECT pg_advisory_lock(%s)", (SCHEMA_LOCK,))
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (SCHEMA_LOCK,))


def _checkpoints(connection: Connection) -> dict[Place, int]:
    """Where the live reader stands."""
    rows = connection.execute("SELECT topic, partition, next_offset FROM read.checkpoint").fetchall()
    return {(topic, partition): offset for topic, partition, offset in rows}


class _Building:
    def __init__(self, connection: Connection, side: ReadSide, replay: Replay, progress: Callable[[int], None]) -> None:
        self._connection, self._side, self.replay, self._progress = connection, side, replay, progress
        self.events = 0
        self._first_discarded = set(replay.known.discarded)

    def fill(self, ranges: Mapping[Place, Range]) -> None:
        """Apply the records of the ranges, a transaction a chunk. It need not be durable until the switch is."""
        for batch in ahead(self._side, "rebuild", ranges, CHUNK):
            with uncollected(), self._connection.transaction():
                self._connection.execute("SET LOCAL synchronous_commit = off")
                self._apply(batch)

    def _apply(self, records: list[Checked]) -> None:
        known = self.replay.known
        plan = carry_out(self._connection, self._side.applier, records, known, _no_effect, NEXT)
        self.replay.take(plan)
        self.events += len(plan.applied)
        self._progress(self.events)

    def finish(self, done: Mapping[Place, int]) -> None:
        """Hold the live writer, read what it has come further, and switch."""
        with self._connection.transaction():
            self._connection.execute("LOCK TABLE read.checkpoint IN EXCLUSIVE MODE")
            late = {place: (done.get(place, 0), end) for place, end in _checkpoints(self._connection).items()}
            for batch in ahead(self._side, "rebuild", late, CHUNK):
                self._apply(batch)
            for waiting in self.replay.mend():
                self._apply(waiting)
            self._reconcile()
            self._connection.execute(f"INSERT INTO {NEXT}.checkpoint SELECT * FROM {READ}.checkpoint")  # noqa: S608
            switch(self._connection)

    def _reconcile(self) -> None:
        """Bring the quarantine in line: what this replay has applied is no longer set aside, and its reactions are due;
        what it set aside is. Conclusions of audit that came while it ran are settled again afterwards."""
        side, aside = self._side, self.replay.aside
        before = {(e.topic, e.partition, e.offset): e for e in open_entries(self._connection)}
        discarded = self.replay.known.discarded
        closed = [e for place, e in before.items() if place not in aside]
        applied = [e for e in closed if e.hash not in discarded]
        mark(self._connection, "redriven", [e.id for e in applied])
        mark(self._connection, "discarded", [e.id for e in closed if e.hash in discarded])
        side.reactions.put(self._connection, [r for e in applied if (r := side.applier.check(e.raw)).event is not None])
        settings = side.settings
        new = [one for place, one in aside.items() if place not in before]
        old = [one for place, one in aside.items() if place in before]
        note_aside(self._connection, new, settings.district, settings.area)
        note_aside(self._connection, old, settings.district, settings.area, copy=False)
        late = discarded - self._first_discarded
        self._connection.execute("UPDATE ops.discarded SET settled = false WHERE hash = ANY (%s)", (list(late),))


def _no_effect(_connection: Connection, _plan: Plan) -> None:
    """Nothing is set aside, concluded or reacted to while a read model is rebuilt."""
