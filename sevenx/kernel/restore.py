"""Taking back from Kafka what an area's log lacks, after its PostgreSQL was restored to an older point.

The owner's `log.events` is the truth and the bus its published copy (architecture, "Truth"). Nothing is taken that does
not fit: an event must decode, stand under its own key in its own partition, and link to the event before it; where the
log holds another event at the same version nothing is written at all. Seals are held against the bus by whoever calls
(`sevenx restore`). What was never published is not on the bus and is not taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from psycopg import errors as pg

from sevenx.kernel.avro import Catalog
from sevenx.kernel.batch_reader import Range, read
from sevenx.kernel.clock_role import CLOCK_LOCK
from sevenx.kernel.envelope import GENESIS, Recorded
from sevenx.kernel.errors import MalformedRecord, SevenXError
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.relay import RELAY_LOCK
from sevenx.kernel.topics import parse_events_topic, partition_of

Connection = psycopg.Connection[Any]
StreamVersion = tuple[str, int]

_STAGE = """
CREATE TEMPORARY TABLE taken_back (
    at timestamptz, partition integer, "offset" bigint, stream text COLLATE "C", version integer, command bytea,
    ordinal integer, value bytea
) ON COMMIT DROP
"""
_COPY = 'COPY taken_back (at, partition, "offset", stream, version, command, ordinal, value) FROM STDIN'
_KNOWN = """
SELECT e.stream, e.version, sha256(e.value)
FROM unnest(%s::text[], %s::integer[]) AS t(stream, version)
JOIN log.events e ON e.stream = t.stream AND e.version IN (t.version, t.version - 1)
"""
_INSERT = """
INSERT INTO log.events (stream, version, command, ordinal, value)
SELECT stream, version, command, ordinal, value FROM taken_back ORDER BY at, partition, "offset"
"""
_GAP = """
SELECT stream, max(version), count(*) FROM log.events GROUP BY stream HAVING max(version) <> count(*)
ORDER BY stream LIMIT 1
"""
_SENT = """
DELETE FROM log.outbox o USING log.events e, unnest(%s::text[], %s::integer[]) AS t(stream, version)
WHERE o.event = e.position AND e.stream = t.stream AND e.version = t.version
"""
_CUT_OFF = "INSERT INTO log.cut_offs (kind, as_of) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_COUNTERS = """
UPDATE ops.counters c SET next = greatest(c.next, 1 + (
    SELECT coalesce(max(substring(e.stream FROM '[0-9]+$')::bigint), 0) FROM log.events e
    WHERE e.version = 1 AND e.stream ~ ('^' || c.name || '-[0-9]+$')
))
"""
_CLOCK = "UPDATE ops.clock SET simulated_at = greatest(simulated_at, %s)"


class RestoreRefused(SevenXError):
    """Something does not fit; the message names it, and nothing was written."""


class ServiceRuns(SevenXError):
    """A process of the service is at work in its database."""


@dataclass(slots=True)
class TakenBack:
    """What came of it: events taken back, events that the log had, and streams that grew."""

    events: int = 0
    present: int = 0
    streams: set[str] = field(default_factory=set)


@contextmanager
def stopped_service(owner_url: str, area: str) -> Iterator[Connection]:
    """The owner's connection in one transaction, while no process of the service can lead its relay or its clock or
    append anything. Raises ServiceRuns when one does."""
    with psycopg.connect(owner_url) as connection:
        for lock in (RELAY_LOCK, CLOCK_LOCK):
            if connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (lock,)).fetchone() != (True,):
                raise ServiceRuns(f"the service {area} is running; stop it first (`sevenx down`)")
        connection.execute("LOCK TABLE log.outbox IN ACCESS EXCLUSIVE MODE")
        yield connection


def take_back(
    connection: Connection,
    catalog: Catalog,
    kafka: Mapping[str, Any],
    group: str,
    ranges: Mapping[Place, Range],
    discarded: Collection[bytes] = (),
) -> TakenBack:
    """Insert what the log lacks of the records of an area's topic, in the caller's transaction (`stopped_service`).

    `kafka`: librdkafka's options of a principal that may read the topic, `group` a consumer group that it may name;
    `discarded`: hashes of records that audit has concluded on. Events keep their bytes; the log's positions are given
    anew, in the order of the time of recording, and within a partition in its order.

    Raises RestoreRefused, which names stream, version and offset; KafkaAway; BrokenTopic.
    """
    taking = _Taking(connection, catalog, frozenset(discarded))
    connection.execute(_STAGE)
    for batch in read(kafka, group, ranges):
        taking.batch(batch)
    return taking.finish()


class _Seen(NamedTuple):
    """A record that decoded and stands where it belongs."""

    raw: RawRecord
    event: Recorded

    @property
    def where(self) -> str:
        raw = self.raw
        return f"{self.event.position} ({raw.topic} partition {raw.partition} offset {raw.offset})"


class _Taking:
    def __init__(self, connection: Connection, catalog: Catalog, discarded: frozenset[bytes]) -> None:
        self._connection, self._catalog, self._discarded = connection, catalog, discarded
        self._staged: dict[StreamVersion, bytes] = {}
        """Hashes of what will be inserted."""
        self._latest: dict[int, datetime] = {}
        """The latest time of recording of each partition: a sort key that keeps the partition's own order."""
        self._reported: dict[bytes, str] = {}
        """Records that the owner has reported as not its own, and where it did."""
        self._cut_offs: set[tuple[str, datetime]] = set()
        self._last_occurred: datetime | None = None
        self.done = TakenBack()

    def batch(self, records: Sequence[RawRecord]) -> None:
        """Hold records against the log and stage those that it lacks."""
        seen = [one for raw in records if (one := self._seen(raw)) is not None]
        columns = ([one.event.stream for one in seen], [one.event.version for one in seen])
        rows = self._connection.execute(_KNOWN, columns, binary=True).fetchall()
        known = {(stream, version): hash_ for stream, version, hash_ in rows}
        with self._connection.cursor().copy(_COPY) as copy:
            for one in seen:
                if self._lacking(one, known):
                    copy.write_row(self._row(one))
        self._connection.execute(_SENT, columns)

    def _seen(self, raw: RawRecord) -> _Seen | None:
        """None for what audit has discarded; RestoreRefused for what is no event of this area in its place."""
        parsed = parse_events_topic(raw.topic)
        where = f"{raw.topic} partition {raw.partition} offset {raw.offset}"
        if parsed is None:
            raise RestoreRefused(f"{raw.topic} is not an events topic")
        district, area = parsed
        try:
            event = self._catalog.decode(area, raw.value or b"")
        except MalformedRecord as error:
            raise RestoreRefused(f"{where} is not an event of {area}: {error}") from error
        if event.hash in self._discarded:
            return None
        meta = event.meta
        if (raw.key, raw.partition, district) != (meta.stream.encode(), partition_of(meta.stream), meta.district):
            raise RestoreRefused(f"{where}: {event.position} does not belong under this key, partition or district")
        self._note(event)
        return _Seen(raw, event)

    def _note(self, event: Recorded) -> None:
        """What the kernel's tables keep of events."""
        occurred = event.meta.occurred_at
        self._last_occurred = max(occurred, self._last_occurred or occurred)
        if event.name == "PeriodClosed":
            self._cut_offs.add((event.data["kind"], event.data["as_of"]))
        elif event.name == "StreamForkFound":
            self._reported[bytes.fromhex(event.data["found_hash"])] = event.position

    def _lacking(self, one: _Seen, known: Mapping[StreamVersion, bytes]) -> bool:
        """Whether the log lacks it. RestoreRefused when the log, or the bus itself, has another event there."""
        event, here = one.event, (one.event.stream, one.event.version)
        found = self._staged.get(here) or known.get(here)
        if found == event.hash:
            self.done.present += here in known
            return False
        if found is not None:
            whose = "the log holds" if here in known else "the bus holds as well"
            raise RestoreRefused(
                f"{one.where}: its hash is {event.hash.hex()[:16]}…, {whose} {found.hex()[:16]}… at this version."
                " Taking it would fork the stream; nothing was written. Audit has to conclude which of the two is true"
            )
        before = (event.stream, event.version - 1)
        link = GENESIS if event.version == 1 else self._staged.get(before) or known.get(before)
        if event.meta.prev != link:
            raise RestoreRefused(f"{one.where} does not link to the event before it; nothing was written")
        self._staged[here] = event.hash
        return True

    def _row(self, one: _Seen) -> tuple[Any, ...]:
        meta, raw = one.event.meta, one.raw
        at = self._latest[raw.partition] = max(meta.recorded_at, self._latest.get(raw.partition, meta.recorded_at))
        self.done.events += 1
        self.done.streams.add(meta.stream)
        ordinal = int(meta.ext.get("ordinal", "0"))
        return at, raw.partition, raw.offset, meta.stream, meta.version, meta.command, ordinal, raw.value

    def finish(self) -> TakenBack:
        """Insert what was staged and bring the kernel's tables up."""
        reported = next(((s, self._reported[h]) for s, h in self._staged.items() if h in self._reported), None)
        if reported is not None:
            (stream, version), by = reported
            raise RestoreRefused(
                f"{stream}@{version} on the bus was reported as not the owner's by {by}, and audit has not concluded"
            )
        try:
            self._connection.execute(_INSERT)
        except pg.UniqueViolation as error:
            what = error.diag.message_detail
            raise RestoreRefused(f"a command on the bus was carried out in this log as well: {what}") from error
        gap = self._connection.execute(_GAP).fetchone()
        if gap is not None:
            raise RestoreRefused(
                f"{gap[0]} would have {gap[2]} events up to version {gap[1]}: one is missing on the bus"
            )
        self._connection.cursor().executemany(_CUT_OFF, sorted(self._cut_offs))
        self._connection.execute(_COUNTERS)
        if self._last_occurred is not None:
            self._connection.execute(_CLOCK, (self._last_occurred,))
        return self.done
