"""What is asked of the read model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.reporting.domain.periods import Period
from services.reporting.domain.report.schedule import Rules
from services.reporting.domain.report.values import CutMark
from services.reporting.projections import CLOSING_AREAS, DUE, FROZEN
from services.reporting.tables import (
    CALENDARS,
    POSTS,
    SETTINGS,
    contribution,
    deadline,
    group,
    period_closed,
    report,
    report_figure,
    report_step,
)
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import PARTITIONS

Row = Mapping[str, Any]


async def settings(reads: Reads) -> DistrictSettings:
    """The district's settings as published so far."""
    return await SETTINGS.kept(reads)


async def work_calendar(reads: Reads) -> WorkCalendar:
    """Working days by the years published so far."""
    return await CALENDARS.kept(reads)


async def groups(reads: Reads) -> list[Row]:
    """The groups of the roster: id, number, names."""
    return await reads.rows(
        select(group.c.stream.label("id"), group.c.number, group.c.zh, group.c.en).order_by("number")
    )


async def units(reads: Reads, of_group: str, part: str, at: datetime) -> tuple[str, ...]:
    """The `lead` or `responsible` units of a group at an instant, in the order of their ids."""
    on = at.astimezone(SHANGHAI).date()
    rows = await reads.rows(POSTS.units_of(of_group, part, on))
    return tuple(sorted(row["unit"] for row in rows))


def rules_of(row: Row) -> Rules:
    """The rules under which a report's period was opened."""
    return Rules.of(DistrictSettings(row["settings"]))


async def latest_reports(reads: Reads) -> list[Row]:
    """Each group's report of its latest period."""
    latest = select(report).ext(distinct_on(report.c.group)).order_by(report.c.group, report.c.ends_at.desc())
    return await reads.rows(latest)


async def one_report(reads: Reads, stream: str) -> Row | None:
    return await reads.one(select(report).where(report.c.stream == stream))


async def reports(
    reads: Reads,
    *,
    period: str | None = None,
    of_group: str | None = None,
    status: str | None = None,
    missed: bool | None = None,
) -> list[Row]:
    """Reports with their group's names, the newest period first."""
    wanted: list[ColumnElement[bool]] = []
    if period is not None:
        wanted.append(report.c.period == period)
    if of_group is not None:
        wanted.append(report.c.group == of_group)
    if status is not None:
        wanted.append(report.c.status == status)
    if missed is not None:
        wanted.append(report.c.missed.is_(missed))
    return await reads.rows(_with_names().where(and_(True, *wanted)))


def _with_names() -> Select[Any]:
    return (
        select(report, group.c.zh.label("group_zh"), group.c.en.label("group_en"), group.c.number)
        .join(group, group.c.stream == report.c.group, isouter=True)
        .order_by(report.c.period.desc(), group.c.number, report.c.stream)
    )


async def named_report(reads: Reads, stream: str) -> Row | None:
    return await reads.one(_with_names().where(report.c.stream == stream))


async def steps(reads: Reads, stream: str) -> list[Row]:
    """The report's steps in their order."""
    return await reads.rows(select(report_step).where(report_step.c.stream == stream).order_by(report_step.c.version))


async def contributions(reads: Reads, stream: str) -> list[Row]:
    return await reads.rows(select(contribution).where(contribution.c.stream == stream).order_by(contribution.c.unit))


async def stated_figures(reads: Reads, stream: str, source: str) -> list[Row]:
    """The figures of the latest `draft`, or the `frozen` ones as restated."""
    t = report_figure
    return await reads.rows(select(t).where(t.c.stream == stream, t.c.source == source).order_by(t.c.indicator))


async def periods(reads: Reads) -> list[Row]:
    """Each period with how its reports stand."""
    r = report.c
    count = func.count()
    return await reads.rows(
        select(
            r.period,
            func.min(r.starts_at).label("starts_at"),
            func.max(r.ends_at).label("ends_at"),
            func.max(r.due_at).label("due_at"),
            func.bool_or(r.provisional).label("provisional"),
            count.label("reports"),
            count.filter(r.submission > 0).label("submitted"),
            count.filter(r.status == "accepted").label("accepted"),
            count.filter(r.missed).label("missed"),
            count.filter(r.frozen).label("frozen"),
        )
        .group_by(r.period)
        .order_by(r.period.desc())
    )


async def deadlines(reads: Reads, until: datetime | None = None) -> list[Row]:
    """What is still to come, in the order of its time."""
    query = select(deadline, report.c.group, report.c.period).join(report, report.c.stream == deadline.c.stream)
    if until is not None:
        query = query.where(deadline.c.due_at <= until)
    return await reads.rows(query.order_by(deadline.c.due_at, deadline.c.stream, deadline.c.name))


async def awaiting_deadline(reads: Reads) -> list[Row]:
    """Reports whose due time has not been judged and whose clock runs."""
    due = exists().where(deadline.c.stream == report.c.stream, deadline.c.name == DUE)
    return await reads.rows(select(report).where(due).order_by(report.c.stream))


async def to_freeze(reads: Reads, as_of: datetime) -> list[Row]:
    """Reports whose period ended at or before `as_of` and whose figures are not frozen."""
    unfrozen = select(report).where(report.c.frozen.is_(False), report.c.ends_at <= as_of)
    return await reads.rows(unfrozen.order_by(report.c.ends_at, report.c.stream))


async def cut_at(reads: Reads, ends_at: datetime) -> tuple[CutMark, ...] | None:
    """For each area and partition the first marker at or after `ends_at`; None while one is lacking."""
    t = period_closed
    rows = await reads.rows(
        select(t)
        .where(t.c.as_of >= ends_at, t.c.area.in_(CLOSING_AREAS))
        .ext(distinct_on(t.c.area, t.c.partition))
        .order_by(t.c.area, t.c.partition, t.c.as_of, t.c.version)
    )
    if len(rows) < len(CLOSING_AREAS) * PARTITIONS:
        return None
    return tuple(CutMark(r["area"], r["partition"], r["stream"], r["version"], r["as_of"]) for r in rows)


async def official_month(reads: Reads, of_group: str, period: Period) -> Mapping[str, Decimal]:
    """A closed month's figures by indicator, as restated; empty when the month was not closed here."""
    t = report_figure
    rows: Sequence[Row] = await reads.rows(
        select(t.c.indicator, t.c.month)
        .join(report, report.c.stream == t.c.stream)
        .where(report.c.group == of_group, report.c.period == str(period), t.c.source == FROZEN)
    )
    return {row["indicator"]: row["month"] for row in rows}
