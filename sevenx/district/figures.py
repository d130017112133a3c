"""Figures that events count: an entry without a value takes back what its indicator has counted before it in the
project's stream, back to the one that did so before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, func, select


def value_of(entries: Table, entry: FromClause) -> ColumnElement[Any]:
    """What an entry adds: its own value, or less what it takes back. `entries` is the table of all of them with
    `stream`, `version`, `indicator` and `value`, `entry` that table or an alias of it."""
    earlier, last = entries.alias("earlier"), entries.alias("last")
    since = (
        select(func.max(last.c.version))
        .where(
            last.c.stream == entry.c.stream,
            last.c.indicator == entry.c.indicator,
            last.c.version < entry.c.version,
            last.c.value.is_(None),
        )
        .correlate(entry)
        .scalar_subquery()
    )
    taken_back = (
        select(func.sum(earlier.c.value))
        .where(
            earlier.c.stream == entry.c.stream,
            earlier.c.indicator == entry.c.indicator,
            earlier.c.version < entry.c.version,
            earlier.c.version > func.coalesce(since, 0),
        )
        .correlate(entry)
        .scalar_subquery()
    )
    return func.coalesce(entry.c.value, -taken_back, 0, type_=entry.c.value.type)
