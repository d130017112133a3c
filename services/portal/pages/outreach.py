"""`/trips`, `/trips/<id>` and `/budgets`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.projects import Code, Cursor, next_url
from services.portal.pages.view import Offered, Row
from services.portal.queries import outreach, timeline
from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import check_reader, sees_all
from services.portal.visit import Visit, Visitor
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import ReadModel

router = APIRouter()

TripId = Annotated[str, Path(pattern=r"^[0-9]{6}-T-[0-9]{4}-[0-9]{1,9}$")]
YearAsked = Annotated[int | None, Query(ge=2000, le=2100)]
_WORK = ("unit_liaison", "unit_head", "liaison", "lead_unit_head", "group_leader", "group_deputy")
_DISTRICT = ("district_leader", "district_office")


@router.get("/trips")
async def trip_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    state: Code = "",
    mine: Code = "",
    before: Cursor = "",
    year: YearAsked = None,
) -> Response:
    """The quota table with its zero rows, and trips, the newest first."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    rows = await outreach.trip_page(reads, visit.principal, state, before, visit.subject if mine else "")
    asked = {"state": state, "mine": mine}
    of_kind = {
        kind: [(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == kind]
        for kind in ("person", "unit", "group")
    }
    return await view.show(
        request,
        "trips.html",
        visit,
        names,
        rows=rows[:PAGE],
        asked=asked,
        quotas=await outreach.quotas(reads, year or visit.today.year),
        year=year or visit.today.year,
        own=set(visit.scopes("unit_head", "unit_liaison")),
        may_request=visit.may((*_WORK, "commerce_bureau", "district_office")),
        people=of_kind["person"],
        units=of_kind["unit"],
        groups=of_kind["group"],
        own_unit=next(iter(visit.scopes("unit_head", "unit_liaison")), ""),
        own_group=next(iter(visit.scopes("liaison", "group_leader", "group_deputy")), ""),
        next_url=next_url("/trips", asked, rows),
    )


@router.get("/trips/{trip_id}")
async def trip_page(request: Request, visit: Visitor, reads: ReadModel, trip_id: TripId) -> Response:
    """A trip from its report beforehand to its result."""
    check_reader(visit.principal)
    row = await outreach.trip(reads, visit.principal, trip_id)
    if row is None:
        raise view.unknown("外出", "trip", trip_id)
    if not row["concerned"]:
        raise Problem(
            403,
            "not-allowed",
            "只有本人、所在单位和小组以及区级部门可以查看外出。",
            "Only the traveller, his unit and group and the district's offices see a trip.",
        )
    names = await view.names_for(reads, visit)
    return await view.show(
        request,
        "trip.html",
        visit,
        names,
        trip=row,
        visits=await outreach.visits(reads, trip_id),
        events=await view.timeline(reads, names, await timeline.events_of(reads, trip_id)),
        actions=trip_actions(visit, row),
    )


def trip_actions(visit: Visit, row: Row) -> Offered:
    """The forms by name, by the permissions of outreach; the owner alone decides."""
    scopes = set(visit.scopes(*_WORK))
    works = bool({row["unit"], row["group_id"]} & scopes) or visit.may(("commerce_bureau", "district_office"))
    own = visit.subject in (row["traveller"], row["requested_by"])
    heads, leads = set(visit.scopes("unit_head")), set(visit.scopes("group_leader"))
    superior = visit.may(_DISTRICT) or (
        (row["approval"] == "unit" and row["unit"] in heads)
        or (row["approval"] == "group" and row["group_id"] in leads)
    )
    state = row["state"]
    found = {
        "approve": state == "requested" and superior and not own,
        "visit": state == "approved" and works and row["starts_on"] <= visit.today,
        "result": state == "approved" and works and row["starts_on"] <= visit.today,
        "cancel": state in ("requested", "approved") and works and row["starts_on"] >= visit.today,
        "correct": state == "completed" and visit.may(("commerce_bureau", "supervision_office", "district_office")),
    }
    return Offered(found)


@router.get("/budgets")
async def budget_page(
    request: Request, visit: Visitor, reads: ReadModel, state: Code = "", year: YearAsked = None
) -> Response:
    """What is left of each fund, and its expenses with the rules that they break. A unit sees its own."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    shown = year or visit.today.year
    own = set(visit.scopes("unit_head", "unit_liaison"))
    whole = sees_all(visit.principal)
    funds = await outreach.budgets(reads, shown)
    spent = await outreach.expenses(reads, shown, state)
    return await view.show(
        request,
        "budgets.html",
        visit,
        names,
        year=shown,
        state=state,
        funds=[one for one in funds if whole or one["unit"] in own or one["unit"] is None],
        expenses=[one for one in spent if whole or one["unit"] in own],
        may_pay=visit.may(("finance_bureau",)),
        may_approve=visit.may((*_DISTRICT, "commerce_bureau", "unit_head")),
        may_allocate=visit.may(("finance_bureau",)),
        units=[(one["id"], names(one["id"])) for one in names.by_id.values() if one["kind"] == "unit"],
    )
