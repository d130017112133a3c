"""Projects: the list, and all that one page of a project shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.queries.visibility import masked, matches
from services.portal.tables import baselines as b
from services.portal.tables import contracts as k
from services.portal.tables import projects as t
from services.portal.tables import totals
from sevenx.kernel.auth import Principal
from sevenx.kernel.paging import Order
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
PAGE = 30
"""Rows on a page of a list."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, and by what it is sorted; what is empty does not narrow."""

    group: str = ""
    stage: str = ""
    light: str = ""
    industry: str = ""
    status: str = ""
    words: str = ""
    sort: str = ""


SORTS = {
    "": Order(t.project, descending=True),
    "oldest": Order(t.project),
    "amount": Order(t.project, t.PROJECT_AMOUNT, descending=True),
    "longest": Order(t.project, t.PROJECT_STAGE_SINCE),
}
"""By what projects are sorted: the newest number first where nothing is said; `longest` in their stage."""


async def project_page(reads: Reads, principal: Principal, filters: Filters, before: str = "") -> list[Row]:
    """A page of projects, one row more than PAGE to tell whether it is the last. `before` is the last id of the page
    before."""
    p = t.project
    equal = {
        "group_id": filters.group,
        "stage": filters.stage,
        "light": filters.light,
        "industry": filters.industry,
        "status": filters.status,
    }
    query = select(*masked(principal, p)).where(*(p.c[name] == value for name, value in equal.items() if value))
    if filters.words:
        query = query.where(matches(principal, p, t.project_text, filters.words))
    return await reads.rows(SORTS[filters.sort].page(query, before, PAGE))


async def project(reads: Reads, principal: Principal, project_id: str) -> Row | None:
    """One project with its funds summed, masked for whom it is not for (`open` tells); None when there is none."""
    p, f = t.project, t.funds_claim.c
    sums = (
        select(func.sum(f.claimed), func.sum(f.checked), func.sum(f.recognised), func.sum(f.reversed))
        .where(f.stream == p.c.stream)
        .lateral("sums")
    )
    claimed, checked, recognised, taken_back = (func.coalesce(column, 0) for column in sums.c)
    query = (
        select(
            *masked(principal, p),
            claimed.label("claimed"),
            checked.label("checked"),
            recognised.label("recognised"),
            taken_back.label("reversed"),
        )
        .join(sums, literal(True))
        .where(p.c.stream == project_id)
    )
    return await reads.one(query)


async def parts_of(reads: Reads, project_id: str) -> dict[str, list[dict[str, Any]]]:
    """A project's stages, agreed dates, evidence, claims of funds, credit, gates, promises, amendments, statistics
    and baseline with what it lacks, each as a list, in one query."""
    parts, found = [], dict[str, list[dict[str, Any]]]()
    for kind, table in (
        ("stages", t.project_stage),
        ("agreed", t.agreed_date),
        ("evidence", t.evidence),
        ("claims", t.funds_claim),
        ("credit", t.credit),
        ("gates", t.project_gate),
        ("promises", t.project_promise),
        ("amendments", k.contract_amendment),
        ("statistics", k.project_statistics),
        ("baseline", b.project_baseline),
        ("missing", b.missing_evidence),
    ):
        found[kind] = []
        row = func.to_jsonb(table.table_valued())
        parts.append(
            select(literal(kind).label("kind"), cast(row, JSONB).label("row")).where(table.c.stream == project_id)
        )
    for one in await reads.rows(union_all(*parts)):
        found[one["kind"]].append(one["row"])
    return found


async def pipeline(reads: Reads) -> list[Row]:
    """Projects by group, stage, status and light: how many, and their contract amounts in yuan. An extension
    (增资) is no project of its own and adds its increment; one of an old ledger counts once it is approved."""
    c = totals.pipeline_total.c
    by = (c.group_id, c.stage, c.status, c.light)
    query = select(*by, func.sum(c.projects).label("projects"), func.sum(c.amount).label("amount")).group_by(*by)
    return await reads.rows(query.order_by(c.group_id, c.stage))


async def open_leads(reads: Reads) -> dict[str, int]:
    """Leads not yet closed or converted, by group."""
    c = totals.lead_total.c
    query = select(c.group_id, cast(func.sum(c.counted), BigInteger).label("leads")).where(
        c.status.in_(("registered", "qualified"))
    )
    return {row["group_id"]: row["leads"] for row in await reads.rows(query.group_by(c.group_id))}


async def in_light(reads: Reads, principal: Principal, light: str, limit: int = 20) -> list[Row]:
    """Projects that show a light, those longest in their stage first."""
    p = t.project
    query = select(*masked(principal, p)).where(p.c.light == light, t.PROJECT_GOES_ON)
    return await reads.rows(query.order_by(p.c.stage_since, p.c.stream).limit(limit))


async def agreed_until(reads: Reads, principal: Principal, today: date, until: date, limit: int = 20) -> list[Row]:
    """Stages agreed for a day up to `until` that are not reached: overdue ones first."""
    p, a = t.project, totals.agreed_total.c
    query = (
        select(*masked(principal, p), a.stage.label("due_stage"), a.agreed_on, (a.agreed_on < today).label("overdue"))
        .join(totals.agreed_total, a.project == p.c.stream)
        .where(a.agreed_on <= until)
        .order_by(a.agreed_on, a.project, a.stage)
        .limit(limit)
    )
    return await reads.rows(query)
