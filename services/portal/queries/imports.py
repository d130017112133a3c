"""Imports of the roster: which there were, and what each changed or its rollback took back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_

from services.portal.tables.events import event as e
from services.portal.tables.registry import registry_command, roster_import
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
PAGE = 100
"""Changes on a page."""
LISTED = 30
"""Imports on a page."""
_NOTES = ("RosterImported", "ImportRolledBack")
_i = roster_import.c


async def page(reads: Reads, before: int | None) -> list[Row]:
    """A page of imports with their moments, the newest first, and one row more."""
    query = _timed().order_by(_i.number.desc()).limit(LISTED + 1)
    return await reads.rows(query if before is None else query.where(_i.number < before))


async def one(reads: Reads, number: int) -> Row | None:
    """An import by its number."""
    return await reads.one(_timed().where(_i.number == number))


async def changes(reads: Reads, stream: str, version: int, beyond: tuple[str, int] | None) -> list[Row]:
    """A page of the events that were caused together with that one of the district, by stream, and one row more."""
    query = _caused(stream, version, e).order_by(e.c.stream, e.c.version).limit(PAGE + 1)
    if beyond is not None:
        query = query.where(tuple_(e.c.stream, e.c.version) > tuple_(literal(beyond[0]), literal(beyond[1])))
    return await reads.rows(query)


async def read_so_far(reads: Reads, stream: str, version: int) -> int:
    """How many of those events are there: another stream's may come a moment later."""
    return int(await reads.scalar(_caused(stream, version, func.count())) or 0)


def _timed() -> Select[Any]:
    """Imports with the business time at which each was given (`at`)."""
    told = (e.c.stream == _i.stream) & (e.c.version == _i.version)
    return select(roster_import, e.c.occurred_at.label("at")).join(e, told)


def _caused(stream: str, version: int, *what: Any) -> Select[Any]:
    given, caused = registry_command.alias(), registry_command.alias()
    return (
        select(*what)
        .select_from(given)
        .join(caused, caused.c.command == given.c.command)
        .join(e, (e.c.stream == caused.c.stream) & (e.c.version == caused.c.version))
        .where(given.c.stream == stream, given.c.version == version, e.c.name.not_in(_NOTES))
    )
