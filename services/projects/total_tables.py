"""Totals of projects, of what shows a light, of referrals, and of procedures and problems: what summaries add up, kept
while rows change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, Table, case, cast, func, select

from services.projects.matter_tables import problem, procedure
from services.projects.protection_tables import referral
from services.projects.tables import PROJECT_STANDS, UNDER_WAY, funds_claim, metadata, project
from sevenx.district.reach import reached
from sevenx.kernel.totals import total_table

__all__ = ["light_total", "metadata", "problem_total", "procedure_total", "project_total", "referral_reach"]
P = project.c


def _one_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(case((condition, 1), else_=0), Integer)


def _funds(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(func.sum(column)).where(funds_claim.c.stream == P.stream).correlate(project).scalar_subquery()


def _projects() -> Select[Any]:
    extends = P.extends.is_not(None)
    return select(
        P.stream,
        P.group_id,
        P.stage,
        P.status,
        _one_where(~extends).label("projects"),
        _one_where(extends).label("extensions"),
        P.contract_amount,
        case((extends, P.contract_amount)).label("increment"),
        _funds(funds_claim.c.checked).label("checked"),
        _funds(funds_claim.c.recognised).label("recognised"),
    ).where(PROJECT_STANDS)


project_total = total_table(
    "project_total",
    metadata,
    _projects(),
    ["projects", "extensions", "contract_amount", "increment", "checked", "recognised"],
)
"""Projects, their contract amounts and their funds, yuan. An extension (增资) is no project of its own and adds its
increment."""

light_total = total_table(
    "light_total",
    metadata,
    select(P.stream, P.group_id, P.light, _one_where(P.stalled_since.is_not(None)).label("stalled")).where(
        P.status.in_(UNDER_WAY)
    ),
    ["stalled"],
)
"""Projects under way by their light, and how many of them have stalled."""


_C = reached(referral).c
referral_reach = total_table("referral_reach", metadata, select(_C.stream, _C.root, _C.generation, _C.referral))
"""The referrals by which each referrer (`root`) brought others, directly (`generation` 1) or through them: each is one
row. All referrals of a district stand in one stream."""


def _matters(table: Table, asked_on: ColumnElement[Any]) -> Select[Any]:
    c = table.c
    return select(
        c.stream,
        asked_on.label("asked_on"),
        c.unit,
        c.state,
        c.overdue,
        c.closed_on.is_not(None).label("closed"),
        _one_where(c.working_days.is_not(None)).label("timed"),
        c.working_days.label("days"),
    )


procedure_total = total_table(
    "procedure_total", metadata, _matters(procedure, procedure.c.requested_on), ["timed", "days"]
)
problem_total = total_table("problem_total", metadata, _matters(problem, problem.c.raised_on), ["timed", "days"])
"""How each unit answers what it was asked on a day: `days` are the working days of those that are `timed`."""
