"""What is not finished, of every area: from it a page picks what waits for its visitor. Each query is bounded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from services.portal.queries.visibility import masked
from services.portal.tables import audit, baselines, outreach, projects, reports, supervision
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_MOST = 200


async def open_reports(reads: Reads, now: datetime) -> list[Row]:
    """Reports that have begun and are not accepted, the earliest due first."""
    r = reports.report
    query = select(r).where(r.c.status != "accepted", r.c.starts_at <= now).order_by(r.c.due_at, r.c.stream)
    return await reads.rows(query.limit(_MOST))


async def contributed(reads: Reads, streams: Collection[str]) -> set[tuple[str, str]]:
    """(report, unit) of every contribution that has come."""
    c = reports.contribution.c
    query = select(c.stream, c.unit).where(c.stream.in_(streams), c.state != "overdue")
    return {(row["stream"], row["unit"]) for row in await reads.rows(query)}


async def claims_of_funds(reads: Reads, principal: Principal) -> list[Row]:
    """Claims that wait for a check or a recognition, with their project as this reader may see it."""
    f, p = projects.funds_claim.c, projects.project
    query = (
        select(*masked(principal, p), f.claim, f.step, f.claimed, f.checked, f.referee, f.claimed_on)
        .join(projects.funds_claim, f.stream == p.c.stream)
        .where(or_(f.step == "claimed", (f.step == "checked") & (f.checked > 0)))
        .order_by(f.claimed_on, p.c.stream, f.claim)
    )
    return await reads.rows(query.limit(_MOST))


async def baselines_to_decide(reads: Reads, principal: Principal) -> list[Row]:
    """Projects of old ledgers that wait for their approval, in the order of their numbers, with who took them over."""
    p, b = projects.project, baselines.project_baseline.c
    query = select(*masked(principal, p), b.file, b.baselined_by).join(
        baselines.project_baseline, b.stream == p.c.stream
    )
    return await reads.rows(query.where(b.standing == "pending").order_by(p.c.stream).limit(_MOST))


async def leads_to_decide(reads: Reads, principal: Principal) -> list[Row]:
    """Leads that wait to be qualified, the earliest first."""
    c = projects.lead
    query = select(*masked(principal, c)).where(c.c.status == "registered").order_by(c.c.stream)
    return await reads.rows(query.limit(_MOST))


async def open_contests(reads: Reads) -> list[Row]:
    c = projects.contest
    return await reads.rows(select(c).where(c.c.state == "open").order_by(c.c.decide_by, c.c.stream).limit(_MOST))


async def proposed_releases(reads: Reads) -> list[Row]:
    p = projects.protection
    query = select(p).where(p.c.state == "active", p.c.release_proposed).order_by(p.c.idle_since, p.c.stream)
    return await reads.rows(query.limit(_MOST))


async def running_trips(reads: Reads) -> list[Row]:
    """Trips that wait for approval or for their result."""
    c = outreach.trip
    query = select(c).where(c.c.state.in_(("requested", "approved"))).order_by(c.c.starts_on, c.c.stream)
    return await reads.rows(query.limit(_MOST))


async def running_directives(reads: Reads) -> list[Row]:
    d = supervision.directive
    return await reads.rows(select(d).where(d.c.status != "closed").order_by(d.c.due_on, d.c.stream).limit(_MOST))


async def open_findings(reads: Reads) -> list[Row]:
    f = audit.finding
    return await reads.rows(select(f).where(f.c.state != "concluded").order_by(f.c.answer_by, f.c.stream).limit(_MOST))
