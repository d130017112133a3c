"""Publishing an area's log again, when the bus has lost it: the other direction of `restore`.

The events go back into the outbox in the log's order, and the relay sends them when the service starts. What the bus
still has comes a second time as benign duplicates. A reader's offsets and topic ids mean nothing on a topic that was
made anew: each service that reads it drops what it knew of it and reads from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg

from sevenx.kernel.batch_reader import Extent
from sevenx.kernel.projection import READ
from sevenx.kernel.records import Place
from sevenx.kernel.topics import partition_of

Connection = psycopg.Connection[Any]
_PAGE = 10_000
_LOG = "SELECT position, stream FROM log.events WHERE position > %s ORDER BY position LIMIT %s"
_PUT = """
INSERT INTO log.outbox (event, partition)
SELECT event, partition FROM unnest(%s::bigint[], %s::integer[]) WITH ORDINALITY AS t(event, partition, n) ORDER BY n
"""
_CHECKPOINTS = f"SELECT topic, partition, next_offset, topic_id FROM {READ}.checkpoint WHERE topic = %s"  # noqa: S608
_FORGET = (
    "DELETE FROM ops.reaction_checkpoint WHERE topic = %s",
    "DELETE FROM ops.reaction_queue WHERE topic = %s",
    "DELETE FROM ops.quarantine WHERE topic = %s",
)
"""All that is kept by offsets of the topic that was. The new reading queues and judges every record again."""


def put_back(connection: Connection, start: int = 1) -> int:
    """Put the events from log position `start` on into the outbox, in order; how many. In the caller's transaction,
    with the service stopped (`restore.stopped_service`). Those of them that waited there already wait once."""
    connection.execute("DELETE FROM log.outbox WHERE event >= %s", (start,))
    after, count = start - 1, 0
    while rows := connection.execute(_LOG, (after, _PAGE)).fetchall():
        connection.execute(_PUT, ([row[0] for row in rows], [partition_of(row[1]) for row in rows]))
        after, count = rows[-1][0], count + len(rows)
    return count


def outdated(connection: Connection, topic: str, extents: Mapping[Place, Extent]) -> bool:
    """Whether a read model was filled from another topic of this name, or further than the topic now goes."""
    if connection.execute("SELECT to_regclass(%s)", (f"{READ}.checkpoint",)).fetchone() == (None,):
        return False
    rows = connection.execute(_CHECKPOINTS.encode(), (topic,)).fetchall()
    found = [(extents.get((name, partition)), offset, topic_id) for name, partition, offset, topic_id in rows]
    return any(e is None or e.topic_id != topic_id or e.end < offset for e, offset, topic_id in found)


def read_anew(connection: Connection, topic: str) -> None:
    """Let a service read everything from the beginning when it starts, and react again to what stands on the topic:
    what a reaction did before, its command recognises. `connection` is of the application's role."""
    with connection.transaction():
        connection.execute(f"DROP SCHEMA IF EXISTS {READ} CASCADE")
        for statement in _FORGET:
            connection.execute(statement.encode(), (topic,))
