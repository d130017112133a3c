"""What a briefing pack is made of, each part in one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.reporting.domain.directive.state import DirectiveStatus
from services.reporting.tables import (
    POSTS,
    contribution,
    directive,
    figure_entry,
    quota,
    report,
    trip,
    unit,
    work_item,
)
from sevenx.district.figures import value_of
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
Sums = Mapping[str, Decimal]
"""By indicator."""


async def group_units(reads: Reads, at: datetime) -> list[Row]:
    """Every (group, unit) that leads or is responsible on a day, with the unit's names."""
    t, on = POSTS.unit_change, at.astimezone(SHANGHAI).date()
    last = (
        select(t)
        .where(t.c.effective <= on)
        .ext(distinct_on(t.c.stream, t.c.part, t.c.unit))
        .order_by(t.c.stream, t.c.part, t.c.unit, t.c.effective.desc(), t.c.version.desc())
        .subquery()
    )
    return await reads.rows(
        select(
            last.c.stream.label("group"),
            last.c.unit,
            func.coalesce(unit.c.zh, last.c.unit).label("zh"),
            func.coalesce(unit.c.en, last.c.unit).label("en"),
        )
        .join(unit, unit.c.stream == last.c.unit, isouter=True)
        .where(last.c.begins)
        .distinct()
        .order_by(last.c.unit, last.c.stream)
    )


async def results(reads: Reads, since: datetime, until: datetime) -> list[Row]:
    """Sums by group, finder and indicator of what was recorded within the time."""
    e = figure_entry
    return await reads.rows(
        select(work_item.c.group, work_item.c.finder, e.c.indicator, func.sum(value_of(figure_entry, e)).label("value"))
        .join(work_item, work_item.c.stream == e.c.stream)
        .where(e.c.at >= since, e.c.at < until)
        .group_by(work_item.c.group, work_item.c.finder, e.c.indicator)
    )


async def landed_here(reads: Reads, since: datetime, until: datetime) -> Mapping[str, int]:
    """Projects by landing unit that landed within the time."""
    w = work_item.c
    rows = await reads.rows(
        select(w.landing_unit, func.count().label("landed"))
        .where(w.landed_at >= since, w.landed_at < until)
        .group_by(w.landing_unit)
    )
    return {row["landing_unit"]: row["landed"] for row in rows}


async def reports_due(reads: Reads, since: datetime, until: datetime) -> list[Row]:
    """Reports that fell due within the time."""
    r = report.c
    return await reads.rows(
        select(r.stream, r.group, r.period, r.submission, r.missed, r.due_at)
        .where(r.due_at > since, r.due_at <= until)
        .order_by(r.period, r.stream)
    )


async def contributions_not_in_time(reads: Reads, since: datetime, until: datetime) -> list[Row]:
    """By unit: late and missing contributions to the reports that fell due within the time."""
    late = func.count().filter(contribution.c.state == "late").label("late")
    missing = func.count().filter(contribution.c.state == "overdue").label("missing")
    return await reads.rows(
        select(contribution.c.unit, late, missing)
        .join(report, report.c.stream == contribution.c.stream)
        .where(report.c.due_at > since, report.c.due_at <= until)
        .group_by(contribution.c.unit)
    )


async def trips(reads: Reads, since: datetime, until: datetime) -> list[Row]:
    """By unit and traveller: trips whose result was filed within the time, and the days that count."""
    t = trip.c
    return await reads.rows(
        select(t.unit, t.traveller, func.count().label("trips"), func.sum(t.counted_days).label("days"))
        .where(t.completed_at >= since, t.completed_at < until, t.unit.is_not(None))
        .group_by(t.unit, t.traveller)
    )


async def heads(reads: Reads, year: int) -> list[Row]:
    """The principal heads who owe a quota of the year."""
    return await reads.rows(select(quota).where(quota.c.year == year).order_by(quota.c.unit, quota.c.person))


async def projects_in_trouble(reads: Reads) -> list[Row]:
    """Projects that stand still or are not green."""
    w = work_item.c
    return await reads.rows(
        select(work_item).where(or_(w.stalled_since.is_not(None), w.light.in_(("yellow", "red")))).order_by(w.stream)
    )


async def open_directives(reads: Reads) -> list[Row]:
    """Directives that were issued and are not closed."""
    return await reads.rows(_open().order_by(directive.c.due_on, directive.c.stream))


def _open() -> Select[Any]:
    d = directive.c
    done = (DirectiveStatus.REGISTERED, DirectiveStatus.CLOSED)
    return select(directive).where(and_(d.status.not_in(done), d.due_on.is_not(None)))


def year_of(at: datetime) -> int:
    """The business year in which what is covered ends: its last instant, not the one after."""
    day: date = at.astimezone(SHANGHAI).date()
    return day.year
