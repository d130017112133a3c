"""Lists of lights and standstill, and the rulebook by which they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.projects import protection_queries as q
from services.projects import protection_views as v
from services.projects.api_types import GroupId, UnitId
from services.projects.domain.values import Light, Stage
from services.projects.rulebooks import lights_rulebook
from services.projects.visibility import check_reader, shown
from sevenx.kernel.auth import Principal
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(tags=["lights 红黄绿灯"])
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("/lights")
async def lights(
    asking: Asking,
    reads: ReadModel,
    group: GroupId | None = None,
    unit: UnitId | None = None,
    light: Light | None = None,
    limit: Limit = 200,
) -> v.LightsView:
    """The lights of projects under way with why they are not green, and how many there are of each by group."""
    check_reader(asking)
    rows = await reads.rows(q.lights(group, light.value if light else None, unit, False, limit))
    counts = await reads.rows(q.light_counts(group))
    return v.LightsView(counts=[v.LightCount(**row) for row in counts], items=[_view(asking, row) for row in rows])


@router.get("/stalled")
async def stalled(
    asking: Asking, reads: ReadModel, group: GroupId | None = None, unit: UnitId | None = None, limit: Limit = 200
) -> v.StalledList:
    """Projects that stand still (停滞), the longest first."""
    check_reader(asking)
    rows = await reads.rows(q.lights(group, None, unit, True, limit))
    return v.StalledList(items=[_view(asking, row) for row in rows])


@router.get("/lights-rulebook")
async def rulebook(asking: Asking) -> v.LightsRulebookView:
    """When a project has stalled, and when its light is yellow or red."""
    check_reader(asking)
    rules = lights_rulebook()
    return v.LightsRulebookView(
        version=rules.version,
        stall_days={stage.value: days for stage, days in rules.stall_days.items()},
        agreed_date_yellow_days_before=rules.near_days,
        agreed_date_red_days_after=rules.overdue_days,
        stall_red_days_after=rules.long_stall_days,
        status={status.value: light for status, light in rules.status.items()},
    )


def _view(principal: Principal, row: Mapping[str, Any]) -> v.LightView:
    return v.LightView(**shown(principal, row, unsigned=row["stage"] == Stage.NEGOTIATING))
