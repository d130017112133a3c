"""SELECTs about contracts after their signature, and about the statistics figure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from services.projects import tables as t
from services.projects.contract_tables import statistics


def extensions_of(base: str) -> Select[Any]:
    """The projects that extend one, with their funds, yuan."""
    p, f = t.project, t.funds_claim.c
    funds = (
        select(f.stream, func.sum(f.checked).label("checked"), func.sum(f.recognised).label("recognised"))
        .group_by(f.stream)
        .subquery()
    )
    return (
        select(
            p,
            func.coalesce(funds.c.checked, 0).label("checked"),
            func.coalesce(funds.c.recognised, 0).label("recognised"),
        )
        .select_from(p.outerjoin(funds, funds.c.stream == p.c.stream))
        .where(p.c.extends == base)
        .order_by(p.c.stream)
    )


def statistics_of(project: str) -> Select[Any]:
    """A project's months that statistics count, each with what they come to up to it."""
    c = statistics.c
    return (
        select(statistics, func.sum(c.amount).over(order_by=c.month).label("cumulative"))
        .where(c.stream == project)
        .order_by(c.month)
    )
