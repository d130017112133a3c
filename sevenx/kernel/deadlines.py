"""Deadlines: rows of a projection table that fall due, and the command that then decides in the judged stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from sevenx.kernel.decider import Decider
from sevenx.kernel.reads import Reads

Given = tuple[Decider[Any], str, Any]
"""A decider, the stream that is judged, and the command."""


@dataclass(frozen=True)
class Deadlines:
    """`table` has the columns stream, name and due_at (UTC); `command(row, as_of)` gives what decides a row.

    A row disappears when the events say that the deadline was met, missed or moved. The table may lag behind the log:
    the aggregate decides, and an outdated command changes nothing.
    """

    table: Table
    command: Callable[[Mapping[str, Any], datetime], Given]

    async def due(self, reads: Reads, as_of: datetime, most: int = 500) -> list[Mapping[str, Any]]:
        """The first rows that are due at `as_of`, in the order of their time, stream and name."""
        t = self.table
        query = select(t).where(t.c.due_at <= as_of).order_by(t.c.due_at, t.c.stream, t.c.name).limit(most)
        return [dict(row) for row in await reads.rows(query)]
