"""`/procedures` and `/problems`, with one of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import Table

from services.portal.pages import view
from services.portal.pages.projects import Code
from services.portal.pages.view import Offered, Row
from services.portal.queries import documents, matters, roster, timeline
from services.portal.queries.matters import Asked
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import check_reader
from services.portal.tables.matters import problem, procedure
from services.portal.visit import Visit, Visitor
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter()

ProcedureId = Annotated[str, Path(pattern=r"^[0-9]{6}-H-[0-9]{4}-[0-9]{1,9}$")]
ProblemId = Annotated[str, Path(pattern=r"^[0-9]{6}-O-[0-9]{4}-[0-9]{1,9}$")]
Mark = Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{6}-[HO]-[0-9]{4}-[0-9]{1,9})?$")]


@router.get("/procedures")
async def procedure_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    unit: Code = "",
    group: Code = "",
    project: Code = "",
    state: Code = "",
    late: Code = "",
    before: Mark = "",
) -> Response:
    """Procedures, the one promised first before the others, and how each department answers."""
    asked = {"unit": unit, "group": group, "project": project, "state": state, "late": late}
    return await _list(request, visit, reads, procedure, asked, before)


@router.get("/problems")
async def problem_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    unit: Code = "",
    group: Code = "",
    project: Code = "",
    state: Code = "",
    late: Code = "",
    before: Mark = "",
) -> Response:
    """Problems, the one promised first before the others, and how each owner solves them."""
    asked = {"unit": unit, "group": group, "project": project, "state": state, "late": late}
    return await _list(request, visit, reads, problem, asked, before)


@router.get("/procedures/{procedure_id}")
async def procedure_page(request: Request, visit: Visitor, reads: ReadModel, procedure_id: ProcedureId) -> Response:
    """A procedure with its events, and what the visitor may do next."""
    row = await _one(visit, reads, procedure, procedure_id, ("手续", "procedure"))
    return await _page(request, visit, reads, "procedure.html", row, procedure_actions(visit, row))


@router.get("/problems/{problem_id}")
async def problem_page(request: Request, visit: Visitor, reads: ReadModel, problem_id: ProblemId) -> Response:
    """A problem with its events, and what the visitor may do next."""
    row = await _one(visit, reads, problem, problem_id, ("问题", "problem"))
    return await _page(request, visit, reads, "problem.html", row, problem_actions(visit, row))


async def _list(
    request: Request, visit: Visit, reads: Reads, table: Table, asked: Mapping[str, str], before: str
) -> Response:
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    narrowed = Asked(asked["unit"], asked["group"], asked["project"], asked["state"])
    rows = await matters.page(reads, visit.principal, table, narrowed, bool(asked["late"]), _mark(before))
    kept = {key: value for key, value in asked.items() if value}
    path, last = f"/{table.name}s", rows[PAGE - 1] if len(rows) > PAGE else None
    more = {**kept, "before": f"{last['promised_on']}_{last['stream']}"} if last else {}
    return await view.show(
        request,
        "matters.html",
        visit,
        names,
        kind=table.name,
        rows=rows[:PAGE],
        asked=asked,
        figures=await matters.by_unit(reads, table),
        groups=[(one["id"], names(one["id"])) for one in await roster.groups(reads)],
        units=_units(names),
        next_url=f"{path}?{urlencode(more)}" if more else "",
        first=not before,
    )


def _mark(before: str) -> tuple[date, str] | None:
    """Where the page before ended; a day that there is not is the beginning."""
    day, _, stream = before.partition("_")
    try:
        return (date.fromisoformat(day), stream) if before else None
    except ValueError:
        return None


async def _one(visit: Visit, reads: Reads, table: Table, stream: str, called: tuple[str, str]) -> Row:
    check_reader(visit.principal)
    row = await matters.one(reads, visit.principal, table, stream)
    if row is None:
        raise view.unknown(*called, stream)
    if not row["open"]:
        raise Problem(
            403,
            "unsigned-project",
            "项目尚未签约，只有承办的小组和单位可以查看。",
            "The project is not signed yet; only the group and units that work on it see it.",
        )
    return row


async def _page(request: Request, visit: Visit, reads: Reads, template: str, row: Row, actions: Offered) -> Response:
    names = await view.names_for(reads, visit)
    events = await timeline.events_of(reads, row["stream"])
    return await view.show(
        request,
        template,
        visit,
        names,
        matter=row,
        actions=actions,
        stored=await documents.stored_for(reads, [row["stream"]]),
        events=await view.timeline(reads, names, events),
        units=_units(names),
    )


def _units(names: Any) -> list[tuple[str, str]]:
    return [(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"]


def procedure_actions(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of projects; the owner alone decides."""
    holds, unit, state = visit.principal.holds, [row["unit"]], row["state"]
    landing, group = [row["landing_unit"] or ""], [row["group_id"]]
    answers = (
        holds("unit_head", unit) or holds("unit_liaison", unit) or holds("commerce_bureau", [visit.principal.district])
    ) and visit.subject != row["asked_by"]
    asks = (
        holds("liaison", group)
        or holds("lead_unit_head", group)
        or holds("unit_head", landing)
        or holds("unit_liaison", landing)
    )
    running = state in ("requested", "accepted")
    return Offered(
        {
            "accept": answers and row["accepted_on"] is None and (running or state == "stopped"),
            "supplement": answers and running,
            "promise": answers and running,
            "grant": answers and state == "accepted",
            "refuse": answers and (running or state == "stopped"),
            "give": asks and state == "stopped",
            "withdraw": asks and (running or state == "stopped"),
        }
    )


def problem_actions(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of projects; the owner alone decides."""
    holds, district = visit.principal.holds, [visit.principal.district]
    unit, group = [row["unit"]], [row["group_id"]]
    commerce, office = bool(holds("commerce_bureau", district)), bool(holds("district_office", district))
    own = any(grant.partition("@")[2] == row["unit"] for grant in visit.principal.grants)
    owner = bool(holds("unit_head", unit) or holds("unit_liaison", unit))
    works = [role for role in ("liaison", "lead_unit_head", "group_leader", "group_deputy") if holds(role, group)]
    places = [row["finder"] or "", row["landing_unit"] or ""]
    works += [role for role in ("unit_head", "unit_liaison") if holds(role, places)]
    raiser, level = visit.subject == row["asked_by"], row["level"]
    stands = row["state"] == "open"
    up = {
        "group": bool(owner or works or commerce),
        "commerce_bureau": commerce or raiser,
        "district_office": False,
    }
    return Offered(
        {
            "handle": stands and (owner or commerce),
            "escalate": stands and up[level],
            "give_back": stands
            and ((level == "commerce_bureau" and commerce) or (level == "district_office" and office)),
            "close": stands and not own and (raiser or commerce or (office and level == "district_office")),
            "reopen": not stands and (raiser or commerce or office),
        }
    )
