"""`/directives` and `/hearings`, with their pages."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from services.portal.pages import view
from services.portal.pages.projects import Code, Cursor, next_url
from services.portal.pages.view import Offered, Row
from services.portal.queries import supervision, timeline
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

DirectiveId = Annotated[str, Path(pattern=r"^[0-9]{6}-V-[0-9A-Za-z-]{1,40}$")]
HearingId = Annotated[str, Path(pattern=r"^[0-9]{6}-HD-[0-9A-Za-z-]{1,40}$")]


@router.get("/directives")
async def directive_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    status: Code = "",
    owner: Code = "",
    late: Code = "",
    before: Cursor = "",
) -> Response:
    """Directives, the newest first; the supervision office takes new ones on here."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    rows = await supervision.directives(reads, status, owner, bool(late), before)
    asked = {"status": status, "owner": owner, "late": late}
    return await view.show(
        request,
        "directives.html",
        visit,
        names,
        rows=rows[:PAGE],
        asked=asked,
        units=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"],
        groups=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "group"],
        hearings=[(one["stream"], f"{one['year']}-{one['number']}") for one in await supervision.hearings(reads)],
        own=visit.scopes("unit_head", "unit_liaison"),
        may_register=visit.may(("supervision_office",)),
        next_url=next_url("/directives", asked, rows),
    )


@router.get("/directives/{directive_id}")
async def directive_page(request: Request, visit: Visitor, reads: ReadModel, directive_id: DirectiveId) -> Response:
    """立项, 交办, 签收, 反馈, 核验, 销号: a directive's path, and the step that is the visitor's."""
    check_reader(visit.principal)
    row = await supervision.directive_of(reads, directive_id)
    if row is None:
        raise view.unknown("督办事项", "directive", directive_id)
    names = await view.names_for(reads, visit)
    return await view.show(
        request,
        "directive.html",
        visit,
        names,
        directive=row,
        path=("registered", "issued", "acknowledged", "answered", "verified", "closed"),
        units=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"],
        groups=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "group"],
        events=await view.timeline(reads, names, await timeline.events_of(reads, directive_id)),
        actions=directive_actions(visit, row),
    )


def directive_actions(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of reporting; the owner alone decides."""
    status, office = row["status"], visit.may(("supervision_office",))
    mine = row["owner"] in visit.scopes("unit_head", "unit_liaison")
    head = row["owner"] in visit.scopes("unit_head")
    running = status in ("issued", "acknowledged", "answered")
    found = {
        "issue": office and status == "registered",
        "acknowledge": mine and status == "issued",
        "feedback": mine and status == "acknowledged",
        "extend": head and running and row["extension"] is None,
        "extension": office and running and row["extension"] is not None,
        "verify": office and status == "answered",
        "close": office and status == "verified",
        "withdraw": office and status not in ("verified", "closed"),
    }
    return Offered(found)


@router.get("/hearings")
async def hearing_list(request: Request, visit: Visitor, reads: ReadModel) -> Response:
    """The hearings, the latest first."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    return await view.show(
        request,
        "hearings.html",
        visit,
        names,
        rows=await supervision.hearings(reads),
        may_schedule=visit.may(("district_office",)),
    )


@router.get("/hearings/{hearing_id}")
async def hearing_page(request: Request, visit: Visitor, reads: ReadModel, hearing_id: HearingId) -> Response:
    """A hearing with its briefing pack, minutes and directives."""
    check_reader(visit.principal)
    row = await supervision.hearing_of(reads, hearing_id)
    if row is None:
        raise view.unknown("听取汇报", "hearing", hearing_id)
    names = await view.names_for(reads, visit)
    pack: dict[str, Any] = row["pack_parts"] or {}
    listed = [one["project"] for one in pack.get("projects", [])]
    return await view.show(
        request,
        "hearing.html",
        visit,
        names,
        hearing=row,
        pack=pack,
        projects=await supervision.seen_projects(reads, visit.principal, listed),
        directives=await supervision.of_hearing(reads, hearing_id),
        events=await view.timeline(reads, names, await timeline.events_of(reads, hearing_id)),
        actions=hearing_actions(visit, row),
    )


def hearing_actions(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of reporting; the owner alone decides."""
    office, leader = visit.may(("district_office",)), visit.may(("district_leader",))
    state, minutes = row["state"], row["minutes"]
    found = {
        "postpone": office and state == "scheduled",
        "pack": state == "scheduled" and visit.may(("district_office", "commerce_bureau", "supervision_office")),
        "held": office and state == "scheduled" and row["pack"] is not None,
        "minutes": office and state == "held" and minutes in (None, "sent_back"),
        "approve": leader and minutes == "drafted",
        "issue": office and minutes == "approved",
    }
    return Offered(found)
