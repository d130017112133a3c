"""SELECTs of the ledger of promises, a page at a time by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select, tuple_

from services.projects import tables as t
from services.projects.promise_tables import promise

CURSOR = r"^[0-2]_[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6}-P-[0-9]{4}-[0-9]{4,9}_[0-9]{1,4}$"
_KEY = (promise.c.urgency, promise.c.due, promise.c.stream, promise.c.promise)


def page(
    party: str | None, state: str | None, due_before: date | None, group: str | None, cursor: str | None, limit: int
) -> Select[Any]:
    """One page in the order of urgency and due date, with one row more than `limit` to tell whether it is the last. A
    filter that is None is left out."""
    p, c = t.project.c, promise.c
    query = (
        select(promise, p.name, p.group_id, p.finder, p.landing_unit, p.stage)
        .join(t.project, p.stream == c.stream)
        .order_by(*_KEY)
        .limit(limit + 1)
    )
    for column, value in ((c.party, party), (c.state, state), (p.group_id, group)):
        if value is not None:
            query = query.where(column == value)
    if due_before is not None:
        query = query.where(c.due < due_before)
    return query if cursor is None else query.where(tuple_(*_KEY) > tuple_(*_after(cursor)))


def cursor_of(row: Mapping[str, Any]) -> str:
    """Where a page ended: `0_2027-12-31_410804-P-2026-0001_3`."""
    return "_".join(str(row[column.name]) for column in _KEY)


def check_cursor(cursor: str) -> str:
    """The cursor; ValueError where its day is none."""
    _after(cursor)
    return cursor


def _after(cursor: str) -> tuple[int, date, str, int]:
    urgency, due, stream, number = cursor.split("_")
    return int(urgency), date.fromisoformat(due), stream, int(number)
