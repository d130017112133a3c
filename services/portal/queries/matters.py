"""Procedures and problems: their lists by promised date, one of them, and those of a project or lead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, Select, Table, case, cast, func, literal, or_, select, tuple_

from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import MASK, posts_at, works_on
from services.portal.tables.matters import problem, procedure
from services.portal.tables.projects import lead, project
from services.portal.tables.totals import problem_total, procedure_total
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
DONE = ("granted", "refused", "solved", "not_solvable")
"""Outcomes that count as answered; what was withdrawn does not."""
_TOTALS = {"procedure": procedure_total, "problem": problem_total}

WAITING = 200
"""Procedures, and problems, that are listed as waiting for somebody, at most."""


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; what is empty does not narrow."""

    unit: str = ""
    group_id: str = ""
    about: str = ""
    state: str = ""


async def page(
    reads: Reads, principal: Principal, table: Table, asked: Asked, late: bool, before: tuple[date, str] | None
) -> list[Row]:
    """A page, the one promised first before the others, one row more than PAGE; what is done stands in its place."""
    query = _seen(principal, table).order_by(table.c.promised_on, table.c.stream).limit(PAGE + 1)
    for name, value in asdict(asked).items():
        if value and name == "state" and value == "running":
            query = query.where(table.c.closed_on.is_(None))
        elif value:
            query = query.where(table.c[name] == value)
    if late:
        query = query.where(table.c.overdue)
    if before is not None:
        query = query.where(tuple_(table.c.promised_on, table.c.stream) > before)
    return await reads.rows(query)


async def waiting(reads: Reads, principal: Principal, levels: Collection[str]) -> dict[str, list[Row]]:
    """What is not done, the one promised first before the others: `procedures` that are asked of the reader's units, or
    for which his groups are to give material; `problems` of his units, or that were passed up to `levels`."""
    posts = posts_at(principal)
    lacking = (procedure.c.state == "stopped") & procedure.c.group_id.in_(posts)
    return {
        name: await reads.rows(
            _seen(principal, table)
            .where(table.c.closed_on.is_(None), or_(table.c.unit.in_(posts), others))
            .order_by(table.c.promised_on, table.c.stream)
            .limit(WAITING)
        )
        for name, table, others in (
            ("procedures", procedure, lacking),
            ("problems", problem, problem.c.level.in_(levels)),
        )
    }


async def one(reads: Reads, principal: Principal, table: Table, stream: str) -> Row | None:
    """One of them, with the finder and landing unit of what it is about."""
    return await reads.one(_seen(principal, table).where(table.c.stream == stream))


async def of_subject(reads: Reads, principal: Principal, about: str) -> dict[str, list[Row]]:
    """The procedures and problems of a project or lead."""
    return {
        name: await reads.rows(
            _seen(principal, table).where(table.c.about == about).order_by(table.c.promised_on, table.c.stream)
        )
        for name, table in (("procedures", procedure), ("problems", problem))
    }


async def by_unit(reads: Reads, table: Table) -> list[Row]:
    """Of each unit what it was asked, what of that is open and late, and how much of what is answered was in time."""
    c = _TOTALS[table.name].c
    done = c.state.in_(DONE)

    def count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return cast(func.coalesce(func.sum(c.counted).filter(condition), 0), Integer)

    days = func.sum(c.days).filter(done) / func.nullif(func.sum(c.timed).filter(done), 0)
    return await reads.rows(
        select(
            c.unit,
            cast(func.sum(c.counted), Integer).label("asked"),
            count(~c.closed).label("running"),
            count(~c.closed & c.overdue).label("late"),
            count(done).label("done"),
            count(done & ~c.overdue).label("in_time"),
            func.round(cast(days, Numeric), 1).label("days"),
        )
        .group_by(c.unit)
        .order_by(c.unit)
    )


def _seen(principal: Principal, table: Table) -> Select[Any]:
    """Rows as this reader may see them; `open` tells whether they are unmasked: to those who work on the project or
    lead, to the unit, and to all once the project is signed."""
    mine = or_(works_on(principal, project), works_on(principal, lead), table.c.unit.in_(posts_at(principal)))
    seen = func.coalesce(or_(mine, project.c.stage != "negotiating"), False)

    def column(of: ColumnElement[Any], name: str) -> ColumnElement[Any]:
        return case((seen, of), else_=literal(MASK)).label(name) if name in _MASKED else of

    return select(
        *(column(of, of.name) for of in table.c),
        case((seen, func.coalesce(project.c.name, lead.c.title)), else_=literal(MASK)).label("subject"),
        func.coalesce(project.c.finder, lead.c.finder).label("finder"),
        project.c.landing_unit,
        seen.label("open"),
    ).select_from(
        table.outerjoin(project, project.c.stream == table.c.about).outerjoin(lead, lead.c.stream == table.c.about)
    )


_MASKED = ("title", "text", "materials", "reason", "document_number")
