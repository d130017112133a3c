"""What the live reader does with a batch, in a thread of its own with a connection of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from sevenx.kernel.applier import Plan
from sevenx.kernel.batch_reader import Extent, read
from sevenx.kernel.collector import uncollected
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.errors import SevenXError
from sevenx.kernel.faults import Fault
from sevenx.kernel.gathering import gather
from sevenx.kernel.kernel_events import StreamForkFound
from sevenx.kernel.projection import READ
from sevenx.kernel.quarantine import redrive_asked, redrive_stream
from sevenx.kernel.read_schema import SCHEMA_LOCK, create, recorded, shape_of
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import Batch, ReadStore, away
from sevenx.kernel.reader_metrics import APPLIED, DUPLICATES, OPEN_ENTRIES, REACTIONS_WAITING, SET_ASIDE
from sevenx.kernel.rebuild import rebuild
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.refold import settle_discards
from sevenx.kernel.set_aside import note_aside, note_discards
from sevenx.kernel.topic_checks import check_extents, check_last_records
from sevenx.kernel.topics import events_topic

Connection = psycopg.Connection[Any]
log = logging.getLogger(__name__)

_OWN = """
SELECT t.n, sha256(e.value)
FROM unnest(%s::text[], %s::bigint[]) WITH ORDINALITY AS t(stream, version, n)
LEFT JOIN log.events e ON e.stream = t.stream AND e.version = t.version
"""

_FILLED = """
SELECT DISTINCT q.area, q.stream
FROM ops.quarantine q LEFT JOIN read.stream_head h USING (area, stream)
WHERE q.status = 'open' AND q.reaction = '' AND q.version = coalesce(h.version, 0) + 1 AND EXISTS (
    SELECT FROM ops.quarantine g
    WHERE g.status = 'open' AND g.kind = 'gap' AND g.area = q.area AND g.stream = q.stream
) AND q.kind <> 'fork'
"""


class Superseded(SevenXError):
    """The read model was built by a newer version of this service: this one does not write into it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a batch: where each partition stands, how many events were applied and which (`area.EventName`), and
    how many reactions were queued."""

    next: dict[Place, int]
    applied: int
    last_timestamp: dict[Place, int]
    reactions: int
    events: frozenset[str] = frozenset()


class BatchWorker:
    """All methods are called in one thread, never at the same time."""

    def __init__(
        self, side: ReadSide, on_fork: Callable[[StreamForkFound], None], fault: Fault = lambda _point: None
    ) -> None:
        self._side, self._on_fork, self._fault = side, on_fork, fault
        self._store = ReadStore(side.definition.projections, side.applier)
        self._connection: Connection | None = None
        self._own = events_topic(side.settings.district, side.definition.area)
        self._queued = 0

    def connection(self) -> Connection:
        """The worker's connection, opened anew when it was lost. Raises DatabaseAway."""
        if self._connection is None or self._connection.closed or self._connection.broken:
            with away():
                self._connection = psycopg.connect(
                    self._side.settings.database, autocommit=True, connect_timeout=5, application_name="sevenx-reader"
                )
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    # -- before reading -------------------------------------------------------------------------------------------

    def make_if_missing(self) -> None:
        """Make an empty read model where there is none."""
        connection = self.connection()
        with away(), connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
            if recorded(connection) is None:
                create(connection, self._side.definition.projections, READ)

    def needs_rebuild(self) -> bool:
        """Whether the read model is of another version or shape. Raises Superseded when it is of a newer version."""
        projections = self._side.definition.projections
        with away():
            found = recorded(self.connection())
        if found is not None and found[0] > projections.version:
            raise Superseded(
                f"the read model is of version {found[0]}, this process makes version {projections.version}"
            )
        return found != (projections.version, shape_of(projections))

    def rebuild(self) -> None:
        """Rebuild beside and switch."""
        with away():
            rebuild(self.connection(), self._side)

    def prepare(self) -> None:
        """Make the checkpoints that are lacking, check all topics, and finish what a crash has left undone."""
        extents = self.extents()
        connection = self.connection()
        with away():
            self._store.begin(connection, {place: extent.topic_id for place, extent in extents.items()})
            check_extents(self._store.checkpoints(connection), extents)
        self.tidy()

    def tidy(self) -> None:
        """Finish what a crash or a lost database has left undone (conclusions of audit, gaps that have been filled),
        and do what a person has asked for."""
        connection = self.connection()
        with away():
            settle_discards(connection, self._side)
            for area, stream in connection.execute(_FILLED).fetchall():
                redrive_stream(connection, self._side, area, stream)
            done = redrive_asked(connection, self._side)
        if done is not None:
            log.info("redriven", extra=vars(done))

    def extents(self) -> dict[Place, Extent]:
        """Every partition that this service reads, as the broker has it."""
        return self._side.cluster.extents(self._side.topics)

    def positions(self, places: Iterable[Place]) -> dict[Place, int]:
        """Where these partitions are to be read on, once they were found to be the ones that were read."""
        with away():
            checkpoints = self._store.checkpoints(self.connection())
        ours = {place: checkpoints[place] for place in places if place in checkpoints}
        extents = self.extents()
        check_extents(ours, extents)
        check_last_records(self._side, ours, extents)
        return {place: checkpoint.next_offset for place, checkpoint in ours.items()}

    # -- a batch --------------------------------------------------------------------------------------------------

    def apply(self, records: Sequence[RawRecord], expected: Mapping[Place, int]) -> Applied:
        """Decode, check against our own log, and commit. Raises CheckpointMoved, DatabaseAway or KafkaAway; then
        nothing was written."""
        with uncollected():
            return self._apply(self.connection(), records, expected)

    def _apply(self, connection: Connection, records: Sequence[RawRecord], expected: Mapping[Place, int]) -> Applied:
        batch = gather(records, expected, self._side.applier.check, self._read_again)
        if not batch.moves:
            return Applied({}, 0, {}, 0)
        self._compare_own(connection, batch)
        self._queued = 0

        def record(inner: Connection, plan: Plan) -> None:
            self._queued += self._beside(inner, batch, plan)

        plan = self._store.commit(connection, batch, record, self._fault)
        self._count(plan)
        with away():
            for area, stream in plan.heal:
                redrive_stream(connection, self._side, area, stream)
            if plan.discards:
                settle_discards(connection, self._side)
        stamps = {checked.raw.place: checked.raw.timestamp for checked in batch.records}
        reached = {place: move.new for place, move in batch.moves.items()}
        queued = self._queued + len(plan.heal) + len(plan.discards)
        events = frozenset(f"{one.area}.{one.event.name}" for one in plan.applied if one.event)
        if plan.heal or plan.discards:  # what had been set aside may have come with it
            events |= self._side.definition.projections.events
        return Applied(reached, len(plan.applied), stamps, queued, events)

    def _beside(self, connection: Connection, batch: Batch, plan: Plan) -> int:
        settings = self._side.settings
        note_aside(connection, plan.aside, settings.district, settings.area)
        note_discards(connection, plan)
        moves = {place: move.new for place, move in batch.moves.items()}
        return self._side.reactions.advance(connection, plan.applied, moves)

    def _read_again(self, place: Place, start: int, end: int) -> list[RawRecord]:
        ranges = {place: (start, end)}
        return [raw for records in read(self._side.kafka, f"{self._side.group}-again", ranges) for raw in records]

    def _compare_own(self, connection: Connection, batch: Batch) -> None:
        """Hold what was read back of our own topic against our log; every record that is not in it is reported."""
        own: list[tuple[RawRecord, Recorded]] = [
            (one.raw, one.event) for one in batch.records if one.event is not None and one.raw.topic == self._own
        ]
        if not own:
            return
        columns = ([event.meta.stream for _, event in own], [event.meta.version for _, event in own])
        with away():
            rows = connection.execute(_OWN, columns, binary=True).fetchall()
            foreign = [(own[n - 1], hash_) for n, hash_ in rows if hash_ != own[n - 1][1].hash]
            if not foreign:
                return
            hashes = [event.hash for (_, event), _ in foreign]
            found = connection.execute("SELECT hash FROM ops.discarded WHERE hash = ANY (%s)", (hashes,), binary=True)
            concluded = {row[0] for row in found}
        for (raw, event), hash_ in foreign:
            if event.hash not in concluded:
                self._on_fork(_fork(raw, event, hash_))

    def _count(self, plan: Plan) -> None:
        area = self._side.definition.area
        APPLIED.labels(area).inc(len(plan.applied))
        DUPLICATES.labels(area).inc(plan.duplicates)
        for aside in plan.aside:
            SET_ASIDE.labels(area, aside.kind).inc()
            raw = aside.record.raw
            where = {"topic": raw.topic, "partition": raw.partition, "offset": raw.offset}
            log.error("record set aside", extra={**where, "kind": aside.kind, "reason": aside.reason})

    def observe(self) -> dict[str, int]:
        """Open entries of the quarantine by kind, and reactions that wait; told to the metrics as well."""
        with away():
            rows = self.connection().execute(
                "SELECT kind, count(*) FROM ops.quarantine WHERE status = 'open' GROUP BY kind"
            )
            found = dict.fromkeys(("malformed", "fork", "gap", "parked", "reaction"), 0) | dict(rows.fetchall())
            waiting = self.connection().execute("SELECT count(*) FROM ops.reaction_queue").fetchone()
        for kind, count in found.items():
            OPEN_ENTRIES.labels(kind).set(count)
        REACTIONS_WAITING.set(waiting[0] if waiting else 0)
        return {**found, "reactions": waiting[0] if waiting else 0}


def _fork(raw: RawRecord, event: Recorded, own: bytes | None) -> StreamForkFound:
    return StreamForkFound(
        forked_stream=event.meta.stream,
        forked_version=event.meta.version,
        partition=raw.partition,
        offset=raw.offset,
        found_hash=event.hash.hex(),
        own_hash=own.hex() if own else None,
    )
