"""The database half of the reader: one transaction a batch, whose first statement moves the checkpoints.

All of it is synchronous and runs in the reader's own thread, so that decoding and writing a batch never hold up the
event loop that answers requests; redrive, refold and rebuild use the same functions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from sevenx.kernel.applier import Applier, Checked, Head, Known, Plan, StreamKey
from sevenx.kernel.errors import SevenXError
from sevenx.kernel.projection import READ, Projections
from sevenx.kernel.read_schema import shape_of
from sevenx.kernel.records import Place
from sevenx.kernel.row_writer import MissingRow, WrongKey, write_changes

Connection = psycopg.Connection[Any]
Record = Callable[[Connection, Plan], None]
"""Writes what a plan does beside the projections (quarantine, reactions), in the batch's transaction."""

log = logging.getLogger(__name__)

_MOVE = """
WITH told AS (
    SELECT * FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::bigint[], %s::bytea[])
                  AS t(topic, partition, old, new, hash)
), held AS (
    SELECT c.topic, c.partition, t.new, t.hash
    FROM read.checkpoint c JOIN told t ON t.topic = c.topic AND t.partition = c.partition AND t.old = c.next_offset
    WHERE EXISTS (SELECT FROM read.shape WHERE version = %s AND shape = %s)
    ORDER BY c.topic, c.partition FOR UPDATE OF c
)
UPDATE read.checkpoint c SET next_offset = h.new, last_hash = h.hash
FROM held h WHERE c.topic = h.topic AND c.partition = h.partition
"""
_HEADS = """
SELECT h.area, h.stream, h.version, h.hash
FROM unnest(%s::text[], %s::text[]) AS k(area, stream) JOIN read.stream_head h USING (area, stream)
"""
_PARKED = """
SELECT DISTINCT ON (q.area, q.stream) q.area, q.stream, q.kind
FROM unnest(%s::text[], %s::text[]) AS k(area, stream) JOIN ops.quarantine q USING (area, stream)
WHERE q.status = 'open' AND q.kind IN ('parked', 'gap') ORDER BY q.area, q.stream, q."offset"
"""
_DISCARDED = "SELECT hash FROM ops.discarded WHERE hash = ANY (%s::bytea[])"
_NEW_HEADS = """
INSERT INTO {schema}.stream_head (area, stream, version, hash)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bytea[])
ON CONFLICT (area, stream) DO UPDATE SET version = EXCLUDED.version, hash = EXCLUDED.hash
"""


class CheckpointMoved(SevenXError):
    """Another worker, or a rebuild, has moved the checkpoints: nothing was written; read them again."""


class DatabaseAway(SevenXError):
    """PostgreSQL does not answer or has cut the connection: nothing was written, and it can be tried again."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The offset that is read next, the topic's id, and the hash of the value of the record before."""

    next_offset: int
    topic_id: str
    last_hash: bytes | None


@dataclass(slots=True)
class Move:
    """How far a batch goes in one partition: from, to (exclusive), and its last record's hash."""

    old: int
    new: int
    last_hash: bytes | None


@dataclass(slots=True)
class Batch:
    """Records of several partitions, in order within each, and how the checkpoints move by them."""

    moves: dict[Place, Move] = field(default_factory=dict)
    records: list[Checked] = field(default_factory=list)


class ReadStore:
    """A read model in PostgreSQL, written by batches."""

    def __init__(self, projections: Projections, applier: Applier) -> None:
        self._applier = applier
        self._version, self._shape = projections.version, shape_of(projections)

    def checkpoints(self, connection: Connection) -> dict[Place, Checkpoint]:
        """All checkpoints."""
        rows = connection.execute("SELECT topic, partition, next_offset, topic_id, last_hash FROM read.checkpoint")
        return {(topic, partition): Checkpoint(*rest) for topic, partition, *rest in rows.fetchall()}

    def begin(self, connection: Connection, topic_ids: Mapping[Place, str]) -> None:
        """Make checkpoints at offset 0 for partitions that have none."""
        with connection.transaction():
            connection.cursor().executemany(
                "INSERT INTO read.checkpoint (topic, partition, next_offset, topic_id) VALUES (%s, %s, 0, %s) "
                "ON CONFLICT DO NOTHING",
                [(*place, topic_id) for place, topic_id in sorted(topic_ids.items())],
            )

    def commit(self, connection: Connection, batch: Batch, record: Record, fault: Callable[[str], None]) -> Plan:
        """Apply a batch. Raises CheckpointMoved or DatabaseAway, and then nothing was written."""
        with away(), connection.transaction():
            self._move(connection, batch.moves)
            known = known_of(connection, batch.records)
            plan = carry_out(connection, self._applier, batch.records, known, record)
            fault("reader.applied")
        fault("reader.committed")
        return plan

    def _move(self, connection: Connection, moves: Mapping[Place, Move]) -> None:
        ordered = sorted(moves.items())
        columns: list[list[Any]] = [
            [topic for (topic, _), _ in ordered],
            [partition for (_, partition), _ in ordered],
            [move.old for _, move in ordered],
            [move.new for _, move in ordered],
            [move.last_hash for _, move in ordered],
        ]
        moved = connection.execute(_MOVE, (*columns, self._version, self._shape)).rowcount
        if moved != len(ordered):
            raise CheckpointMoved(f"{len(ordered) - moved} of {len(ordered)} checkpoints stood elsewhere")


