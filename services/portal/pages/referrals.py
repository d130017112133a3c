"""`/referrals`: who brought whom (以商招商、以企引企, 二（三）): referrers by what they brought, and a chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from services.portal.pages import view
from services.portal.pages.referral_chart import chain_chart, height, in_order, spots
from services.portal.pages.sheets import REGISTRARS
from services.portal.pages.view import Offered, Row
from services.portal.queries import referrals
from services.portal.queries.parties import parties_of
from services.portal.queries.projects import PAGE
from services.portal.queries.referrals import Chain, Place
from services.portal.queries.visibility import check_reader
from services.portal.visit import Visit, Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()

ReferralNumber = Annotated[int, Path(ge=1, le=999_999)]
Handle = Annotated[str, Query(pattern=r"^[0-9]{0,6}$")]


@router.get("/referrals")
async def referral_list(
    request: Request,
    visit: Visitor,
    reads: ReadModel,
    sort: Literal["", "leads", "projects", "amount", "depth"] = "",
    before: Handle = "",
) -> Response:
    """Enterprises and bodies that brought others, who brought most first; the form to record who brought whom."""
    check_reader(visit.principal)
    names = await view.names_for(reads, visit)
    rows = await referrals.page(reads, sort, int(before) if before else None)
    brought = await referrals.first_brought(reads, [one["root"] for one in rows[:PAGE]])
    keys = {one["root"] for one in rows[:PAGE]} | {one["party"] for one in brought}
    return await view.show(
        request,
        "referrals.html",
        visit,
        names,
        rows=rows[:PAGE],
        parties=await parties_of(reads, visit.principal, keys),
        brought=_of_roots(brought),
        sort=sort,
        actions=actions_for(visit),
        next_url=_next_url(sort, rows),
        first=not before,
    )


@router.get("/referrals/{referral}")
async def chain_page(request: Request, visit: Visitor, reads: ReadModel, referral: ReferralNumber) -> Response:
    """The chain of who made a referral: who brought it, and all whom it brought, as a picture and as a table."""
    check_reader(visit.principal)
    key = await referrals.referrer_of(reads, referral)
    if key is None:
        raise view.unknown("有效的引荐记录", "referral that holds", str(referral))
    chain = await referrals.chain_of(reads, visit.principal, key)
    found = spots(chain.nodes)
    return await view.show(
        request,
        "referral_chain.html",
        visit,
        await view.names_for(reads, visit),
        chain=chain,
        lines=in_order(chain.nodes),
        known={one.party.key: one.party for one in chain.nodes},
        chart=chain_chart(found, links_of(chain), visit.language) if height(found) else None,
        height=height(found),
        most=referrals.NODES,
        actions=actions_for(visit),
    )


def actions_for(visit: Visit) -> Offered:
    """The forms by name, by the permissions of projects: `record` without a lead that tells of it, `tell` by one that
    the visitor works on, `withdraw`. The owner alone decides."""
    holds, district = visit.principal.holds, [visit.principal.district]
    commerce = bool(holds("commerce_bureau", district))
    return Offered(
        {
            "record": commerce,
            "tell": commerce or visit.may(REGISTRARS),
            "withdraw": commerce or bool(holds("district_office", district)),
        }
    )


def of_enterprise(visit: Visit, row: Row, leads: Sequence[Row], place: Place | None) -> Offered:
    """The forms of an enterprise's page: who brought it (`brought_by`, for a post the leads of which he may tell it),
    whom it brought (`brought`), `record` and `withdraw`. An investor is brought by one."""
    may = actions_for(visit)
    if row["merged_into"] is not None:
        return Offered({"withdraw": may["withdraw"]})
    mine = [(one["stream"], f"{one['stream']} {one['title']}") for one in leads if tells(visit, one)]
    free = place is None or not place.brought_by
    return Offered({**may, "brought_by": free and (may["record"] or mine), "brought": may["tell"]})


def tells(visit: Visit, lead: Row) -> bool:
    """Whether the visitor may record what a lead tells of who brought its investor."""
    holds, group, finder = visit.principal.holds, [lead["group_id"]], [lead["finder"]]
    at_group = any(holds(role, group) for role in ("liaison", "lead_unit_head", "group_leader", "group_deputy"))
    at_finder = holds("unit_liaison", finder) or holds("unit_head", finder)
    return at_group or bool(at_finder) or bool(holds("commerce_bureau", [visit.principal.district]))


def links_of(chain: Chain) -> dict[str, str]:
    """The pages of the enterprises that are registered and not masked, by key."""
    return {
        one.party.key: f"/enterprises/{one.party.enterprise}"
        for one in chain.nodes
        if one.party.open and one.party.enterprise
    }


def _of_roots(brought: Sequence[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in brought:
        found.setdefault(one["root"], []).append(one["party"])
    return found


def _next_url(sort: str, rows: Sequence[Row]) -> str:
    """The address of the next page; empty on the last one. It names a referral, not a party that may be masked."""
    if len(rows) <= PAGE:
        return ""
    asked = {"sort": sort, "before": str(rows[PAGE - 1]["handle"])}
    return f"/referrals?{urlencode({key: value for key, value in asked.items() if value})}"
