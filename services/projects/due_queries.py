"""The one SELECT that finds what may be due on a day, over projects, protections, contests, procedures and
problems."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Text,
    TextClause,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects import postgresql

from services.projects import matter_tables as mt
from services.projects import protection_tables as pt
from services.projects import tables as t
from services.projects.domain.project.state import PromiseState
from services.projects.domain.protection.state import Standing
from services.projects.domain.values import ALIVE, OVER, STAGES, Light, Stage
from services.projects.promise_tables import promise
from services.projects.rulebooks import lights_rulebook

TODAY = literal_column("CAST(:today AS DATE)", Date)
PROGRESS, IDLE, TERM, CONTEST = "progress", "idle", "term", "contest"
PROMISE, PROCEDURE, PROBLEM = "promise", "procedure", "problem"
"""Kinds of row, which are the names of the deadlines."""


def progress_on() -> ColumnElement[Any]:
    """A project's latest progress."""
    return t.PROJECT_PROGRESS


def next_date() -> ColumnElement[Any]:
    """The agreed date of the stage that follows a project's; null where none is agreed."""
    following = {one.value: STAGES[one.rank + 1].value for one in STAGES[:-1]}
    agreed = t.agreed_date.c
    return (
        select(agreed.agreed_on)
        .where(agreed.stream == t.project.c.stream, agreed.stage == case(following, value=t.project.c.stage))
        .scalar_subquery()
    )


@cache
def candidates() -> TextClause:
    """Rows (kind, stream, on, since, lead, stage, status, light, stalled_since) that may be due on the day `today`: for
    a project `on` is the agreed date ahead of it and `since` its progress; for the others `on` is the due day.

    The clock asks it at every look, so it is written out once, as text."""
    rules = lights_rulebook()
    investors = [*_idle(), _terms(), _contests()]
    parts = [_projects(rules.stall_days, rules.near_days), *investors, _promises(), _procedures(), _problems()]
    query = select(union_all(*parts).subquery())
    written = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    return text(str(written)).bindparams(bindparam("today", type_=Date))


def _projects(stall_days: Mapping[Stage, int], near_days: int) -> Select[Any]:
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
        t.PROJECT_STANDS,
        or_(progress + limit <= TODAY, agreed - near_days <= TODAY),
        or_(c.light != Light.RED.value, and_(c.stalled_since.is_(None), progress + limit <= TODAY)),
    )


def _row(kind: str, stream: Any, on: Any, since: Any, lead: Any) -> Select[Any]:
    empty = cast(null(), Text)
    return select(
        literal(kind).label("kind"),
        stream,
        on.label("on"),
        since.label("since"),
        lead.label("lead"),
        empty.label("stage"),
        empty.label("status"),
        empty.label("light"),
        cast(null(), Date).label("stalled_since"),
    )


WORKED_ON = pt.protection.outerjoin(t.lead, t.lead.c.stream == pt.protection.c.lead).outerjoin(
    t.project, t.project.c.stream == pt.protection.c.project
)
"""Every report of an investor with its lead, and the project that this became."""


def moved() -> ColumnElement[Any]:
    """Of a row of WORKED_ON the day of the latest progress of the lead or its project, from the protection on."""
    return func.greatest(pt.protection.c.idle_from, t.lead.c.qualified_on, t.lead.c.talked_on, progress_on())


def _idle() -> list[Select[Any]]:
    """The day that warns and the day that proposes the release, each once for a spell of idleness."""
    p = pt.protection.c
    held = (
        select(p.stream, p.lead, p.warn_days, p.release_days, p.warned_since, p.proposed_since, moved().label("moved"))
        .select_from(WORKED_ON)
        .where(
            p.standing == Standing.HOLDING.value,
            ~p.fulfilled,
            p.idle_from + func.least(p.warn_days, p.release_days) <= TODAY,
        )
    )
    c = held.cte("held").c
    warned, proposed = c.moved + c.warn_days, c.moved + c.release_days
    unproposed = c.proposed_since.is_distinct_from(c.moved)
    return [
        _row(IDLE, c.stream, warned, c.moved, c.lead).where(
            c.warned_since.is_distinct_from(c.moved), unproposed, warned <= TODAY
        ),
        _row(IDLE, c.stream, proposed, c.moved, c.lead).where(unproposed, proposed <= TODAY),
    ]


def _terms() -> Select[Any]:
    """The day after the term. Where a contest held the end back, the day after it was closed."""
    p, c = pt.protection.c, pt.contest.c
    of_intent = and_(c.stream == p.stream, c.intent == p.intent)
    closed = select(func.max(c.closed_on)).where(of_intent).scalar_subquery()
    on = func.greatest(p.until, closed) + 1
    held = (p.standing == Standing.HOLDING.value, ~p.fulfilled, p.until < TODAY, on <= TODAY)
    contested = select(c.contest).where(of_intent, c.state == "open").exists()
    return _row(TERM, p.stream, on, p.until, p.lead).where(*held, ~contested)


def _contests() -> Select[Any]:
    """The day after a contest should have been decided."""
    c = pt.contest.c
    late = (c.state == "open", ~c.overdue, c.decide_by < TODAY)
    return _row(CONTEST, c.stream, c.decide_by + 1, c.contested_on, c.lead).where(*late)


def _promises() -> Select[Any]:
    """The day after the due date of promises that are still to be kept, of projects that go on."""
    c = promise.c
    row = _row(PROMISE, c.stream, c.due + 1, c.due, null()).select_from(
        promise.join(t.project, t.project.c.stream == c.stream)
    )
    over = [one.value for one in OVER]
    return row.where(c.state == PromiseState.OPEN.value, c.due < TODAY, t.project.c.status.not_in(over)).distinct()


def _procedures() -> Select[Any]:
    """The day after a procedure was promised, unless its clock stands still."""
    c = mt.procedure.c
    late = (c.state.in_(mt.PROCEDURE_RUNS), ~c.overdue, c.promised_on < TODAY)
    return _row(PROCEDURE, c.stream, c.promised_on + 1, c.requested_on, cast(null(), Text)).where(*late)


def _problems() -> Select[Any]:
    """The day after a problem was to be solved."""
    c = mt.problem.c
    late = (c.state == "open", ~c.overdue, c.promised_on < TODAY)
    return _row(PROBLEM, c.stream, c.promised_on + 1, c.raised_on, cast(null(), Text)).where(*late)


def latest_progress(lead: str) -> Select[Any]:
    """The day of the latest progress of a protected lead or of its project, as the clock counts it."""
    return select(moved()).select_from(WORKED_ON).where(pt.protection.c.lead == lead)
