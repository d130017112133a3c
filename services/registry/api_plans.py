"""Annual action plans (年度行动方案): versions from the draft to the adoption, with targets by month and unit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.registry import queries as q
from services.registry.api_models import DraftPlanBody, PlannedTargetBody, ReturnPlanBody
from services.registry.api_types import GroupId, Limit, Year
from services.registry.deciders import GROUP
from services.registry.domain.group.commands import (
    AdoptPlan,
    ApprovePlan,
    Command,
    DraftPlan,
    ReturnPlan,
    SubmitPlan,
)
from services.registry.domain.group.events import PlannedPart, PlannedTarget
from services.registry.domain.group.state import PlanStatus
from services.registry.facts import units_named
from services.registry.plan_views import PlanVersionPage, PlanVersionView
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["plans 行动方案"])
Number = Annotated[int, Path(ge=1, le=1000, description="The version's number")]
_Cursor = Annotated[
    str | None, Query(pattern=r"^[0-9]{6}-G-[1-9][0-9]?/[0-9]{4}/[0-9]{1,4}$", description="`next` of a page")
]


@router.get("/plans")
async def list_plans(
    reads: ReadModel,
    group: Annotated[GroupId | None, Query(description="Of this group")] = None,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    status: Annotated[list[PlanStatus] | None, Query(description="One or several")] = None,
    cursor: _Cursor = None,
    limit: Limit = 100,
) -> PlanVersionPage:
    """Versions of the groups' annual action plans by group, year and number, all of them: earlier ones are kept."""
    rows = await reads.rows(q.plan_versions(cursor, limit, group, year, status or ()))
    last = rows[limit - 1] if len(rows) > limit else {}
    return PlanVersionPage(
        items=[PlanVersionView(**row, group=row["stream"]) for row in rows[:limit]],
        next=f"{last['stream']}/{last['year']}/{last['version']}" if last else None,
    )


@router.post("/groups/{group_id}/plans", status_code=201)
async def draft_plan(group_id: GroupId, body: DraftPlanBody, desk: Commands) -> Answer:
    """Draft a version of the group's plan with its targets: by month, and broken down to its units (三（二）).

    Months and parts each sum to the year's target; a refusal names the difference. A draft that was not submitted is
    replaced by the next one; all versions stay readable.
    """
    targets = await _targets(desk, body.targets)
    command = DraftPlan(body.year, body.title, body.document_sha256, targets, desk.principal.subject, desk.today())
    return await _give(desk, group_id, command)


@router.post("/groups/{group_id}/plans/{year}/{version}/submit")
async def submit_plan(group_id: GroupId, year: Year, version: Number, desk: Commands) -> Answer:
    """Submit a draft for approval."""
    return await _give(desk, group_id, SubmitPlan(year, version, desk.principal.subject, desk.today()))


@router.post("/groups/{group_id}/plans/{year}/{version}/approve")
async def approve_plan(group_id: GroupId, year: Year, version: Number, desk: Commands) -> Answer:
    """Approve a submitted version, as the group's leader or a district leader who neither drafted nor submitted it."""
    return await _give(desk, group_id, ApprovePlan(year, version, desk.principal.subject, desk.today()))


@router.post("/groups/{group_id}/plans/{year}/{version}/return")
async def return_plan(group_id: GroupId, year: Year, version: Number, body: ReturnPlanBody, desk: Commands) -> Answer:
    """Return a submitted version to be drafted anew, with the reason."""
    command = ReturnPlan(year, version, desk.principal.subject, desk.today(), body.reason)
    return await _give(desk, group_id, command)


@router.post("/groups/{group_id}/plans/{year}/{version}/adopt")
async def adopt_plan(group_id: GroupId, year: Year, version: Number, desk: Commands) -> Answer:
    """Make an approved version the plan of the year: its targets become those of the group and of its units, and change
    from then on by a new version alone."""
    return await _give(desk, group_id, AdoptPlan(year, version, desk.principal.subject, desk.today()))


async def _give(desk: CommandDesk, group_id: str, command: Command) -> Answer:
    return await desk.give(GROUP, group_id, command, {"group": group_id})


async def _targets(desk: CommandDesk, targets: list[PlannedTargetBody]) -> tuple[PlannedTarget, ...]:
    """The planned targets with their units' ids."""
    ids = await units_named(desk, [part.unit for target in targets for part in target.parts])
    return tuple(
        PlannedTarget(
            one.indicator,
            one.measure,
            one.value,
            tuple(one.months),
            tuple(PlannedPart(ids[part.unit], part.value) for part in one.parts),
        )
        for one in targets
    )
