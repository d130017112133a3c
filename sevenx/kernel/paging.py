"""Pages of a sorted list by keyset: each begins behind the last row of the one before, found by an index however far
down the list it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select, tuple_


@dataclass(frozen=True)
class Order:
    """How the rows of a table are sorted: by `key`, which is never NULL and has an index with the stream behind it,
    and then by their streams; without a key by their streams alone."""

    table: Table
    key: ColumnElement[Any] | None = None
    descending: bool = False

    def page(self, query: Select[Any], after: str | None, limit: int) -> Select[Any]:
        """The query's rows in this order, `limit` and one more that tells whether there are others; `after` is the
        stream of the last row of the page before, wherever that row stands by now."""
        if after:
            query = query.where(self._behind(self._columns(), after))
        return self.sorted(query).limit(limit + 1)

    def sorted(self, query: Select[Any]) -> Select[Any]:
        """All of the query's rows in this order."""
        return query.order_by(*(one.desc() if self.descending else one for one in self._columns()))

    def _columns(self) -> list[ColumnElement[Any]]:
        stream = self.table.c.stream
        return [stream] if self.key is None else [self.key, stream]

    def _behind(self, columns: list[ColumnElement[Any]], after: str) -> ColumnElement[bool]:
        if len(columns) == 1:
            return columns[0] < after if self.descending else columns[0] > after
        here = tuple_(*columns)
        last = select(*columns).where(self.table.c.stream == after).correlate(None).scalar_subquery()
        return here < last if self.descending else here > last
