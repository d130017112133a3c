"""`/leads`: the register of leads, and one lead with its protection, queue and contests."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response

from services.portal.pages import view
from services.portal.pages.projects import Code, Cursor, Words, next_url
from services.portal.pages.referrals import tells
from services.portal.pages.sheets import REGISTRARS, sheets_of
from services.portal.pages.transfers import transfer_actions
from services.portal.pages.view import Offered, Row
from services.portal.queries import enterprises, leads, matters, referrals, roster, timeline, transfers
from services.portal.queries.projects import PAGE, Filters
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

LeadId = Annotated[str, Path(pattern=r"^[0-9]{6}-L-[0-9]{4}-[0-9]{1,9}$")]


@router.get("/leads")
async def lead_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    group: Code = "",
    industry: Code = "",
    status: Code = "",
    q: Words = "",
    sort: Literal["", "oldest", "amount"] = "",
    before: Cursor = "",
) -> Response:
    """Leads, the newest first unless sorted, and the form to register one."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    filters = Filters(group=group, industry=industry, status=status, words=q.strip(), sort=sort)
    rows = await leads.lead_page(reads, visit.principal, filters, before)
    asked = {"group": group, "industry": industry, "status": status, "q": q, "sort": sort}
    of_kind = {
        kind: [(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == kind]
        for kind in ("industry", "unit")
    }
    return await view.show(
        request,
        "leads.html",
        visit,
        names,
        rows=rows[:PAGE],
        asked=asked,
        groups=[(one["id"], names(one["id"])) for one in await roster.groups(reads)],
        industries=of_kind["industry"],
        units=of_kind["unit"],
        own_groups=[one for one in visit.scopes(*REGISTRARS) if "-G-" in one],
        own_units=[one for one in visit.scopes(*REGISTRARS) if "-U-" in one],
        may_register=visit.may((*REGISTRARS, "commerce_bureau")),
        sheets=sheets_of(visit, "leads", asked),
        next_url=next_url("/leads", asked, rows),
        first=not before,
    )


@router.get("/leads/{lead_id}")
async def lead_page(request: Request, visit: Visitor, reads: ReadModel, lead_id: LeadId) -> Response:
    """A lead; whoever does not work on it sees it masked and without its events."""
    check_reader(visit.principal)
    row = await leads.lead(reads, visit.principal, lead_id)
    if row is None:
        raise view.unknown("线索", "lead", lead_id)
    names = await view.names_for(reads, visit)
    held = await leads.protections_of(reads, visit.principal, lead_id)
    contests = await leads.contests_of(reads, visit.principal, lead_id)
    moved = await transfers.transfers_of(reads, visit.principal, lead_id, bool(row["open"]))
    place = await referrals.place_of(reads, visit.principal, [row["investor_key"]]) if row["open"] else None
    asked = await matters.of_subject(reads, visit.principal, lead_id)
    of_lead = {lead_id, *(one["stream"] for one in asked["problems"])}
    events = await timeline.events_of(reads, *of_lead, *stream_of(held, lead_id)) if row["open"] else []
    seen = [one for one in events if one["stream"] in of_lead or one["data"].get("lead") == lead_id]
    return await view.show(
        request,
        "lead.html",
        visit,
        names,
        lead=row,
        enterprise=await enterprises.of_investor(reads, row),
        held=held,
        own=next((one for one in held if one["lead"] == lead_id), None),
        contests=contests,
        matters=asked,
        units=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"],
        events=await view.timeline(reads, names.beside(await enterprises.names_of(reads, seen)), seen),
        actions=Offered(
            {
                **actions_for(visit, row, held, contests),
                **transfer_actions(visit, row, moved),
                "refer": row["open"] and tells(visit, row) and not (place and place.brought_by),
            }
        ),
        place=place,
        transfers=moved,
        groups=[(one["id"], names(one["id"])) for one in await roster.groups(reads)],
    )


def stream_of(held: list[Row], lead_id: str) -> list[str]:
    """The stream that tells of the lead's protection."""
    return [one["stream"] for one in held if one["lead"] == lead_id][:1]


def actions_for(visit: Visit, lead: Row, held: list[Row], contests: list[Row]) -> Offered:
    """The forms by name, by the permissions of projects; the owner alone decides."""
    holds, group, finder = visit.principal.holds, [lead["group_id"]], [lead["finder"]]
    district = [visit.principal.district]
    commerce, office = holds("commerce_bureau", district), holds("district_office", district)
    group_work = holds("liaison", group) or holds("lead_unit_head", group)
    leaders = holds("group_leader", group) or holds("group_deputy", group)
    at_finder = holds("unit_liaison", finder) or holds("unit_head", finder)
    own = next((one for one in held if one["lead"] == lead["stream"]), None)
    state, status = own["state"] if own else "", lead["status"]
    running = status in ("registered", "qualified")
    found = {
        "qualify": status == "registered"
        and (holds("lead_unit_head", group) or leaders or commerce)
        and lead["registered_by"] != visit.subject,
        "talk": running and (group_work or leaders or at_finder or commerce),
        "problem": group_work or leaders or at_finder or commerce,
        "negotiate": status == "qualified" and (group_work or at_finder or commerce),
        "contest": running and state == "queued" and (group_work or leaders or at_finder),
        "give_up": state == "active" and (group_work or at_finder),
        "extend": state == "active" and own is not None and not own["extended"] and (commerce or office),
        "release": state == "active" and own is not None and own["release_proposed"] and (commerce or office),
        "decide": [
            one
            for one in contests
            if one["state"] == "open"
            and ((commerce and one["referee"] == "commerce_bureau") or (office and one["referee"] == "district_office"))
        ],
        "close": running and (group_work or commerce),
    }
    return Offered(found)
