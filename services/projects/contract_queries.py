"""SELECTs about contracts after their signature, and about the statistics figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select, true

from services.projects import tables as t
from services.projects.contract_tables import statistics


def extensions_of(base: str) -> Select[Any]:
    """The projects that extend one, with their funds, yuan."""
    p, f = t.project, t.funds_claim.c
    sums = (func.coalesce(func.sum(column), 0).label(column.name) for column in (f.checked, f.recognised))
    funds = select(*sums).where(f.stream == p.c.stream).lateral("funds")
    query = select(p, funds.c.checked, funds.c.recognised).join(funds, true())
    return query.where(p.c.extends == base).order_by(p.c.stream)


def statistics_of(project: str) -> Select[Any]:
    """A project's months that statistics count, each with what they come to up to it."""
    c = statistics.c
    return (
        select(statistics, func.sum(c.amount).over(order_by=c.month).label("cumulative"))
        .where(c.stream == project)
        .order_by(c.month)
    )
