"""Whom each referrer brought (以企引企), worked out by the database over a table of referrals."""

from __future__ import annotations

from sqlalchemy import CTE, Table, all_, func, literal, select
from sqlalchemy.dialects.postgresql import array


def reached(referral: Table) -> CTE:
    """Each referral that holds, once for everybody who brought its party, directly or through others: `root` is the one
    who did, `generation` 1 directly, `party` who was brought, `above` by whom, `referral` its number. The table has
    `stream`, `referral`, `referrer_key`, `referred_key` and `withdrawn_on`. A circle, which only a fault could make,
    ends where it closes."""
    r, onwards = referral.c, referral.alias("onwards")
    n = onwards.c
    first = select(
        r.stream,
        r.referrer_key.label("root"),
        literal(1).label("generation"),
        r.referred_key.label("party"),
        r.referrer_key.label("above"),
        r.referral,
        array([r.referrer_key, r.referred_key]).label("path"),
    ).where(r.withdrawn_on.is_(None))
    found = first.cte("reached", recursive=True)
    f = found.c
    further = select(
        f.stream,
        f.root,
        f.generation + 1,
        n.referred_key,
        n.referrer_key,
        n.referral,
        func.array_append(f.path, n.referred_key),
    ).where(
        n.stream == f.stream,
        n.referrer_key == f.party,
        n.withdrawn_on.is_(None),
        n.referred_key != all_(f.path),
    )
    return found.union_all(further)
