"""`/enterprises`: the register of enterprises (客商库), and one with its names, group, leads and projects."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.projects import Code, Cursor, Words, next_url
from services.portal.pages.referrals import of_enterprise
from services.portal.pages.view import Offered, Row
from services.portal.queries import enterprises, referrals
from services.portal.queries.enterprises import Asked
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

EnterpriseId = Annotated[str, Path(pattern=f"^{enterprises.ENTERPRISE_ID.pattern}$")]
ListName = Annotated[str, Query(alias="list", max_length=200)]
_REGISTRARS = ("liaison", "lead_unit_head", "group_leader", "group_deputy", "unit_liaison", "unit_head")


@router.get("/enterprises")
async def enterprise_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    q: Words = "",
    origin: Code = "",
    on_list: ListName = "",
    industry: Code = "",
    before: Cursor = "",
) -> Response:
    """Enterprises, the newest first, by any part of any name; and the form to register one."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    words = "".join(one for one in q if one.isprintable()).strip()
    on_list = "".join(one for one in on_list if one.isprintable())
    rows = await enterprises.page(reads, Asked(words, origin, on_list, industry.upper()), before)
    asked = {"q": words, "origin": origin, "list": on_list, "industry": industry}
    return await view.show(
        request,
        "enterprises.html",
        visit,
        names,
        rows=rows[:PAGE],
        asked=asked,
        lists=[(one, one) for one in await enterprises.lists(reads)],
        bodies=[(one, names(one)) for one in _bodies(visit)]
        or [(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] in ("group", "unit")],
        may_register=visit.may((*_REGISTRARS, "commerce_bureau")),
        next_url=next_url("/enterprises", asked, rows),
        first=not before,
    )


@router.get("/enterprises/{enterprise_id}")
async def enterprise_page(request: Request, visit: Visitor, reads: ReadModel, enterprise_id: EnterpriseId) -> Response:
    """An enterprise; of its leads and projects what is for the visitor. One that was merged leads to its survivor."""
    check_reader(visit.principal)
    row = await enterprises.one(reads, enterprise_id)
    if row is None:
        raise view.unknown("企业", "enterprise", enterprise_id)
    names = await view.names_for(reads, visit)
    everything = [enterprise_id] if row["merged_into"] else await enterprises.all_of(reads, enterprise_id)
    parts = await enterprises.parts_of(reads, visit.principal, everything)
    events = await enterprises.events_of(reads, everything)
    place = await referrals.place_of(reads, visit.principal, await referrals.keys_of(reads, everything, parts["names"]))
    return await view.show(
        request,
        "enterprise.html",
        visit,
        names,
        enterprise=row,
        survivor=await enterprises.survivor(reads, enterprise_id) if row["merged_into"] else "",
        parts=parts,
        part=enterprises.PART,
        other_names=[one for one in parts["names"] if one["name"] != row["name"]],
        events=await view.timeline(reads, names.beside(await enterprises.names_of(reads, events)), events),
        actions=actions_for(visit, row),
        place=place,
        most_brought=referrals.DIRECT,
        refers=of_enterprise(visit, row, parts["leads"], place),
        bodies=[(one, names(one)) for one in _bodies(visit)] or [(row["registered_for"], names(row["registered_for"]))],
    )


def _bodies(visit: Visit) -> list[str]:
    """The units and groups for which the visitor may register."""
    return list(visit.scopes(*_REGISTRARS))


def actions_for(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of projects; the owner alone decides."""
    holds, body = visit.principal.holds, [row["registered_for"]]
    commerce = bool(holds("commerce_bureau", [visit.principal.district]))
    keeper = any(holds(role, body) for role in _REGISTRARS)
    alive = row["merged_into"] is None
    return Offered(
        {
            "change": alive and (commerce or keeper),
            "contact": alive and (commerce or visit.may(_REGISTRARS)),
            "judge": alive and commerce,
            "undo": commerce,
        }
    )
