"""Timelines: the events of a stream, as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, any_, func, select, tuple_, union_all

from services.portal.queries.visibility import open_to
from services.portal.tables.events import MILESTONES, TELLS
from services.portal.tables.events import event as e
from services.portal.tables.projects import lead, project
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def events_of(reads: Reads, *streams: str, limit: int = 500) -> list[Row]:
    """The latest events of these streams, in the order of their business time."""
    query = (
        select(e)
        .where(e.c.stream.in_(streams))
        .order_by(e.c.occurred_at.desc(), e.c.recorded_at.desc(), e.c.version.desc())
        .limit(limit)
    )
    return list(reversed(await reads.rows(query)))


async def of_group(
    reads: Reads, principal: Principal, group: str, since: datetime, until: datetime, limit: int = 60
) -> list[Row]:
    """What a group's leads and projects went through in a span, as far as the reader may see it, the earliest first,
    each with the name of its lead or project as `subject`. Where it is more than `limit`, those that the figures count
    are kept before others."""
    within = and_(TELLS, e.c.area == "projects", e.c.occurred_at >= since, e.c.occurred_at < until)
    told = select(e.c.stream, e.c.version, e.c.name, e.c.occurred_at).where(within).cte("told")
    # As an array that is made first, so that each lead and project is looked up by its number.
    streams = any_(func.array(select(told.c.stream).scalar_subquery()))
    both = union_all(
        *(
            select(told, named.label("subject"))
            .join(table, table.c.stream == told.c.stream)
            .where(table.c.stream == streams, table.c.group_id == group, open_to(principal, table))
            for table, named in ((lead, lead.c.title), (project, project.c.name))
        )
    ).subquery()
    order = (both.c.name.not_in(MILESTONES), both.c.occurred_at, both.c.stream, both.c.version)
    first = select(both).order_by(*order).limit(limit).subquery()
    happened = select(e, first.c.subject).join(
        first, and_(first.c.stream == e.c.stream, first.c.version == e.c.version)
    )
    return sorted(await reads.rows(happened), key=lambda row: (row["occurred_at"], row["stream"], row["version"]))


async def stream_page(reads: Reads, area: str, stream: str, after: int, limit: int) -> list[Row]:
    """A page of a stream's events after a version, one row more than `limit` to tell whether it is the last."""
    query = select(e).where(e.c.stream == stream, e.c.area == area, e.c.version > after)
    return await reads.rows(query.order_by(e.c.version).limit(limit + 1))


async def at_positions(reads: Reads, positions: Collection[str]) -> dict[str, Row]:
    """Events by their positions `area/stream@version`; those that have not been read here are left out."""
    wanted = []
    for position in positions:
        stream, _, version = position.partition("/")[2].rpartition("@")
        if version.isdigit():
            wanted.append((stream, int(version)))
    if not wanted:
        return {}
    rows = await reads.rows(select(e).where(tuple_(e.c.stream, e.c.version).in_(wanted)))
    return {position_of(row): row for row in rows}


def position_of(row: Row) -> str:
    """`area/stream@version`."""
    return f"{row['area']}/{row['stream']}@{row['version']}"
