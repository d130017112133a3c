"""Lists and pages of the area. The roster is open to everybody who has a token of this district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import select

from services.registry import queries as q
from services.registry import roster_views as views
from services.registry import tables as t
from services.registry.api_types import Cursor, GroupId, Limit, OnDay, UnitId, Year
from services.registry.api_views import (
    CalendarView,
    DistrictView,
    GroupPageView,
    GroupView,
    NoticeView,
    PersonPage,
    ResolvedView,
    SettingView,
    UnitPage,
    UnitView,
)
from services.registry.domain.names import after_mergers, resolve
from services.registry.domain.unit.events import UnitKind
from sevenx.district.calendar import CalendarYear
from sevenx.kernel.bodies import Line
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel

router = APIRouter(tags=["lists 查询"])


@router.get("/districts/current")
async def current_district(reads: ReadModel) -> DistrictView:
    """The district of this deployment, the notice that founds its mechanism, and its clock."""
    row = await reads.one(select(t.district))
    if row is None:
        raise Problem(
            404,
            "district-not-established",
            "本区尚未建立；请先导入本区名册。",
            "The district is not established yet; import its roster first.",
        )
    notice = NoticeView(number=row["notice_number"], issued=row["notice_issued"], assumed=row["notice_assumed"])
    return DistrictView(**row, notice=notice if row["notice_number"] else None)


@router.get("/units")
async def list_units(
    reads: ReadModel,
    on: OnDay,
    kind: Annotated[list[UnitKind] | None, Query(description="One or several kinds")] = None,
    group: Annotated[GroupId | None, Query(description="Lead and responsible units of this group")] = None,
    x_department: Annotated[bool | None, Query(description="The departments that 二（二） lists")] = None,
    name: Annotated[Line | None, Query(description="Any spelling holds this text")] = None,
    under: Annotated[UnitId | None, Query(description="What stands under this unit")] = None,
    merged: Annotated[bool | None, Query(description="Units merged into others, or only the rest")] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> UnitPage:
    """Units in the order of their ids, with every spelling, head, liaison and groups."""
    rows = await reads.rows(q.units(cursor, limit, on, kind or (), group, x_department, name, under, merged))
    return UnitPage(items=await views.units(reads, rows[:limit], on), next=_next(rows, limit))


@router.get("/units/resolve")
async def resolve_unit(reads: ReadModel, name: Line) -> ResolvedView:
    """The one unit that bears a name (一). A name that nobody or that several bear is a problem with the candidates:
    nothing is guessed. The names of a unit that was merged lead to the one that goes on."""
    spellings: dict[str, list[str]] = {}
    for row in await reads.rows(select(t.unit_name)):
        spellings.setdefault(row["stream"], []).append(row["name"])
    rows = await reads.rows(select(t.unit.c.stream, t.unit.c.merged_into).where(t.unit.c.merged_into.is_not(None)))
    found = resolve(name, after_mergers(spellings, {row["stream"]: row["merged_into"] for row in rows}))
    if not isinstance(found, str):
        raise Problem.of(found.rejection())
    unit = await reads.one(q.of_streams(t.unit, [found]))
    return ResolvedView(**(unit or {}), name=name, id=found)


@router.get("/units/{unit_id}")
async def unit(unit_id: UnitId, reads: ReadModel, on: OnDay) -> UnitView:
    """One unit."""
    rows = await reads.rows(q.of_streams(t.unit, [unit_id]))
    if not rows:
        raise Problem(404, "unit-unknown", f"没有单位{unit_id}。", f"There is no unit {unit_id}.")
    return (await views.units(reads, rows, on))[0]


@router.get("/groups")
async def list_groups(reads: ReadModel, on: OnDay) -> list[GroupView]:
    """The groups of clause 一 as they stand on a day: who leads them, their units with industries, their liaison."""
    return await views.groups(reads, await reads.rows(select(t.work_group).order_by(t.work_group.c.number)), on)


@router.get("/groups/{group_id}")
async def group(group_id: GroupId, reads: ReadModel, on: OnDay) -> GroupPageView:
    """A group with who held its posts over time, its annual plans and its targets."""
    row = await reads.one(q.of_streams(t.work_group, [group_id]))
    if row is None:
        raise Problem(404, "group-unknown", f"没有招商小组{group_id}。", f"There is no group {group_id}.")
    return await views.group_page(reads, row, on)


@router.get("/people")
async def list_people(reads: ReadModel, on: OnDay, cursor: Cursor = None, limit: Limit = 100) -> PersonPage:
    """People in the order of their ids, with the posts that they hold on the day."""
    rows = await reads.rows(q.page(t.person, cursor, limit))
    return PersonPage(items=await views.people(reads, rows[:limit], on), next=_next(rows, limit))


@router.get("/settings")
async def list_settings(reads: ReadModel) -> list[SettingView]:
    """The mechanism's settings, each with its clause and with the reason of its value."""
    rows = await reads.rows(select(t.setting).order_by(t.setting.c.key))
    return [SettingView(**row) for row in rows]


@router.get("/calendars/{year}")
async def calendar(year: Year, reads: ReadModel) -> CalendarView:
    """A year's days off and make-up workdays. A year of which nothing was published has an assumed calendar."""
    row = await reads.one(select(t.calendar).where(t.calendar.c.year == year))
    if row is not None:
        return CalendarView(**row, published=True)
    assumed = CalendarYear.assumed(year)
    days: list[date] = sorted(assumed.days_off)
    return CalendarView(year=year, provisional=True, published=False, days_off=days, workdays=[], source="")


def _next(rows: Sequence[Mapping[str, Any]], limit: int) -> str | None:
    return str(rows[limit - 1]["stream"]) if len(rows) > limit else None
