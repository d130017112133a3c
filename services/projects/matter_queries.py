"""SELECTs of procedures and problems, the one promised first before the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Select,
    Table,
    any_,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from services.projects import matter_tables as mt
from services.projects import tables as t
from services.projects.total_tables import problem_total, procedure_total

Mark = tuple[date, str]
"""Where a page ends: the promised date and the stream of its last row."""


def page(table: Table, after: Mark | None, limit: int, unfinished: bool | None, **filters: Any) -> Select[Any]:
    """One page in the order of the promised dates, with one row more than `limit` to tell whether it is the last. A
    filter that is None is left out. Each row has what is needed to know who works on it."""
    c = table.c
    query = with_project(table).order_by(c.promised_on, c.stream).limit(limit + 1)
    if after is not None:
        query = query.where(tuple_(c.promised_on, c.stream) > after)
    if unfinished is not None:
        query = query.where(c.closed_on.is_(None) if unfinished else c.closed_on.is_not(None))
    for column, value in filters.items():
        if value is not None:
            query = query.where(c[column] == value)
    return query


def with_project(table: Table) -> Select[Any]:
    """Rows with the project's name, stage, finder and landing unit; of a lead its finder."""
    p, lead = t.project.c, t.lead.c
    joined = table.outerjoin(t.project, p.stream == table.c.project)
    finder: ColumnElement[Any] = p.finder
    if "about" in table.c:
        joined, finder = joined.outerjoin(t.lead, lead.stream == table.c.about), func.coalesce(finder, lead.finder)
    return select(
        table, p.name.label("project_name"), p.stage.label("project_stage"), finder.label("finder"), p.landing_unit
    ).select_from(joined)


def by_unit(table: Table, counted: tuple[str, ...], since: date | None, until: date | None) -> Select[Any]:
    """Of each unit what it was asked within the days, what is open and overdue of that, and of what has its outcome
    (the states `counted`) how much in time and within how many working days on average."""
    c = _TOTALS[table.name].c
    done = c.state.in_(counted)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return cast(func.coalesce(func.sum(c.counted).filter(condition), 0), Integer)

    days = func.sum(c.days).filter(done) / func.nullif(func.sum(c.timed).filter(done), 0)
    query = (
        select(
            c.unit,
            cast(func.sum(c.counted), Integer).label("asked"),
            count(~c.closed).label("unfinished"),
            count(~c.closed & c.overdue).label("overdue"),
            count(done).label("done"),
            count(done & ~c.overdue).label("in_time"),
            func.round(cast(days, Numeric), 1).label("average_working_days"),
        )
        .group_by(c.unit)
        .order_by(c.unit)
    )
    if since is not None:
        query = query.where(c.asked_on >= since)
    return query if until is None else query.where(c.asked_on <= until)


_TOTALS = {"procedure": procedure_total, "problem": problem_total}


def timeline(project: str) -> Select[Any]:
    """A project's events and those of its procedures and problems, in the order of their time."""
    c = t.timeline.c
    of_project = union_all(
        select(literal(project)),
        *(select(table.c.stream).where(table.c.project == project) for table in (mt.procedure, mt.problem)),
    )
    streams = any_(func.array(of_project.scalar_subquery()))
    return select(t.timeline).where(c.stream == streams).order_by(c.occurred_at, c.stream, c.version)
