"""Whether our own projections show all that our log holds: nothing waits to be sent or reacted to, and every event was
read back."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

_PAGE = 5000
# One statement, so that all is seen at one moment: between two, a reaction could end and its event be sent.
_LOOK = """
SELECT count(*), coalesce(max(position), 0), coalesce(bool_and(shown), true),
       EXISTS (SELECT FROM log.outbox) OR EXISTS (SELECT FROM ops.reaction_queue)
FROM (
    SELECT e.position, coalesce(h.version >= e.version, false) AS shown
    FROM (SELECT position, stream, version FROM log.events WHERE position > %s ORDER BY position LIMIT %s) e
    LEFT JOIN read.stream_head h ON h.area = %s AND h.stream = e.stream
) AS page
"""


class Drained:
    """Remembers up to which position all is known to be shown, so that a look costs only what is new."""

    def __init__(self, pool: AsyncConnectionPool, area: str) -> None:
        self._pool, self._area, self._shown = pool, area, 0

    async def __call__(self) -> bool:
        """True when the outbox is empty and every committed event is in our projections."""
        async with self._pool.connection() as connection:
            while True:
                row = await (await connection.execute(_LOOK, (self._shown, _PAGE, self._area))).fetchone()
                if row is None or not row[2]:
                    return False
                self._shown = max(self._shown, row[1])
                if row[0] < _PAGE:
                    return not row[3]
