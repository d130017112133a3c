"""Records that this service's reader has set aside: to be listed, shown, and driven through once more.

Redrive is local: it decodes and applies the very records that were kept, in the order of their versions, through the
same code as the reader, and produces nothing. What still cannot be applied stays, with its reason of today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row

from sevenx.kernel.applier import Checked, Plan
from sevenx.kernel.errors import SevenXError
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import carry_out, known_of
from sevenx.kernel.records import RawRecord
from sevenx.kernel.set_aside import note_aside, note_discards

Connection = psycopg.Connection[Any]

_COLUMNS = (
    'id, topic, partition, "offset", area, stream, version, kind, reason, reaction, '
    "key, value, hash, status, set_aside_at"
)
_OPEN = f"SELECT {_COLUMNS} FROM ops.quarantine WHERE status = 'open'"  # noqa: S608
_REQUEUE = """
WITH again AS (
    UPDATE ops.quarantine SET status = 'redriven' WHERE id = ANY (%s) AND kind = 'reaction' AND status = 'open'
    RETURNING reaction, topic, partition, "offset", area, value
)
INSERT INTO ops.reaction_queue (reaction, topic, partition, "offset", area, value)
SELECT reaction, topic, partition, "offset", area, value FROM again ON CONFLICT DO NOTHING
"""


class NoSuchEntry(SevenXError):
    """The quarantine has no entry of this id."""


@dataclass(frozen=True)
class Entry:
    """A record set aside. `hash` is the SHA-256 of its value; `reaction` is empty unless a reaction failed on it."""

    id: int
    topic: str
    partition: int
    offset: int
    area: str
    stream: str | None
    version: int | None
    kind: str
    reason: str
    reaction: str
    key: bytes | None
    value: bytes | None
    hash: bytes
    status: str
    set_aside_at: datetime

    @property
    def raw(self) -> RawRecord:
        return RawRecord(self.topic, self.partition, self.offset, self.key, self.value, 0)


@dataclass(frozen=True)
class Redriven:
    """What a redrive did: events applied, records that were there already or are discarded, records still set aside,
    and events given to their reaction again."""

    applied: int
    settled: int
    left: int
    reactions: int = 0


def entries(connection: Connection, everything: bool = False) -> list[Entry]:
    """What is set aside, in order; with `everything` also what has been redriven or discarded."""
    query = f"SELECT {_COLUMNS} FROM ops.quarantine" if everything else _OPEN  # noqa: S608
    return _entries(connection, f'{query} ORDER BY topic, partition, "offset", reaction', ())


def open_entries(connection: Connection) -> list[Entry]:
    """What keeps events out of the projections: set aside by the reader, not by a reaction."""
    return _entries(connection, f"{_OPEN} AND reaction = ''", ())


def entry(connection: Connection, number: int) -> Entry:
    """One entry; NoSuchEntry when there is none."""
    query = f"SELECT {_COLUMNS} FROM ops.quarantine WHERE id = %s"  # noqa: S608
    found = _entries(connection, query, (number,))
    if not found:
        raise NoSuchEntry(f"the quarantine has no entry {number}; `sevenx quarantine list` shows them")
    return found[0]


def ask(connection: Connection, numbers: Sequence[int]) -> int:
    """Ask the running reader to redrive open entries; how many there are."""
    return connection.execute(
        "UPDATE ops.quarantine SET asked = true WHERE id = ANY (%s) AND status = 'open'", (list(numbers),)
    ).rowcount


def still_asked(connection: Connection, numbers: Sequence[int]) -> int:
    """How many of the entries the reader has not come to yet."""
    query = "SELECT count(*) FROM ops.quarantine WHERE id = ANY (%s) AND asked"
    row = connection.execute(query, (list(numbers),)).fetchone()
    return int(row[0]) if row else 0


def redrive_asked(connection: Connection, side: ReadSide) -> Redriven | None:
    """What the reader does for those who asked; None when nobody did."""
    chosen = _entries(connection, f"{_OPEN} AND asked ORDER BY id", ())
    if not chosen:
        return None
    done = redrive(connection, side, chosen)
    connection.execute("UPDATE ops.quarantine SET asked = false WHERE id = ANY (%s)", ([one.id for one in chosen],))
    return done


def redrive(connection: Connection, side: ReadSide, chosen: Iterable[Entry]) -> Redriven:
    """Drive the streams of these entries through once more, each in a transaction of its own, and give failed events to
    their reactions again (the running service carries those out)."""
    listed = list(chosen)
    applied = settled = left = 0
    streams: dict[tuple[str, str | None], None] = {}
    for one in listed:
        if one.kind != "reaction":
            checked = side.applier.check(one.raw)
            streams[one.area, checked.stream] = None
            if checked.stream is None:
                left += 1
    for area, stream in streams:
        if stream is not None:
            ids = [one.id for one in listed if one.area == area and one.stream is None]
            done = redrive_stream(connection, side, area, stream, ids)
            applied, settled, left = applied + done.applied, settled + done.settled, left + done.left
    failed = [one.id for one in listed if one.kind == "reaction"]
    requeued = connection.execute(_REQUEUE, (failed,)).rowcount if failed else 0
    return Redriven(applied, settled, left, requeued)


def redrive_stream(
    connection: Connection, side: ReadSide, area: str, stream: str, nameless: Sequence[int] = ()
) -> Redriven:
    """Apply in order what is set aside of a stream, and of the entries `nameless` what turns out to be of it."""
    with connection.transaction():
        hold(connection, [side.place_of(area, stream)])
        found = stream_entries(connection, (area, stream), nameless)
        return apply_entries(connection, side, (area, stream), found)


def stream_entries(connection: Connection, key: tuple[str, str], nameless: Sequence[int] = ()) -> list[Entry]:
    """What is set aside of a stream (not by a reaction), and the entries `nameless`, as they lie on the bus."""
    query = f"{_OPEN} AND reaction = '' AND area = %s AND (stream = %s OR id = ANY (%s)) ORDER BY \"offset\""
    return _entries(connection, query, (*key, list(nameless)))


def apply_entries(connection: Connection, side: ReadSide, key: tuple[str, str], found: Sequence[Entry]) -> Redriven:
    """The same within the caller's transaction, which holds the stream's checkpoint."""
    records = [checked for one in found if (checked := side.applier.check(one.raw)).stream == key[1]]
    records.sort(key=_by_version)
    known = known_of(connection, records)
    known.parked.pop(key, None)
    plan = carry_out(connection, side.applier, records, known, recorder(side))
    numbers = {(one.topic, one.partition, one.offset): one.id for one in found}
    mark(connection, "discarded", [numbers[_place(record)] for record in plan.discarded])
    kept = {_place(aside.record) for aside in plan.aside} | {_place(record) for record in plan.discarded}
    mark(connection, "redriven", [numbers[_place(record)] for record in records if _place(record) not in kept])
    return Redriven(len(plan.applied), plan.duplicates + len(plan.discarded), len(plan.aside))


def recorder(
    side: ReadSide,
    copied: Callable[[Checked], bool] = lambda _: False,
) -> Callable[[Connection, Plan], None]:
    """What a redrive or refold writes beside the projections: `copied` tells which records set aside are new, and are
    therefore copied to the quarantine topic."""

    def record(connection: Connection, plan: Plan) -> None:
        settings = side.settings
        new = [aside for aside in plan.aside if copied(aside.record)]
        old = [aside for aside in plan.aside if not copied(aside.record)]
        note_aside(connection, new, settings.district, settings.area)
        note_aside(connection, old, settings.district, settings.area, copy=False)
        note_discards(connection, plan)
        side.reactions.put(connection, plan.applied)

    return record


def hold(connection: Connection, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Hold the checkpoints of these partitions until the transaction ends, so that no batch of theirs runs meanwhile;
    their offsets."""
    held = {}
    for topic, partition in sorted(places):
        row = connection.execute(
            "SELECT next_offset FROM read.checkpoint WHERE topic = %s AND partition = %s FOR UPDATE", (topic, partition)
        ).fetchone()
        if row is not None:
            held[topic, partition] = int(row[0])
    return held


def mark(connection: Connection, status: str, ids: Sequence[int]) -> None:
    """Close entries."""
    if ids:
        connection.execute("UPDATE ops.quarantine SET status = %s WHERE id = ANY (%s)", (status, list(ids)))


def _entries(connection: Connection, query: str, parameters: Sequence[Any]) -> list[Entry]:
    with connection.cursor(row_factory=class_row(Entry)) as cursor:
        return cursor.execute(query.encode(), parameters).fetchall()


def _by_version(record: Checked) -> tuple[bool, int, int]:
    """Versions in order, of one version the first on the bus; what cannot be decoded last."""
    event = record.event
    return (event is None, event.meta.version if event else 0, record.raw.offset)


def _place(record: Checked) -> tuple[str, int, int]:
    raw = record.raw
    return raw.topic, raw.partition, raw.offset