def known_of(connection: Connection, records: Iterable[Checked]) -> Known:
    """What the database knows of the streams of these records. Read while the checkpoints are held, so that it cannot
    change before the commit."""
    listed = list(records)
    keys = list({(record.area, record.stream) for record in listed if record.event is not None})
    columns = ([area for area, _ in keys], [stream for _, stream in keys])
    known = Known()
    for area, stream, version, hash_ in connection.execute(_HEADS, columns, binary=True):
        known.heads[area, stream] = Head(version, hash_)
    known.parked = {(area, stream): kind for area, stream, kind in connection.execute(_PARKED, columns)}
    hashes = [record.hash for record in listed]
    known.discarded = {hash_ for (hash_,) in connection.execute(_DISCARDED, (hashes,), binary=True)}
    return known


def carry_out(
    connection: Connection,
    applier: Applier,
    records: Sequence[Checked],
    known: Known,
    record: Record,
    schema: str = READ,
) -> Plan:
    """Plan and write within the caller's transaction; an event whose data PostgreSQL refuses parks its stream."""
    plan = applier.plan(records, known)
    try:
        with connection.transaction():
            write_plan(connection, plan, schema)
            record(connection, plan)
    except _REFUSED as error:
        if _lost(error):
            raise
        log.warning("a batch was refused and is applied record by record", extra={"error": str(error)})
        return _one_by_one(connection, applier, records, known, record, schema)
    return plan


def _one_by_one(
    connection: Connection, applier: Applier, records: Sequence[Checked], known: Known, record: Record, schema: str
) -> Plan:
    total = Plan()
    for one in records:
        plan = applier.plan([one], known)
        try:
            with connection.transaction():
                write_plan(connection, plan, schema)
        except _REFUSED as error:
            if _lost(error):
                raise
            reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
            plan = applier.plan([one], known, {one.hash: reason})
            write_plan(connection, plan, schema)
        record(connection, plan)
        known.advance(plan)
        _add(total, plan)
    return total


def write_plan(connection: Connection, plan: Plan, schema: str) -> None:
    """Write a plan's changes and heads into a read model."""
    write_changes(connection, plan.changes, schema)
    write_heads(connection, plan.heads, schema)


def write_heads(connection: Connection, heads: Mapping[StreamKey, Head], schema: str) -> None:
    """Insert or move the heads of streams."""
    if heads:
        columns: tuple[list[Any], ...] = (
            [area for area, _ in heads],
            [stream for _, stream in heads],
            [head.version for head in heads.values()],
            [head.hash for head in heads.values()],
        )
        connection.execute(_NEW_HEADS.format(schema=schema).encode(), columns)


_REFUSED = (psycopg.Error, MissingRow, WrongKey)


def _lost(error: Exception) -> bool:
    """Whether it is the server or the connection that failed, and not the data."""
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return True
    state = getattr(error, "sqlstate", None) or ""
    return state[:2] in {"08", "25", "40", "53", "55", "57", "58", "XX"}


@contextmanager
def away() -> Iterator[None]:
    """Turn what means that the database is away, or its schema is being changed, into DatabaseAway."""
    try:
        yield
    except psycopg.Error as error:
        raise DatabaseAway(f"{type(error).__name__}: {error}") from error


def _add(total: Plan, plan: Plan) -> None:
    """Count a part of a batch to the whole; its changes are written already."""
    total.heads.update(plan.heads)
    total.parked.update(plan.parked)
    total.applied += plan.applied
    total.aside += plan.aside
    total.heal |= plan.heal
    total.discards += plan.discards
    total.duplicates += plan.duplicates
    total.discarded += plan.discarded
