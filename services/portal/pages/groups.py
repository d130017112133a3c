"""`/groups` and `/groups/<id>`: a group on one page, for its leader."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.portal.pages import view
from services.portal.pages.overview import light_counts, month_figures, stage_counts
from services.portal.pages.view import STAGES
from services.portal.queries import plans, projects, reports, roster
from services.portal.queries.projects import PAGE, Filters
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

GroupId = Annotated[str, Path(pattern=r"^[0-9]{6}-G-[1-9][0-9]?$")]
_WORST_FIRST = {"red": 0, "yellow": 1, "green": 2}


@router.get("/groups")
async def group_list(request: Request, visit: Visitor, reads: ReadModel) -> Response:
    """The seven groups, who leads them and how they stand."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    pipeline = await projects.pipeline(reads)
    groups = await roster.groups(reads)
    return await view.show(
        request,
        "groups.html",
        visit,
        names,
        groups=groups,
        posts=await roster.posts_of(reads, [one["id"] for one in groups], visit.today),
        counts=stage_counts(pipeline, await projects.open_leads(reads)),
        lights=light_counts(pipeline),
        stages=STAGES,
    )


@router.get("/groups/{group}")
async def group_page(request: Request, visit: Visitor, reads: ReadModel, group: GroupId) -> Response:
    """People, figures against targets, the month's report, and the projects with what is not green first."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    groups = [one for one in await roster.groups(reads) if one["id"] == group]
    if not groups:
        raise view.unknown("小组", "group", group)
    current = await reports.current(reads, visit.now)
    rows = await projects.project_page(reads, visit.principal, Filters(group=group))
    pipeline = [row for row in await projects.pipeline(reads) if row["group_id"] == group]
    leads = await projects.open_leads(reads)
    return await view.show(
        request,
        "group.html",
        visit,
        names,
        group=group,
        posts=(await roster.posts_of(reads, [group], visit.today)).get(group, {}),
        lead_units=await roster.lead_units(reads, group, visit.today),
        figures=await month_figures(reads, visit, groups, current),
        report=next((one for one in current if one["group_id"] == group), None),
        period=current[0]["period"] if current else visit.period,
        year=visit.today.year,
        plan=(await plans.newest(reads, visit.today.year)).get(group),
        counts=stage_counts(pipeline, {group: leads.get(group, 0)}),
        stages=("lead", *STAGES),
        projects=sorted(rows[:PAGE], key=lambda row: _WORST_FIRST.get(row["light"], 3)),
        more=len(rows) > PAGE,
    )
