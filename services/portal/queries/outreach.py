"""Trips, quotas, budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, literal, or_, select

from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import posts_at, sees_all
from services.portal.tables import outreach as t
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def quotas(reads: Reads, year: int) -> list[Row]:
    """Every principal head's quota of a year, the furthest behind first; those with nothing yet are rows too."""
    q = t.quota.c
    share = q.counted_days * 1.0 / func.greatest(q.required_days, 1)
    return await reads.rows(
        select(t.quota, share.label("share")).where(q.year == year).order_by(share, q.required_days.desc(), q.stream)
    )


async def trip_page(reads: Reads, principal: Principal, state: str, before: str, mine: str) -> list[Row]:
    """A page of trips, the newest first, with how many visits each has. Whoever holds no office sees the trips of his
    groups and units and his own."""
    c = t.trip.c
    visits = select(func.count()).where(t.visit.c.stream == c.stream, ~t.visit.c.withdrawn).scalar_subquery()
    query = select(t.trip, visits.label("visits"))
    if not sees_all(principal):
        query = query.where(_concerns(principal))
    if state:
        query = query.where(c.state == state)
    if mine:
        query = query.where(c.traveller == mine)
    if before:
        query = query.where(c.stream < before)
    return await reads.rows(query.order_by(c.stream.desc()).limit(PAGE + 1))


def _concerns(principal: Principal) -> Any:
    c, posts = t.trip.c, posts_at(principal)
    me = (c.traveller == principal.subject, c.requested_by == principal.subject)
    return or_(*me, c.unit.in_(posts), c.group_id.in_(posts)) if posts else or_(*me)


async def trip(reads: Reads, principal: Principal, trip_id: str) -> Row | None:
    """One trip; `concerned` tells whether it is for this reader."""
    concerned = literal(True) if sees_all(principal) else func.coalesce(_concerns(principal), False)
    return await reads.one(select(t.trip, concerned.label("concerned")).where(t.trip.c.stream == trip_id))


async def visits(reads: Reads, trip_id: str) -> list[Row]:
    v = t.visit
    return await reads.rows(select(v).where(v.c.stream == trip_id).order_by(v.c.visit))


async def budgets(reads: Reads, year: int) -> list[Row]:
    """Each fund of a year: allocated, spent or claimed, set aside for what is still to come, in yuan."""
    b, e, k = t.budget.c, t.expense.c, t.commitment.c
    spent = (
        select(
            func.coalesce(func.sum(e.amount).filter(e.state.in_(("claimed", "approved", "paid"))), 0).label("used"),
            func.coalesce(func.sum(e.amount).filter(e.state == "paid"), 0).label("paid"),
            func.coalesce(func.sum(e.amount).filter(e.state == "claimed"), 0).label("waiting"),
        )
        .where(e.stream == b.stream)
        .lateral("spent")
    )
    drawn = (
        select(func.coalesce(func.sum(e.amount), 0))
        .where(e.stream == k.stream, e.commitment == k.commitment, e.state.in_(("claimed", "approved", "paid")))
        .scalar_subquery()
    )
    aside = (
        select(func.coalesce(func.sum(func.greatest(k.amount - drawn, 0)), 0).label("aside"))
        .where(k.stream == b.stream, ~k.released)
        .lateral("aside")
    )
    return await reads.rows(
        select(t.budget, spent.c.used, spent.c.paid, spent.c.waiting, aside.c.aside)
        .select_from(t.budget.join(spent, literal(True)).join(aside, literal(True)))
        .where(b.year == year)
        .order_by(b.fund.desc(), b.unit, b.stream)
    )


async def expenses(reads: Reads, year: int, state: str = "") -> list[Row]:
    """Expenses of a year's budgets, the newest first, at most 200."""
    e, b = t.expense.c, t.budget.c
    query = select(t.expense, b.fund).join(t.budget, b.stream == e.stream).where(b.year == year)
    if state:
        query = query.where(e.state == state)
    return await reads.rows(query.order_by(e.claimed_on.desc(), e.stream.desc(), e.expense.desc()).limit(200))
