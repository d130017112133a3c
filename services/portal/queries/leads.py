"""Leads (线索): the list, one lead, and who holds its investor (首报首谈)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from services.portal.queries.projects import PAGE, Filters
from services.portal.queries.visibility import masked, matches, posts_at, sees_all
from services.portal.tables import projects as t
from sevenx.kernel.auth import Principal
from sevenx.kernel.paging import Order
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
SORTS = {
    "": Order(t.lead, descending=True),
    "oldest": Order(t.lead),
    "amount": Order(t.lead, t.LEAD_INVESTMENT, descending=True),
}
"""By what leads are sorted: the newest number first where nothing is said."""
_HELD = ("state", "position", "until", "idle_days", "release_proposed")


async def lead_page(reads: Reads, principal: Principal, filters: Filters, before: str = "") -> list[Row]:
    """A page of leads, one row more than PAGE to tell whether it is the last; with the state of each one's
    protection. `before` is the last id of the page before."""
    c, p = t.lead, t.protection.c
    held = [p[name].label(f"held_{name}") for name in _HELD]
    query = select(*masked(principal, c), *held).outerjoin(t.protection, p.lead == c.c.stream)
    equal = {"group_id": filters.group, "industry": filters.industry, "status": filters.status}
    query = query.where(*(c.c[name] == value for name, value in equal.items() if value))
    if filters.words:
        query = query.where(matches(principal, c, t.lead_text, filters.words))
    return await reads.rows(SORTS[filters.sort].page(query, before, PAGE))


async def lead(reads: Reads, principal: Principal, lead_id: str) -> Row | None:
    """One lead, masked for whom it is not for (`open` tells); None when there is none."""
    return await reads.one(select(*masked(principal, t.lead)).where(t.lead.c.stream == lead_id))


async def protections_of(reads: Reads, principal: Principal, lead_id: str) -> list[Row]:
    """The reports of the same investor and intent in their order: the holder, and of those that wait only what is for
    this reader (of a holder others learn the unit and no more)."""
    p, own = t.protection, t.protection.alias("own")
    query = (
        select(p, _mine(principal).label("mine"))
        .join(own, and_(own.c.stream == p.c.stream, own.c.intent_key == p.c.intent_key))
        .where(own.c.lead == lead_id, or_(_mine(principal), p.c.state.in_(("active", "fulfilled"))))
        .order_by(p.c.report)
    )
    return await reads.rows(query)


async def contests_of(reads: Reads, principal: Principal, lead_id: str) -> list[Row]:
    """Contests in which the lead is a party, for those who are one or whose office sees all."""
    c = t.contest.c
    query = select(t.contest).where(or_(c.lead == lead_id, c.holder == lead_id)).order_by(c.contest)
    if not sees_all(principal):
        posts = posts_at(principal)
        query = query.where(or_(c.by_unit.in_(posts), c.holder_unit.in_(posts), c.group_id.in_(posts)))
    return await reads.rows(query)


def _mine(principal: Principal) -> ColumnElement[bool]:
    if sees_all(principal):
        return true()
    posts, c = posts_at(principal), t.protection.c
    return or_(c.unit.in_(posts), c.group_id.in_(posts))
