"""Totals of the pipeline, of figures by day, of procedures and problems, and of investors: what pages add up, kept
while rows change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Index,
    Integer,
    Select,
    Table,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from services.portal.tables.base import QUANTITY, metadata
from services.portal.tables.matters import problem, procedure
from services.portal.tables.projects import agreed_date, figure_entry, lead, project, project_stage, work_item
from services.portal.tables.referrals import referral
from sevenx.district.figures import value_of
from sevenx.district.reach import reached
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.totals import total_table


def _one_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(case((condition, 1), else_=0), Integer)


def _projects() -> Select[Any]:
    p = project.c
    return select(
        p.stream,
        p.group_id,
        p.stage,
        p.status,
        p.light,
        _one_where(p.extends.is_(None)).label("projects"),
        p.contract_amount.label("amount"),
    ).where(or_(p.baseline.is_(None), p.baseline == "approved"))


pipeline_total = total_table("pipeline_total", metadata, _projects(), ["projects", "amount"])
"""Projects and their contract amounts in yuan. An extension (增资) is no project of its own and adds its increment; one
of an old ledger counts once it is approved."""

lead_total = total_table("lead_total", metadata, select(lead.c.stream, lead.c.group_id, lead.c.status))


def _figures() -> Select[Any]:
    e = figure_entry
    day = cast(func.timezone(SHANGHAI.key, e.c.at), Date)
    return select(
        e.c.stream,
        e.c.indicator,
        work_item.c.group_id,
        day.label("day"),
        value_of(e, e).label("value"),
    ).join(work_item, work_item.c.stream == e.c.stream)


figure_total = total_table("figure_total", metadata, _figures(), ["value"])
"""What leads and projects add to their group's figures on each day in China: a period begins and ends with a day."""


def _agreed() -> Select[Any]:
    a, s = agreed_date.c, project_stage.c
    reached = select(s.stage).where(s.stream == a.stream, s.stage == a.stage).correlate(agreed_date).exists()
    return (
        select(a.stream, a.agreed_on, a.stream.label("project"), a.stage)
        .join(project, project.c.stream == a.stream)
        .where(~reached, project.c.status.in_(("active", "delayed")))
    )


agreed_total = total_table("agreed_total", metadata, _agreed())
"""The stages of projects that go on which are agreed for a day and not reached: each is one row."""


def _matters(table: Table) -> Select[Any]:
    c = table.c
    return select(
        c.stream,
        c.unit,
        c.state,
        c.overdue,
        c.closed_on.is_not(None).label("closed"),
        _one_where(c.working_days.is_not(None)).label("timed"),
        c.working_days.label("days"),
    )


procedure_total = total_table("procedure_total", metadata, _matters(procedure), ["timed", "days"])
problem_total = total_table("problem_total", metadata, _matters(problem), ["timed", "days"])
"""How each unit answers: `days` are the working days of those that are `timed`."""


def _parties() -> CompoundSelect[Any]:
    c, p = lead.c, project.c
    contract = p.stage != "negotiating"
    of_leads = select(
        c.stream,
        c.investor_key.label("party"),
        literal(1).label("leads"),
        literal(0).label("projects"),
        literal(0).label("signed"),
        cast(literal(0), QUANTITY).label("amount"),
    )
    of_projects = select(
        p.stream,
        p.investor_key,
        literal(0),
        _one_where(p.extends.is_(None)),
        _one_where(contract),
        case((contract, p.contract_amount)),
    ).where(p.investor_key.is_not(None))
    return union_all(of_leads, of_projects)


party_total = total_table("party_total", metadata, _parties(), ["leads", "projects", "signed", "amount"])
"""What became of an investor, by its key: leads, projects without extensions (增资), contracts signed and their amounts
with those of extensions, yuan."""


_C = reached(referral).c
referral_reach = total_table(
    "referral_reach", metadata, select(_C.stream, _C.root, _C.generation, _C.party, _C.above, _C.referral)
)
"""Whom each referrer (`root`) brought, directly (`generation` 1) or through others, who brought that one (`above`) and
by which referral: each is one row. All referrals of a district stand in one stream."""
Index("referral_reach_by_party", referral_reach.c.party, referral_reach.c.root)
