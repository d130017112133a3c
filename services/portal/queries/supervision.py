"""Hearings and directives."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import masked
from services.portal.tables.projects import project
from services.portal.tables.supervision import directive, hearing
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_RUNNING = ("issued", "acknowledged", "answered")


async def hearings(reads: Reads, limit: int = 24) -> list[Row]:
    """The latest first, without their packs."""
    columns = [column for column in hearing.c if column.name != "pack_parts"]
    return await reads.rows(select(*columns).order_by(hearing.c.planned_on.desc(), hearing.c.stream).limit(limit))


async def hearing_of(reads: Reads, hearing_id: str) -> Row | None:
    return await reads.one(select(hearing).where(hearing.c.stream == hearing_id))


async def hearings_until(reads: Reads, until: date) -> list[Row]:
    """Those still to be held up to a day."""
    h = hearing.c
    query = select(h.stream, h.number, h.year, h.planned_on).where(h.state == "scheduled", h.planned_on <= until)
    return await reads.rows(query.order_by(h.planned_on))


async def seen_projects(reads: Reads, principal: Principal, ids: Collection[str]) -> dict[str, Row]:
    """Projects by their ids as this reader may see them: a pack must not tell of what is masked elsewhere."""
    if not ids:
        return {}
    rows = await reads.rows(select(*masked(principal, project)).where(project.c.stream.in_(ids)))
    return {row["stream"]: row for row in rows}


async def directives(reads: Reads, status: str, owner: str, overdue: bool, before: str) -> list[Row]:
    """A page of directives, the newest first, one row more than PAGE."""
    d = directive
    query = select(d)
    if status:
        query = query.where(d.c.status == status)
    if owner:
        query = query.where(d.c.owner == owner)
    if overdue:
        query = query.where(d.c.overdue, d.c.status.in_(_RUNNING))
    if before:
        query = query.where(d.c.stream < before)
    return await reads.rows(query.order_by(d.c.stream.desc()).limit(PAGE + 1))


async def directive_of(reads: Reads, directive_id: str) -> Row | None:
    return await reads.one(select(directive).where(directive.c.stream == directive_id))


async def due_until(reads: Reads, until: date, limit: int = 40) -> list[Row]:
    """Running directives due up to a day, those overdue before the others."""
    d = directive
    query = select(d).where(d.c.status.in_(_RUNNING), d.c.due_on <= until)
    return await reads.rows(query.order_by(d.c.due_on, d.c.stream).limit(limit))


async def of_hearing(reads: Reads, hearing_id: str) -> list[Row]:
    return await reads.rows(select(directive).where(directive.c.hearing == hearing_id).order_by(directive.c.stream))
