"""`/roster`: the roster (组织名册). What is vacant stands on top; then the groups, and the units by tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import posts, view
from services.portal.pages.groups import GroupId
from services.portal.pages.projects import Words
from services.portal.pages.unit_tree import former, sections, tree, vacant
from services.portal.pages.view import Row
from services.portal.pages.wording import choices
from services.portal.queries import registry, roster, timeline
from services.portal.queries.registry import Lacking
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel
from sevenx.kernel.search import compact

router = APIRouter()

UnitId = Annotated[str, Path(pattern=r"^[0-9]{6}-U-[a-z][a-z0-9-]{0,79}$")]
Filled = Annotated[str, Query(pattern=r"^([0-9]{6}-[GU]-[a-z0-9-]{1,80}/[a-z_]{1,20})?$")]
_FIRST = 8
"""Vacancies that are shown without unfolding."""


@router.get("/roster")
async def roster_page(request: Request, visit: Visitor, reads: ReadModel, fill: Filled = "") -> Response:
    """Posts that nobody holds or soon will not, with the form to fill one; the groups with their people, units, duties
    and industries."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    facts, parts = await registry.group_facts(reads), await registry.members(reads, visit.today)
    held, announced = await registry.tenures(reads), await registry.endings(reads)
    vacant = registry.lacking(facts, parts, held, announced, visit.today)
    filled = _filled(visit, vacant, fill)
    return await view.show(
        request,
        "roster.html",
        visit,
        names,
        vacant=vacant,
        first=_FIRST,
        may_give=lambda one: posts.may_give(visit, one.scope, one.role),
        filled=filled,
        fill_api=posts.api_of(filled.scope, filled.role) if filled else "",
        candidates=posts.candidates(await registry.persons(reads), held, names, visit) if filled else [],
        may_register=posts.may_register(visit),
        groups=await roster.groups(reads),
        facts=facts,
        parts=_by_group(parts),
        posts={one: posts.shown(visit, one, held, announced) for one in facts},
        industries=_of_groups(await registry.industries(reads)),
    )


@router.get("/roster/units")
async def unit_list(request: Request, visit: Visitor, reads: ReadModel, q: Words = "") -> Response:
    """The units by kind and tree with their former names, heads, liaisons and groups."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    spellings = await registry.names_of_units(reads)
    held = await registry.tenures(reads)
    wanted = compact(q)
    rows = [
        row
        for row in await registry.units(reads)
        if not wanted or any(wanted in compact(one["name"]) for one in spellings.get(row["stream"], ()))
    ]
    parts = _by_unit(await registry.members(reads, visit.today))
    posts_of = {row["stream"]: posts.shown(visit, row["stream"], held, {}) for row in rows}
    return await view.show(
        request,
        "roster_units.html",
        visit,
        names,
        q=q,
        sections=sections(
            tree(rows),
            choices("unit_kind", visit.language),
            lambda row: vacant(row, posts_of[row["stream"]], parts.get(row["stream"], [])),
        ),
        former={unit: former(found) for unit, found in spellings.items()},
        posts=posts_of,
        parts=parts,
        vacant=vacant,
    )


@router.get("/roster/units/{unit}")
async def unit_page(request: Request, visit: Visitor, reads: ReadModel, unit: UnitId) -> Response:
    """A unit: its names, its place, who held its posts, its groups; and what the visitor may change."""
    check_reader(visit.principal)
    rows = await registry.units(reads)
    row = next((one for one in rows if one["stream"] == unit), None)
    if row is None:
        raise view.unknown("单位", "unit", unit)
    names = await view.names_for(reads, visit)
    held, announced = await registry.tenures(reads), await registry.endings(reads)
    spellings = (await registry.names_of_units(reads)).get(unit, [])
    office = bool(visit.principal.holds("district_office", [visit.principal.district]))
    return await view.show(
        request,
        "roster_unit.html",
        visit,
        names,
        unit=row,
        spellings=[one for one in spellings if one["name"] != row["zh"]],
        under=[one for one in rows if one["parent"] == unit],
        absorbed=[one for one in rows if one["into"] == unit],
        others=[(one["stream"], names(one["stream"])) for one in rows if one["stream"] != unit and not one["into"]],
        posts=posts.shown(visit, unit, held, announced),
        candidates=posts.candidates(await registry.persons(reads), held, names, visit),
        parts=_by_unit(await registry.members(reads, visit.today)).get(unit, []),
        may_register=posts.may_register(visit),
        may_change=office,
        may_alias=posts.may_register(visit),
        events=await view.timeline(reads, names, await timeline.events_of(reads, unit, limit=60)),
    )


@router.get("/roster/groups/{group}")
async def group_posts(request: Request, visit: Visitor, reads: ReadModel, group: GroupId) -> Response:
    """A group in the roster: who held its posts, its units as the notice names them, duties, industries; handovers."""
    check_reader(visit.principal)
    facts = await registry.group_facts(reads)
    if group not in facts:
        raise view.unknown("小组", "group", group)
    names = await view.names_for(reads, visit)
    held, announced = await registry.tenures(reads), await registry.endings(reads)
    return await view.show(
        request,
        "roster_group.html",
        visit,
        names,
        group=group,
        fact=facts[group],
        parts=_by_group(await registry.members(reads, visit.today)).get(group, {}),
        industries=_of_groups(await registry.industries(reads)).get(group, []),
        posts=posts.shown(visit, group, held, announced),
        candidates=posts.candidates(await registry.persons(reads), held, names, visit),
        may_register=posts.may_register(visit),
        events=await view.timeline(reads, names, await timeline.events_of(reads, group, limit=60)),
    )


def _filled(visit: Visit, vacant: Iterable[Lacking], fill: str) -> Lacking | None:
    """The vacancy whose form is asked for, where the visitor may fill it and nobody has meanwhile."""
    scope, _, role = fill.partition("/")
    return next(
        (one for one in vacant if (one.scope, one.role) == (scope, role) and posts.may_give(visit, scope, role)), None
    )


def _by_group(parts: Iterable[Row]) -> dict[str, dict[str, list[Row]]]:
    """The lead and the responsible units of each group."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in parts:
        found[row["stream"]][row["part"]].append(row)
    return dict(found)


def _by_unit(parts: Iterable[Row]) -> dict[str, list[Row]]:
    """The groups of each unit, those that it leads first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(parts, key=lambda row: (row["part"], row["stream"])):
        found[row["unit"]].append(row)
    return dict(found)


def _of_groups(industries: Iterable[Row]) -> dict[str, list[dict[str, Any]]]:
    """The industries of each group; `shared` where others claim it and nothing is decided."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in industries:
        for group in [row["decided"]] if row["decided"] else row["claims"]:
            shared = len(row["claims"]) > 1 and not row["decided"] and not row["indicator"]
            found[group].append({**row, "shared": shared})
    return dict(found)
