"""The one SELECT that finds what may be due on a day, over projects, protections and contests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from services.projects import protection_tables as pt
from services.projects import tables as t
from services.projects.domain.protection.state import Standing
from services.projects.domain.values import ALIVE, STAGES, Light, Stage

PROGRESS, IDLE, TERM, CONTEST = "progress", "idle", "term", "contest"
"""Kinds of row, which are the names of the deadlines."""


def progress_on() -> ColumnElement[Any]:
    """A project's latest progress; PostgreSQL's greatest() passes over nulls."""
    c = t.project.c
    return func.greatest(
        c.opened_on, c.stage_since, c.filed_on, c.intent_on, c.company_on, c.code_on, c.funds_on, c.talked_on,
        c.resumed_on,
    )  # fmt: skip


def next_date() -> ColumnElement[Any]:
    """The agreed date of the stage that follows a project's; null where none is agreed."""
    following = {one.value: STAGES[one.rank + 1].value for one in STAGES[:-1]}
    agreed = t.agreed_date.c
    return (
        select(agreed.agreed_on)
        .where(agreed.stream == t.project.c.stream, agreed.stage == case(following, value=t.project.c.stage))
        .scalar_subquery()
    )


def candidates(stall_days: Mapping[Stage, int], near_days: int, today: date) -> Select[Any]:
    """Rows (kind, stream, on, since, lead, stage, status, light, stalled_since) that may be due on `today`: for a
    project `on` is the agreed date ahead of it and `since` its progress; for the others `on` is the due day."""
    parts = [_projects(stall_days, near_days, today), *_idle(today), _terms(today), _contests(today)]
    return select(union_all(*parts).subquery())


def _projects(stall_days: Mapping[Stage, int], near_days: int, today: date) -> Select[Any]:
    """Projects beyond the first day on which time may change something, unless nothing is left to grow graver."""
    c, progress, agreed = t.project.c, progress_on(), next_date()
    limit = case({stage.value: days for stage, days in stall_days.items()}, value=c.stage)
    return select(
        literal(PROGRESS).label("kind"),
        c.stream,
        agreed.label("on"),
        progress.label("since"),
        cast(null(), Text).label("lead"),
        c.stage,
        c.status,
        c.light,
        c.stalled_since,
    ).where(
        c.status.in_([one.value for one in ALIVE]),
        or_(progress + limit <= today, agreed - near_days <= today),
        or_(c.light != Light.RED.value, and_(c.stalled_since.is_(None), progress + limit <= today)),
    )


def _row(kind: str, stream: Any, on: Any, since: Any, lead: Any) -> Select[Any]:
    text = cast(null(), Text)
    return select(
        literal(kind).label("kind"),
        stream,
        on.label("on"),
        since.label("since"),
        lead.label("lead"),
        text.label("stage"),
        text.label("status"),
        text.label("light"),
        cast(null(), Date).label("stalled_since"),
    )


def idle_since() -> ColumnElement[Any]:
    """Since when a protected lead, or the project that it became, has not moved."""
    p, lead = pt.protection.c, t.lead.c
    moved = select(func.greatest(lead.qualified_on, lead.talked_on)).where(lead.stream == p.lead).scalar_subquery()
    went_on = select(progress_on()).where(t.project.c.stream == p.project).scalar_subquery()
    return func.greatest(p.idle_from, moved, went_on)


def _idle(today: date) -> list[Select[Any]]:
    """The day that warns and the day that proposes the release, each once for a spell of idleness."""
    p = pt.protection.c
    held = (
        select(p.stream, p.lead, p.warn_days, p.release_days, p.warned_since, p.proposed_since, idle_since().label("s"))
        .where(p.standing == Standing.HOLDING.value, ~p.fulfilled)
        .subquery()
        .c
    )
    warned, proposed = held.s + held.warn_days, held.s + held.release_days
    return [
        _row(IDLE, held.stream, warned, held.s, held.lead).where(
            held.warned_since.is_distinct_from(held.s), held.proposed_since.is_distinct_from(held.s), warned <= today
        ),
        _row(IDLE, held.stream, proposed, held.s, held.lead).where(
            held.proposed_since.is_distinct_from(held.s), proposed <= today
        ),
    ]


def _terms(today: date) -> Select[Any]:
    """The day after the term. Where a contest held the end back, the day after it was closed."""
    p, c = pt.protection.c, pt.contest.c
    of_intent = and_(c.stream == p.stream, c.intent == p.intent)
    closed = select(func.max(c.closed_on)).where(of_intent).scalar_subquery()
    on = func.greatest(p.until, closed) + 1
    held = (p.standing == Standing.HOLDING.value, ~p.fulfilled, p.until < today, on <= today)
    contested = select(c.contest).where(of_intent, c.state == "open").exists()
    return _row(TERM, p.stream, on, p.until, p.lead).where(*held, ~contested)


def _contests(today: date) -> Select[Any]:
    """The day after a contest should have been decided."""
    c = pt.contest.c
    late = (c.state == "open", ~c.overdue, c.decide_by < today)
    return _row(CONTEST, c.stream, c.decide_by + 1, c.contested_on, c.lead).where(*late)


def project_progress(lead: str) -> Select[Any]:
    """The day of the latest progress of a protected lead or of its project, as the clock counts it."""
    return select(idle_since()).where(pt.protection.c.lead == lead)
