"""Taking a discarded record out of the projections: its stream's rows are deleted and its events are folded again.

Audit concludes that a record must not be applied (RecordDiscarded). A reader that has applied it reads the stream's
partition once more from the bus, without the record; what could not link to it then does (architecture, "Truth").
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from psycopg import sql

from sevenx.kernel.applier import Checked, StreamKey
from sevenx.kernel.batch_reader import Range, read
from sevenx.kernel.projection import READ
from sevenx.kernel.quarantine import Entry, apply_entries, hold, mark, recorder, redrive_stream, stream_entries
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import carry_out, known_of
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.totals import kept_without, total_of

Connection = psycopg.Connection[Any]
log = logging.getLogger(__name__)


def settle_discards(connection: Connection, side: ReadSide) -> int:
    """Carry out every conclusion of audit that has not been yet; how many. Safe to repeat after a crash."""
    rows = connection.execute(
        "SELECT hash, area, stream FROM ops.discarded WHERE NOT settled ORDER BY hash", binary=True
    ).fetchall()
    for hash_, area, stream in rows:
        _settle(connection, side, hash_, area, stream)
        log.info("discarded record settled", extra={"hash": hash_.hex(), "area": area, "stream": stream})
    return len(rows)


def _settle(connection: Connection, side: ReadSide, hash_: bytes, area: str, stream: str | None) -> None:
    """A record that was set aside has only to be marked, and its stream redriven; else it may have been applied."""
    marked = connection.execute(
        "UPDATE ops.quarantine SET status = 'discarded' WHERE hash = %s AND status = 'open'", (hash_,)
    ).rowcount
    if stream is not None and side.reads([area]):
        if marked:
            redrive_stream(connection, side, area, stream)
        else:
            refold(connection, side, stream)
    with connection.transaction():
        connection.execute("UPDATE ops.discarded SET settled = true WHERE hash = %s", (hash_,))


def refold(connection: Connection, side: ReadSide, stream: str) -> None:
    """Fold a stream again from the bus up to the checkpoint, without what is discarded.

    Rows are keyed by the stream's id alone, so the streams of that id in every area are folded together. The bulk is
    read first; the partitions are held only for what came meanwhile.
    """
    areas = [row[0] for row in connection.execute("SELECT area FROM read.stream_head WHERE stream = %s", (stream,))]
    areas += [
        row[0] for row in connection.execute("SELECT DISTINCT area FROM ops.quarantine WHERE stream = %s", (stream,))
    ]
    keys: list[StreamKey] = [(area, stream) for area in side.reads(dict.fromkeys(areas))]
    places = {side.place_of(area, stream) for area, _ in keys}
    with connection.transaction():
        before = hold(connection, places)
    early = _of_stream(side, {place: (0, end) for place, end in before.items()}, stream)
    with connection.transaction():
        now = hold(connection, places)
        late = _of_stream(side, {place: (before.get(place, 0), end) for place, end in now.items()}, stream)
        _fold_again(connection, side, keys, [side.applier.check(raw) for raw in (*early, *late)])


def _of_stream(side: ReadSide, ranges: Mapping[Place, Range], stream: str) -> list[RawRecord]:
    key = stream.encode()
    batches: Iterable[list[RawRecord]] = read(side.kafka, f"{side.group}-refold", ranges)
    return [raw for batch in batches for raw in batch if raw.key == key]


def _fold_again(connection: Connection, side: ReadSide, keys: list[StreamKey], records: list[Checked]) -> None:
    """Within the transaction that holds the partitions."""
    before = {(e.topic, e.partition, e.offset): e for key in keys for e in stream_entries(connection, key)}
    _forget(connection, side, keys)
    known = known_of(connection, records)
    known.parked.clear()

    def was_aside(record: Checked) -> bool:
        return (record.raw.topic, record.raw.partition, record.raw.offset) in before

    # All of the stream's events go to the reactions again, which are idempotent: which of them were applied before the
    # forged one is not known any more.
    beside = recorder(side, copied=lambda record: not was_aside(record))
    plan = carry_out(connection, side.applier, records, known, beside)
    kept = {(a.record.raw.topic, a.record.raw.partition, a.record.raw.offset) for a in plan.aside}
    discarded = {record.hash for record in plan.discarded}
    closed: list[Entry] = [e for place, e in before.items() if place not in kept]
    mark(connection, "discarded", [e.id for e in closed if e.hash in discarded])
    mark(connection, "redriven", [e.id for e in closed if e.hash not in discarded])
    for key in keys:
        apply_entries(connection, side, key, stream_entries(connection, key))


def _forget(connection: Connection, side: ReadSide, keys: list[StreamKey]) -> None:
    """Delete all rows and heads of the streams, dependent tables first."""
    metadata, stream = side.definition.projections.metadata, keys[0][1]
    with kept_without(connection, metadata, stream):
        for table in reversed(metadata.sorted_tables):
            if total_of(table) is None:
                name = sql.Identifier(READ, table.name)
                connection.execute(sql.SQL("DELETE FROM {} WHERE stream = %s").format(name), (stream,))
    for area, stream in keys:
        connection.execute("DELETE FROM read.stream_head WHERE area = %s AND stream = %s", (area, stream))
