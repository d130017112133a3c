"""What a batch leaves beside the projections: records set aside, conclusions of audit, and events to be reacted to.

Written by the batch's own transaction, so that a crash neither loses nor repeats any of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from sevenx.kernel.applier import Aside, Checked, Plan
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.reaction import Reaction
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.topics import quarantine_topic

Connection = psycopg.Connection[Any]

log = logging.getLogger(__name__)

_ASIDE = """
INSERT INTO ops.quarantine (topic, partition, "offset", area, stream, version, kind, reason, key, value, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (topic, partition, "offset", reaction) DO UPDATE
SET status = 'open', kind = EXCLUDED.kind, reason = EXCLUDED.reason, stream = EXCLUDED.stream,
    version = EXCLUDED.version
"""
_COPY = "INSERT INTO log.outbox (topic, partition, key, value, headers) VALUES (%s, 0, %s, %s, %s)"
_DISCARD = """
INSERT INTO ops.discarded (hash, area, stream, decided_by) VALUES (%s, %s, %s, %s) ON CONFLICT (hash) DO NOTHING
"""
_QUEUE = """
INSERT INTO ops.reaction_queue (reaction, topic, partition, "offset", area, value, traceparent)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""

_REACTED = """
SELECT c.topic, c.partition, c.next_offset
FROM ops.reaction_checkpoint c JOIN unnest(%s::text[], %s::int[]) AS p(topic, partition) USING (topic, partition)
"""
_ADVANCE = """
INSERT INTO ops.reaction_checkpoint AS c (topic, partition, next_offset)
SELECT * FROM unnest(%s::text[], %s::int[], %s::bigint[])
ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(c.next_offset, EXCLUDED.next_offset)
"""


def note_aside(connection: Connection, aside: Iterable[Aside], district: str, area: str, copy: bool = True) -> None:
    """Keep records with their reason, and put a copy of each into the outbox for the area's quarantine topic."""
    listed = list(aside)
    if not listed:
        return
    cursor = connection.cursor()
    cursor.executemany(_ASIDE, [_row(one) for one in listed])
    if copy:
        topic = quarantine_topic(district, area)
        cursor.executemany(_COPY, [(topic, one.record.raw.key, one.record.raw.value, _headers(one)) for one in listed])


def _row(aside: Aside) -> Sequence[Any]:
    record = aside.record
    version = record.event.meta.version if record.event else None
    raw = record.raw
    place = (raw.topic, raw.partition, raw.offset)
    why = (aside.kind, _text(aside.reason))
    return (*place, record.area, record.stream, version, *why, raw.key, raw.value, record.hash)


def _text(reason: str) -> str:
    """A reason as PostgreSQL takes it, of a bounded length."""
    return reason.replace("\0", "\N{REPLACEMENT CHARACTER}")[:2000]


def _headers(aside: Aside) -> Jsonb:
    """Where the record came from and why it was set aside."""
    raw = aside.record.raw
    return Jsonb(
        {
            "sevenx-topic": raw.topic,
            "sevenx-partition": str(raw.partition),
            "sevenx-offset": str(raw.offset),
            "sevenx-kind": aside.kind,
            "sevenx-reason": _text(aside.reason),
        }
    )


def _traceparent(raw: RawRecord) -> str | None:
    """The trace that sent a record, as far as its header is text."""
    value = next((value for name, value in raw.headers if name == "traceparent"), None)
    return None if value is None else value.decode("ascii", "replace").replace("\0", "")[:55]


def note_discards(connection: Connection, plan: Plan) -> None:
    """Keep what audit concluded. What was applied of it is taken out afterwards (see refold)."""
    connection.cursor().executemany(
        _DISCARD,
        [
            (bytes.fromhex(e.data["record_hash"]), e.data["area"], e.data["stream"], e.data["decided_by"])
            for e in plan.discards
        ],
    )


def _concerns(reaction: Reaction, event: Recorded) -> bool:
    """Whether the reaction wants the event. One that cannot say so gets it: it is then set aside by itself, and the
    reader goes on."""
    try:
        return reaction.when is None or reaction.when(event)
    except Exception as error:  # noqa: BLE001 a reaction's fault must not stop the reader
        log.warning(
            "a reaction cannot tell whether an event concerns it",
            extra={"reaction": reaction.name, "event": event.position, "error": repr(error)},
        )
        return True


class ReactionQueue:
    """Hands applied events to the reactions that want them."""

    def __init__(self, reactions: Iterable[Reaction]) -> None:
        self._by_event: dict[tuple[str, str], list[Reaction]] = {}
        for reaction in reactions:
            for name in reaction.events:
                area, _, event = name.partition(".")
                self._by_event.setdefault((area, event), []).append(reaction)

    def put(self, connection: Connection, applied: Iterable[Checked]) -> int:
        """Queue the events that reactions want; how many were queued."""
        rows = [
            (reaction.name, raw.topic, raw.partition, raw.offset, record.area, raw.value, _traceparent(raw))
            for record in applied
            if record.event is not None
            for reaction in self._by_event.get((record.area, record.event.name), ())
            if _concerns(reaction, record.event)
            for raw in (record.raw,)
        ]
        if rows:
            connection.cursor().executemany(_QUEUE, rows)
        return len(rows)

    def advance(self, connection: Connection, applied: Iterable[Checked], moves: Mapping[Place, int]) -> int:
        """Queue what lies at or after the reactions' own checkpoints, and move these to `moves`, never back."""
        if not self._by_event:
            return 0
        places = sorted(moves)
        columns = ([topic for topic, _ in places], [partition for _, partition in places])
        done = {(t, p): offset for t, p, offset in connection.execute(_REACTED, columns)}
        connection.execute(_ADVANCE, (*columns, [moves[place] for place in places]))
        return self.put(connection, (one for one in applied if one.raw.offset >= done.get(one.raw.place, 0)))
