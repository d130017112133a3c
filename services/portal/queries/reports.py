"""Monthly reports: the matrix of a year, and one report with all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from services.portal.tables.reports import contribution, report, report_figure
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def of_year(reads: Reads, year: int) -> list[Row]:
    """Every report of a year's twelve periods, with how many figures its draft leaves in doubt."""
    return await reads.rows(
        select(report).where(report.c.period.startswith(f"{year}-")).order_by(report.c.period, report.c.group_id)
    )


async def years(reads: Reads) -> list[int]:
    """The years for which there are reports, the latest first."""
    year = func.left(report.c.period, 4)
    rows = await reads.rows(select(year.label("year")).distinct().order_by(year.desc()))
    return [int(row["year"]) for row in rows]


async def current(reads: Reads, now: datetime) -> list[Row]:
    """The groups' reports of the period that runs now, or of the latest one that has begun."""
    begun = select(func.max(report.c.period)).where(report.c.starts_at <= now).scalar_subquery()
    return await reads.rows(select(report).where(report.c.period == begun).order_by(report.c.group_id))


async def one(reads: Reads, group: str, period: str) -> Row | None:
    return await reads.one(select(report).where(report.c.group_id == group, report.c.period == period))


async def stated_figures(reads: Reads, stream: str) -> list[Row]:
    """The figures of the latest `draft` and the `frozen` ones as restated."""
    f = report_figure
    return await reads.rows(select(f).where(f.c.stream == stream).order_by(f.c.source, f.c.indicator))


async def contributions(reads: Reads, stream: str) -> list[Row]:
    c = contribution
    return await reads.rows(select(c).where(c.c.stream == stream).order_by(c.c.unit))


async def due_until(reads: Reads, until: datetime) -> list[Row]:
    """Reports whose clock runs and that are due up to `until`, the earliest first."""
    r = report.c
    query = select(report).where(r.due_at <= until, r.stopped_at.is_(None)).order_by(r.due_at, r.group_id)
    return await reads.rows(query.limit(20))
