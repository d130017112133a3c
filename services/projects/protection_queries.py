"""SELECTs of protections, contests and lights."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, select

from services.projects import protection_tables as pt
from services.projects import tables as t
from services.projects.domain.protection.state import Standing
from services.projects.due_queries import WORKED_ON, moved, next_date, progress_on
from services.projects.total_tables import light_total

P = pt.protection.c
HOLDING, QUEUED = Standing.HOLDING.value, Standing.QUEUED.value


def protections(group: str | None, unit: str | None, standing: str | None, proposed: bool, limit: int) -> Select[Any]:
    """Reports, those whose term ends first before the others."""
    query = select(pt.protection).order_by(P.until.asc().nulls_last(), P.stream, P.report).limit(limit)
    for column, value in ((P.group_id, group), (P.finder, unit), (P.standing, standing)):
        if value is not None:
            query = query.where(column == value)
    return query.where(P.proposed_since.is_not(None), P.standing == HOLDING) if proposed else query


def report_of(lead: str) -> Select[Any]:
    """A lead's report, with the day of its latest progress."""
    return select(pt.protection, moved().label("latest_progress")).select_from(WORKED_ON).where(P.lead == lead)


def of_intent(stream: str, intent: str) -> Select[Any]:
    """Who holds an intent of an investor and who waits for it, in the order of the reports."""
    alive = P.standing.in_([HOLDING, QUEUED])
    return select(pt.protection).where(P.stream == stream, P.intent == intent, alive).order_by(P.report)


def first_talk(stream: str, intent: str) -> Select[Any]:
    c = pt.first_talk.c
    return select(pt.first_talk).where(c.stream == stream, c.intent == intent)


def contests(
    state: str | None = None, overdue: bool | None = None, stream: str | None = None, limit: int = 200
) -> Select[Any]:
    """Contests, the one to be decided first before the others."""
    c = pt.contest.c
    query = select(pt.contest).order_by(c.decide_by, c.stream, c.contest).limit(limit)
    for column, value in ((c.state, state), (c.overdue, overdue), (c.stream, stream)):
        if value is not None:
            query = query.where(column == value)
    return query


def lights(group: str | None, light: str | None, unit: str | None, stalled: bool, limit: int) -> Select[Any]:
    """Projects that are under way, the gravest light first, then the longest without progress."""
    c = t.project.c
    query = (
        select(
            t.project,
            t.PROJECT_CARRIER.label("unit"),
            progress_on().label("progress_on"),
            next_date().label("next_date"),
        )
        .where(c.status.in_(t.UNDER_WAY))
        .order_by(*([] if stalled else [t.PROJECT_GRAVITY.desc()]), progress_on(), c.stream)
        .limit(limit)
    )
    for column, value in ((c.group_id, group), (c.light, light), (t.PROJECT_CARRIER, unit)):
        if value is not None:
            query = query.where(column == value)
    return query.where(c.stalled_since.is_not(None)) if stalled else query


def light_counts(group: str | None) -> Select[Any]:
    """Projects under way by group and light, and how many of them have stalled."""
    c = light_total.c
    query = (
        select(
            c.group_id,
            c.light,
            cast(func.sum(c.counted), BigInteger).label("projects"),
            func.sum(c.stalled).label("stalled"),
        )
        .group_by(c.group_id, c.light)
        .order_by(c.group_id, c.light)
    )
    return query if group is None else query.where(c.group_id == group)
