"""What is asked of directives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from services.reporting.domain.directive.state import DirectiveStatus
from services.reporting.tables import directive, directive_step, unit
from services.reporting.tables import group as report_group
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def find(
    reads: Reads,
    *,
    owner: str | None = None,
    group: str | None = None,
    hearing: str | None = None,
    status: str | None = None,
    overdue: bool | None = None,
    only_open: bool | None = None,
) -> list[Row]:
    """Directives by what is asked, those with the earliest due day first, those without one last."""
    d = directive.c
    wanted: list[ColumnElement[bool]] = [
        column == value
        for column, value in ((d.owner, owner), (d.group, group), (d.hearing, hearing), (d.status, status))
        if value is not None
    ]
    closed = d.status == DirectiveStatus.CLOSED
    if overdue is not None:
        is_overdue = d.overdue.is_(True) & ~closed
        wanted.append(is_overdue if overdue else ~is_overdue)
    if only_open is not None:
        wanted.append(~closed if only_open else closed)
    return await reads.rows(_named().where(*wanted).order_by(d.due_on.nulls_last(), d.stream))


async def one(reads: Reads, stream: str) -> Row | None:
    return await reads.one(_named().where(directive.c.stream == stream))


def _named() -> Select[Any]:
    return select(directive, unit.c.zh.label("owner_zh")).join(unit, unit.c.stream == directive.c.owner, isouter=True)


async def steps(reads: Reads, stream: str) -> list[Row]:
    """The directive's steps in their order."""
    t = directive_step
    return await reads.rows(select(t).where(t.c.stream == stream).order_by(t.c.version))


async def knows_unit(reads: Reads, of: str) -> bool:
    """Whether the roster has this unit."""
    return await reads.one(select(unit.c.stream).where(unit.c.stream == of)) is not None


async def knows_group(reads: Reads, of: str) -> bool:
    """Whether the roster has this group."""
    return await reads.one(select(report_group.c.stream).where(report_group.c.stream == of)) is not None
