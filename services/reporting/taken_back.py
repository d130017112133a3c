"""An entry without a value takes back the last one of its indicator before it in the project's stream."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, func, select

from services.reporting.tables import figure_entry


def value_of(entry: FromClause) -> ColumnElement[Any]:
    """What an entry of `figure_entry` adds: its own value, or less what it takes back."""
    earlier = figure_entry.alias("earlier")
    taken_back = (
        select(earlier.c.value)
        .where(
            earlier.c.stream == entry.c.stream,
            earlier.c.indicator == entry.c.indicator,
            earlier.c.version < entry.c.version,
            earlier.c.value.is_not(None),
        )
        .order_by(earlier.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(entry.c.value, -taken_back, 0)
