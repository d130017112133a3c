"""SELECTs of the lists and pages. Lists go by id, a page at a time: `cursor` is the last id of the page before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, func, select

from services.projects import tables as t


def page(table: Table, cursor: str | None, limit: int, **filters: Any) -> Select[Any]:
    """One page of a table in the order of its streams, with one row more than `limit` to tell whether it is the last.
    A filter that is None is left out."""
    query = select(table).order_by(table.c.stream).limit(limit + 1)
    if cursor is not None:
        query = query.where(table.c.stream > cursor)
    for column, value in filters.items():
        if value is not None:
            query = query.where(table.c[column] == value)
    return query


def of_stream(table: Table, stream: str) -> Select[Any]:
    """All rows of a stream, in the order of the table's key."""
    return select(table).where(table.c.stream == stream).order_by(*table.primary_key.columns)


def stage_of(stream: str, stage: str) -> Select[Any]:
    """The row of a stage that a project has reached."""
    c = t.project_stage.c
    return select(t.project_stage).where(c.stream == stream, c.stage == stage)


def funds_totals(stream: str) -> Select[Any]:
    """A project's funds: claimed, checked (monthly figures) and recognised (assessment), yuan."""
    c = t.funds_claim.c
    return select(
        func.coalesce(func.sum(c.claimed), 0).label("claimed"),
        func.coalesce(func.sum(c.checked), 0).label("checked"),
        func.coalesce(func.sum(c.recognised), 0).label("recognised"),
    ).where(c.stream == stream)


def claims(project: str | None, month: str | None, step: str | None, referee: str | None, limit: int) -> Select[Any]:
    """Claims of funds in place, oldest month first."""
    c = t.funds_claim.c
    query = select(t.funds_claim).order_by(c.month, c.stream, c.claim).limit(limit)
    for column, value in ((c.stream, project), (c.month, month), (c.step, step), (c.referee, referee)):
        if value is not None:
            query = query.where(column == value)
    return query


def summary() -> Select[Any]:
    """Projects by group, stage and status: how many, their contract amounts and their funds, yuan. An extension (增资)
    is no project of its own and adds its increment."""
    f, p = t.funds_claim.c, t.project.c
    funds = (
        select(f.stream, func.sum(f.checked).label("checked"), func.sum(f.recognised).label("recognised"))
        .group_by(f.stream)
        .subquery()
    )
    return (
        select(
            p.group_id,
            p.stage,
            p.status,
            func.count().filter(p.extends.is_(None)).label("projects"),
            func.count().filter(p.extends.is_not(None)).label("extensions"),
            func.coalesce(func.sum(p.contract_amount), 0).label("contract_amount"),
            func.coalesce(func.sum(p.contract_amount).filter(p.extends.is_not(None)), 0).label("increment"),
            func.coalesce(func.sum(funds.c.checked), 0).label("checked"),
            func.coalesce(func.sum(funds.c.recognised), 0).label("recognised"),
        )
        .select_from(t.project.outerjoin(funds, funds.c.stream == p.stream))
        .group_by(p.group_id, p.stage, p.status)
        .order_by(p.group_id, p.stage, p.status)
    )
