"""`/audit`, `/audit/findings/<id>`, and `/events/<area>/<stream>`: the timeline behind every page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.projects import Code, Cursor, next_url
from services.portal.queries import audit, timeline
from services.portal.queries.audit import READERS
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import check_reader, posts_at
from services.portal.visit import Visitor
from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel

router = APIRouter()

FindingId = Annotated[str, Path(pattern=r"^[0-9]{6}-A-[A-Za-z0-9-]{1,80}$")]
Area = Annotated[str, Path(pattern=r"^[a-z]{1,30}$")]
Stream = Annotated[str, Path(pattern=r"^[0-9]{6}-[A-Za-z0-9-]{1,120}$")]
EVENTS = 100
"""Events on a page of a timeline."""


@router.get("/audit")
async def audit_page(
    request: Request, visit: Visitor, reads: ReadModel, state: Code = "", before: Cursor = ""
) -> Response:
    """Findings, and for those who audit the seals and what was concluded about records."""
    sees_all = visit.may(READERS)
    if not sees_all:
        check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    rows = await audit.findings(reads, visit.principal, sees_all, state, before)
    return await view.show(
        request,
        "audit.html",
        visit,
        names,
        sees_all=sees_all,
        state=state,
        findings=rows[:PAGE],
        next_url=next_url("/audit", {"state": state}, rows),
        seals=await audit.seals(reads) if sees_all else [],
        forks=await audit.forks(reads) if sees_all else [],
        conclusions=await audit.conclusions(reads) if sees_all else [],
        may_seal=visit.may(("operator",)),
    )


@router.get("/audit/findings/{finding_id}")
async def finding_page(request: Request, visit: Visitor, reads: ReadModel, finding_id: FindingId) -> Response:
    """A finding with the events that bear it out, the answers, and what the visitor may do."""
    row = await audit.finding(reads, finding_id)
    if row is None:
        raise view.unknown("疑点", "finding", finding_id)
    concerned = sorted({*row["units"], *row["groups"]} & set(posts_at(visit.principal)))
    if not concerned and not visit.may(READERS):
        raise Problem(
            403,
            "not-allowed",
            "只有疑点所涉单位、小组和审计、督查人员可以查看。",
            "Only the units and groups concerned, audit and supervision see a finding.",
        )
    names = await view.names_for(reads, visit)
    evidence = await timeline.at_positions(reads, row["evidence"])
    return await view.show(
        request,
        "finding.html",
        visit,
        names,
        finding=row,
        evidence=await view.timeline(reads, names, list(evidence.values())),
        lacking=[position for position in row["evidence"] if position not in evidence],
        answers=await audit.answers(reads, finding_id),
        events=await view.timeline(reads, names, await timeline.events_of(reads, finding_id)),
        may_answer=[one for one in concerned if "-U-" in one] if row["state"] != "concluded" else [],
        for_group=bool(concerned) and row["state"] != "concluded",
        may_conclude=visit.may(("supervision_office",)) and row["state"] != "concluded",
    )


@router.get("/events/{area}/{stream}")
async def stream_page(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    area: Area,
    stream: Stream,
    after_version: Annotated[int, Query(ge=0, le=2**31 - 2, alias="from")] = 0,
) -> Response:
    """Any stream's events as they are on the bus, for auditor and operator. An operator sees no investor's data."""
    require(visit.principal, "auditor", "operator")
    rows = await timeline.stream_page(reads, area, stream, after_version, EVENTS)
    if not rows and not after_version:
        raise view.unknown("事件流", "stream", f"{area}/{stream}")
    names = await view.names_for(reads, visit)
    shown = rows[:EVENTS]
    return await view.show(
        request,
        "events.html",
        visit,
        names,
        area=area,
        stream=stream,
        events=await view.timeline(reads, names, shown),
        data={row["version"]: row["data"] for row in shown} if visit.may(("auditor",)) else {},
        next_url=f"/events/{area}/{stream}?from={shown[-1]['version']}" if len(rows) > EVENTS else "",
        masked=area == "projects" and not visit.may(("auditor",)),
    )
