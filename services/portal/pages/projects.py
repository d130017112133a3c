"""`/projects` and `/projects/<id>`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.baselines import missing_rows
from services.portal.pages.commitments import LIVE, gate_rows, promise_rows
from services.portal.pages.contracts import amendment_rows, statistics_action, statistics_rows, together
from services.portal.pages.project_actions import actions_for
from services.portal.pages.sheets import sheets_of
from services.portal.pages.view import STAGES, Offered, Row
from services.portal.queries import contracts, documents, enterprises, matters, projects, roster, timeline
from services.portal.queries.projects import PAGE, Filters
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visitor
from sevenx.district.settings import NEVER
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel

router = APIRouter()

ProjectId = Annotated[str, Path(pattern=r"^[0-9]{6}-P-[0-9]{4}-[0-9]{1,9}$")]
Cursor = Annotated[str, Query(pattern=r"^([0-9]{6}-[A-Z]{1,2}-[0-9A-Za-z-]{1,60})?$")]
Code = Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{0,60}$")]
STATISTICS = "bodies.statistics_bureau"
"""The setting that names the unit which counts fixed-asset investment."""
Words = Annotated[str, Query(max_length=60)]


@router.get("/projects")
async def project_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    group: Code = "",
    stage: Code = "",
    light: Code = "",
    industry: Code = "",
    status: Code = "",
    q: Words = "",
    sort: Literal["", "oldest", "amount", "longest"] = "",
    before: Cursor = "",
) -> Response:
    """Projects, narrowed by group, stage, light, industry, status and words, the newest first unless sorted."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    filters = Filters(group, stage, light, industry, status, q.strip(), sort)
    rows = await projects.project_page(reads, visit.principal, filters, before)
    asked = {"group": group, "stage": stage, "light": light, "industry": industry, "status": status, "q": q}
    asked["sort"] = sort
    return await view.show(
        request,
        "projects.html",
        visit,
        names,
        rows=rows[:PAGE],
        asked=asked,
        stages=STAGES,
        groups=await roster.groups(reads),
        industries=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "industry"],
        sheets=sheets_of(visit, "projects", asked),
        next_url=next_url("/projects", asked, rows),
        first=not before,
    )


@router.get("/projects/{project_id}")
async def project_page(request: Request, visit: Visitor, reads: ReadModel, project_id: ProjectId) -> Response:
    """A project with its dates, gates, promises, money, credit, evidence, events, and what the visitor may do next."""
    check_reader(visit.principal)
    row = await projects.project(reads, visit.principal, project_id)
    if row is None:
        raise view.unknown("项目", "project", project_id)
    if not row["open"]:
        raise Problem(
            403,
            "unsigned-project",
            "项目尚未签约，只有承办的小组和单位可以查看。",
            "The project is not signed yet; only the group and units that work on it see it.",
        )
    names, settings = await view.names_for(reads, visit), await roster.settings(reads)
    extensions = await contracts.extensions_of(reads, visit.principal, project_id)
    parts = await projects.parts_of(reads, project_id)
    asked = await matters.of_subject(reads, visit.principal, project_id)
    streams = [one["stream"] for some in asked.values() for one in some]
    actions = actions_for(visit, row, parts, await roster.lead_units(reads, row["group_id"], visit.today))
    events = await timeline.events_of(reads, project_id, *filter(None, (row["lead"],)), *streams)
    return await view.show(
        request,
        "project.html",
        visit,
        names,
        project=row,
        enterprise=await enterprises.of_investor(reads, row),
        parts=parts,
        stored=await documents.stored_for(reads, [project_id, row["lead"], *streams]),
        matters=asked,
        stages=stage_rows(row, parts, visit.today),
        gates=gate_rows(row, parts),
        gates_from=settings.get("gates.required_from", NEVER),
        never=NEVER,
        promises=promise_rows(parts["promises"]),
        live=LIVE,
        events=await view.timeline(reads, names, events),
        actions=Offered({**actions, "statistics": statistics_action(visit, row, settings.get(STATISTICS, ""))}),
        units=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"],
        recognised_by=settings.get("funds.recognised_by", "").split(","),
        extensions=extensions,
        whole=together(row, extensions),
        amendments=amendment_rows(parts["amendments"]),
        statistics=statistics_rows(parts["statistics"]),
        lacking=missing_rows(parts),
    )


def stage_rows(row: Row, parts: dict[str, list[dict[str, Any]]], today: date) -> list[dict[str, Any]]:
    """Each stage: when it was reached, by when it was agreed, and days late (below zero: early) up to today."""
    reached = {one["stage"]: date.fromisoformat(one["reached_on"]) for one in parts["stages"]}
    agreed = {one["stage"]: date.fromisoformat(one["agreed_on"]) for one in parts["agreed"]}
    at, found = STAGES.index(row["stage"]), []
    for n, stage in enumerate(STAGES):
        on, by = reached.get(stage), agreed.get(stage)
        late = None if by is None or (on is None and by >= today) else ((on or today) - by).days
        state = "done" if n < at else "now" if n == at else ""
        found.append({"stage": stage, "on": on, "agreed": by, "late": late, "state": state})
    return found


def next_url(path: str, asked: dict[str, str], rows: list[Row], size: int = PAGE) -> str:
    """The address of the next page; empty on the last one."""
    if len(rows) <= size:
        return ""
    kept = {key: value for key, value in asked.items() if value}
    return f"{path}?{urlencode({**kept, 'before': rows[size - 1]['stream']})}"
