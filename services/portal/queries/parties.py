"""Parties of referrals by their keys: who they are, for whom it is to be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, false, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on

from services.portal.queries.visibility import MASK, open_to, sees_all, works_on
from services.portal.tables import enterprises as e
from services.portal.tables import projects as p
from services.portal.tables import referrals as t
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Party:
    """A party as a reader may see it: one that is not `open` has no name but the mask, and no page."""

    key: str
    name: str
    open: bool
    code: str | None = None
    enterprise: str | None = None
    """Its id in the register of enterprises."""


async def parties_of(reads: Reads, principal: Principal, keys: Collection[str]) -> dict[str, Party]:
    """The parties with these keys, in three queries. An investor of whom nothing is signed is named to those who work
    on one of its leads; a body that is no investor here is named to all (三(二))."""
    wanted = sorted(set(keys))
    said = {row["key"]: row for row in await reads.rows(_mentioned(wanted))}
    hidden = set() if sees_all(principal) else {row["key"] for row in await reads.rows(_unsigned(principal, wanted))}
    c = e.enterprise.c
    ids = {row["id"] for row in said.values() if row["id"]}
    registered = select(c.stream, c.code).where(or_(c.code.in_(wanted), c.stream.in_(ids))).order_by(c.stream.desc())
    rows = await reads.rows(registered)
    of_code, known = {row["code"]: row["stream"] for row in rows}, {row["stream"] for row in rows}
    return {key: _party(key, said.get(key, {}), key in hidden, of_code, known) for key in wanted}


def _party(
    key: str, said: Mapping[str, Any], hidden: bool, of_code: Mapping[str, str], known: Collection[str]
) -> Party:
    if hidden:
        return Party(key, MASK, open=False)
    code = None if key.startswith("n-") else key
    named = said.get("id") if said.get("id") in known else None
    return Party(key, said.get("name") or key, True, code, named or of_code.get(key))


def _mentioned(keys: Collection[str]) -> Select[Any]:
    """What the last referral that speaks of each calls it."""
    r = t.referral.c
    sides = union_all(
        *(
            select(key.label("key"), name.label("name"), one.label("id"), r.referral).where(key.in_(keys))
            for key, name, one in (
                (r.referrer_key, r.referrer_name, r.referrer_id),
                (r.referred_key, r.referred_name, r.referred_id),
            )
        )
    ).subquery()
    c = sides.c
    return select(c.key, c.name, c.id).ext(distinct_on(c.key)).order_by(c.key, c.referral.desc())


def _unsigned(principal: Principal, keys: Collection[str]) -> Select[Any]:
    """The investors of whom this reader may not know."""
    c, project = p.lead.c, p.project.c
    seen = or_(works_on(principal, p.lead), func.coalesce(open_to(principal, p.project), false()))
    return (
        select(c.investor_key.label("key"))
        .outerjoin(p.project, project.lead == c.stream)
        .where(c.investor_key.in_(keys))
        .group_by(c.investor_key)
        .having(~func.bool_or(seen))
    )
