"""`/plans`: the groups' annual action plans (年度行动方案) with their versions, targets by month and parts by unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import plan_targets, view
from services.portal.pages.groups import GroupId
from services.portal.pages.plan_targets import Planned, of_rows, of_version
from services.portal.pages.view import Row
from services.portal.queries import plans, registry, roster
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter()

Year = Annotated[int, Path(ge=2000, le=2100)]
AskedYear = Annotated[int | None, Query(ge=2000, le=2100)]
Number = Annotated[int | None, Query(ge=1, le=1000)]
_DRAFTERS = ("liaison", "lead_unit_head", "group_leader", "group_deputy")
_CHARTS = ("signed_amount", "funds_in_place")
"""Indicators whose months are shown for all groups together."""


@router.get("/plans")
async def plan_list(request: Request, visit: Visitor, reads: ReadModel, year: AskedYear = None) -> Response:
    """Each group's plan of a year: the newest version and where it stands, what is in force, whether the targets are
    broken down, whose turn it is."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    shown = year or visit.today.year
    monthly = await plans.months_of_all(reads, shown)
    whole = [one for name in _CHARTS if (one := plan_targets.of_all(monthly, name))]
    return await view.show(
        request,
        "plans.html",
        visit,
        names,
        year=shown,
        years=await _years(reads, visit, shown),
        groups=await roster.groups(reads),
        newest=await plans.newest(reads, shown),
        in_force=await plans.in_force(reads, shown),
        totals=await plans.totals(reads, shown),
        months=plan_targets.month_names(shown, visit.language),
        whole=whole,
        charts={one.indicator: plan_targets.chart(one, shown, visit.language) for one in whole},
        amount=lambda measure, value: plan_targets.amount(measure, value, visit.language),
        cell=plan_targets.cell,
        unit_of=lambda measure: plan_targets.unit_of(measure, visit.language),
        own=visit.scopes(*_DRAFTERS),
    )


@router.get("/plans/{group}/{year}")
async def plan_page(
    request: Request, visit: Visitor, reads: ReadModel, group: GroupId, year: Year, version: Number = None
) -> Response:
    """A group's plan of a year: one version with its targets, the others, and what the visitor may do with it."""
    check_reader(visit.principal)
    if not any(one["id"] == group for one in await roster.groups(reads)):
        raise view.unknown("小组", "group", group)
    names = await view.names_for(reads, visit)
    versions = await plans.versions(reads, group, year)
    in_force = await plans.plan_in_force(reads, group, year)
    one = await _version(reads, group, year, version or (versions[0]["version"] if versions else None))
    if version is not None and one is None:
        raise view.unknown("方案版本", "version of a plan", f"{group}/{year}/{version}")
    standing = of_rows(await plans.targets(reads, year, group), await plans.months(reads, year, group))
    targets = of_version(one["targets"]) if one else standing
    latest = one is None or one["version"] == versions[0]["version"]
    units = _units(await registry.members(reads, visit.today), group, [*targets, *standing])
    return await view.show(
        request,
        "plan.html",
        visit,
        names,
        group=group,
        year=year,
        years=await _years(reads, visit, year),
        version=one,
        versions=versions,
        in_force=in_force,
        recorded=in_force if in_force and all(row["version"] != in_force["version"] for row in versions) else None,
        latest=latest,
        targets=targets,
        open_parts=await _open_parts(reads, standing, in_force),
        months=plan_targets.month_names(year, visit.language),
        charts={
            target.indicator: plan_targets.chart(target, year, visit.language) for target in targets if target.months
        },
        entries=plan_targets.entries(targets or standing),
        units=units,
        unit_options=[(unit, names(unit)) for unit in units],
        amount=lambda measure, value: plan_targets.amount(measure, value, visit.language),
        plain=plan_targets.plain,
        cell=plan_targets.cell,
        unit_of=lambda measure: plan_targets.unit_of(measure, visit.language),
        offered=offered(visit, group, one, in_force, latest),
        own=one is not None and visit.subject in (one["drafted_by"], one["submitted_by"]),
        events=await view.timeline(reads, names, await plans.events_of(reads, group, year)),
    )


def offered(visit: Visit, group: str, one: Row | None, in_force: Row | None, latest: bool) -> view.Offered:
    """The commands that the visitor may give, by the permissions of the registry and where the version stands: who
    drafted or submitted a version does not decide on it (三（二）). The owner alone decides."""
    holds = visit.principal.holds
    leads = bool(holds("group_leader", [group]))
    commerce = bool(holds("commerce_bureau", [visit.principal.district]))
    drafts = any(holds(role, [group]) for role in _DRAFTERS)
    approves = leads or bool(holds("district_leader", [visit.principal.district]))
    status = one["status"] if one else ""
    own = one is not None and visit.subject in (one["drafted_by"], one["submitted_by"])
    replaced = one is not None and in_force is not None and in_force["version"] > one["version"]
    return view.Offered(
        {
            "draft": drafts and latest and status != "submitted",
            "submit": drafts and status == "draft",
            "approve": approves and status == "submitted" and not own,
            "adopt": (approves or commerce) and status == "approved" and not replaced,
            "break_down": leads or commerce,
        }
    )


async def _version(reads: Reads, group: str, year: int, number: int | None) -> Row | None:
    return None if number is None else await plans.version(reads, group, year, number)


async def _open_parts(reads: Reads, standing: Iterable[Planned], in_force: Row | None) -> list[Planned]:
    """The targets in force that can be broken down further: those that no version of the plan sets."""
    of = in_force and await plans.version(reads, in_force["stream"], in_force["year"], in_force["version"])
    planned = {one["indicator"] for one in of["targets"]} if of else set()
    return [one for one in standing if one.left > 0 and one.indicator not in planned]


async def _years(reads: Reads, visit: Visit, shown: int) -> list[int]:
    """The years that have a plan, this one, the next, and the one that is shown; the latest first."""
    return sorted({*await plans.years(reads), visit.today.year, visit.today.year + 1, shown}, reverse=True)


def _units(parts: Iterable[Row], group: str, targets: Iterable[Planned]) -> list[str]:
    """The group's lead and responsible units in the notice's order, then those that only the targets name."""
    now = [row["unit"] for row in parts if row["stream"] == group]
    return list(dict.fromkeys([*now, *(unit for one in targets for unit, _ in one.parts)]))
