"""`PeriodClosed`: at a cut-off an area tells every partition that nothing earlier is still to come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.avro import Catalog
from sevenx.kernel.clock import wall_now
from sevenx.kernel.cut_offs import CutOff
from sevenx.kernel.envelope import GENESIS, Meta, uuid7, value_hash
from sevenx.kernel.event_store import NewEvent, append_on
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.topics import partition_streams

_MARKERS = "-PC-"
"""Stands between district and area in the id of a stream of markers."""
_EXCLUSIVE = "LOCK TABLE log.outbox IN SHARE ROW EXCLUSIVE MODE"
"""Every append inserts into the outbox: when we hold this lock, each earlier append is committed and none is under way,
and one that waits for us sees our cut-off when it goes on."""
_HEADS = """
SELECT DISTINCT ON (stream) stream, version, value FROM log.events WHERE stream = ANY (%s)
ORDER BY stream, version DESC
"""


def marker_streams(district: str, area: str) -> tuple[str, ...]:
    """The stream of each partition's markers: `410804-PC-projects-4` is partition 0's, by its key."""
    return partition_streams(f"{district}{_MARKERS}{area}")


def is_marker_stream(stream: str) -> bool:
    """Whether a stream holds nothing but markers."""
    return _MARKERS in stream


class PeriodCloser:
    """Writes the markers of one area."""

    def __init__(
        self, pool: AsyncConnectionPool, catalog: Catalog, area: str, district: str, committed: Callable[[], None]
    ) -> None:
        self._pool, self._catalog, self._area, self._district = pool, catalog, area, district
        self._committed = committed

    async def closed(self) -> set[tuple[str, str]]:
        """(kind, as_of in ISO form) of every cut-off already announced."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute("SELECT kind, as_of FROM log.cut_offs")).fetchall()
        return {(kind, as_of.isoformat()) for kind, as_of in rows}

    async def close(self, cut: CutOff) -> bool:
        """Announce a cut-off in every partition, in one transaction; False when it was announced before."""
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(_EXCLUSIVE)
            cursor = await connection.execute(
                "INSERT INTO log.cut_offs (kind, as_of) VALUES (%s, %s) ON CONFLICT DO NOTHING", (cut.kind, cut.as_of)
            )
            if cursor.rowcount == 0:
                return False
            streams = marker_streams(self._district, self._area)
            rows = await (await connection.execute(_HEADS, (list(streams),))).fetchall()
            heads = {stream: (version, value_hash(value)) for stream, version, value in rows}
            command = hashlib.sha256(f"close\0{self._area}\0{cut.kind}\0{cut.as_of.isoformat()}".encode()).digest()
            correlation = uuid7()
            await append_on(
                connection,
                [
                    self._marker(cut, partition, stream, heads.get(stream, (0, GENESIS)), command, correlation)
                    for partition, stream in enumerate(streams)
                ],
            )
        self._committed()
        return True

    def _marker(
        self, cut: CutOff, partition: int, stream: str, head: tuple[int, bytes], command: bytes, correlation: bytes
    ) -> NewEvent:
        version, prev = head
        meta = Meta(
            prev=prev,
            id=uuid7(),
            version=version + 1,
            district=self._district,
            stream=stream,
            occurred_at=cut.as_of,
            recorded_at=wall_now(),
            actor=f"clock:{self._area}",
            on_behalf_of=None,
            command=command,
            correlation=correlation,
            causation=None,
            ext={"ordinal": str(partition)} if partition else {},
        )
        event = PeriodClosed(as_of=cut.as_of, kind=cut.kind, period=cut.period, partition=partition)
        value = self._catalog.encode(self._area, event, meta)
        return NewEvent(stream, meta.version, command, partition, value, cut.as_of, None)
