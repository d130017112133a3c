"""SELECTs of referrals that hold (以企引企): a part of the graph, never the whole of it with all that it brought."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Select,
    Text,
    all_,
    any_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array, distinct_on

from services.projects import protection_tables as pt
from services.projects import tables as t
from services.projects.total_tables import referral_reach

R, X = pt.referral.c, referral_reach.c
HOLDS = pt.REFERRAL_HOLDS


def page(after: int, limit: int) -> Select[Any]:
    """Referrals in the order of recording, with one more than `limit`; `after` is the last of the page before."""
    return _edges().where(R.referral > after).limit(limit + 1)


def of_parties(keys: Collection[str], after: int, limit: int) -> Select[Any]:
    """Referrals in which one of the parties brought somebody or was brought, with one more than `limit`; `after` is
    the last of the page before."""
    either = or_(_in(R.referrer_key, keys), _in(R.referred_key, keys))
    return _edges().where(either, R.referral > after).limit(limit + 1)


def around(key: str) -> Select[Any]:
    """A party's chain: the referrals that brought it, up to the first, and those of all whom it brought."""
    below = select(X.referral).where(X.root == key)
    return _edges().where(R.referral.in_(union_all(select(_above(key).c.referral), below)))


def of_all(roots: Collection[str]) -> Select[Any]:
    """The referrals of all whom these parties brought."""
    return _edges().where(R.referral.in_(select(X.referral).where(_in(X.root, roots))))


def ranking(limit: int) -> Select[Any]:
    """Who brought most, in all and then directly, and where they are alike first: `party`."""
    direct = func.count().filter(X.generation == 1)
    first = func.min(X.referral).filter(X.generation == 1)
    order = (func.count().desc(), direct.desc(), first)
    return select(X.root.label("party")).group_by(X.root).order_by(*order).limit(limit)


def names(keys: Collection[str]) -> Select[Any]:
    """What parties are called: by the last referral that each made, else by the last one that brought it."""
    sides = union_all(
        *(
            select(key.label("key"), name.label("name"), literal(side).label("side"), R.referral).where(
                HOLDS, _in(key, keys)
            )
            for side, key, name in ((1, R.referrer_key, R.referrer_name), (0, R.referred_key, R.referred_name))
        )
    ).subquery()
    c = sides.c
    return select(c.key, c.name).ext(distinct_on(c.key)).order_by(c.key, c.side.desc(), c.referral.desc())


def leads_of(keys: Collection[str]) -> Select[Any]:
    """The leads of investors with their keys, in the order of their numbers."""
    c = t.lead.c
    return select(c.stream, c.investor_key, c.group_id, c.finder).where(_in(c.investor_key, keys)).order_by(c.stream)


def projects_of(leads: Collection[str]) -> Select[Any]:
    """What became of leads."""
    c = t.project.c
    same = (c.lead, c.landing_unit, c.stage, c.contract_amount, c.name, c.status, c.extends)
    return select(*same, c.stream.label("project")).where(_in(c.lead, leads)).order_by(c.stream)


def _edges() -> Select[Any]:
    return select(pt.referral).where(HOLDS).order_by(R.referral)


def _in(column: ColumnElement[str], keys: Collection[str]) -> ColumnElement[bool]:
    """Any of the keys, which are sent as one array however many they are."""
    return column == any_(bindparam(None, sorted(keys), ARRAY(Text)))


def _above(key: str) -> CTE:
    """Who brought a party, who brought that one …"""
    path = array([R.referred_key, R.referrer_key])
    first = select(R.referrer_key.label("party"), R.referral, path.label("path"))
    found = first.where(HOLDS, R.referred_key == key).cte("above", recursive=True)
    before = pt.referral.alias("before")
    n, f = before.c, found.c
    further = select(n.referrer_key, n.referral, func.array_append(f.path, n.referrer_key)).where(
        n.referred_key == f.party, n.withdrawn_on.is_(None), n.referrer_key != all_(f.path)
    )
    return found.union_all(further)
