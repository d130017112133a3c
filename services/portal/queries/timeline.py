"""Timelines: the events of a stream, as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_, union_all

from services.portal.queries.visibility import open_to
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


MILESTONES = (
    "ProjectSigned", "ProjectLanded", "ConstructionStarted", "ProductionStarted", "CapacityReached", "FundsChecked",
    "FundsReversed", "StageCorrected",
)  # fmt: skip
"""Events of projects that a month's figures count."""
TELLING = (*MILESTONES, "LeadRegistered", "ProjectOpened", "IntentSigned", "CompanyRegistered", "StatusChanged")
"""Events of leads and projects that a month's report tells of."""


async def of_group(
    reads: Reads, principal: Principal, group: str, since: datetime, until: datetime, limit: int = 60
) -> list[Row]:
    """What a group's leads and projects went through in a span, as far as the reader may see it, the earliest first,
    each with the name of its lead or project as `subject`. Where it is more than `limit`, those that the figures count
    are kept before others."""
    subjects = union_all(
        *(
            select(table.c.stream, named.label("subject")).where(table.c.group_id == group, open_to(principal, table))
            for table, named in ((lead, lead.c.title), (project, project.c.name))
        )
    ).subquery()
    happened = (
        select(e, subjects.c.subject)
        .join(subjects, subjects.c.stream == e.c.stream)
        .where(e.c.area == "projects", e.c.occurred_at >= since, e.c.occurred_at < until, e.c.name.in_(TELLING))
        .order_by(e.c.name.not_in(MILESTONES), e.c.occurred_at, e.c.stream, e.c.version)
        .limit(limit)
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
