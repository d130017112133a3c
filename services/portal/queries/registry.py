"""The roster as its pages show it: units in their places, groups with their parts, posts over time, what is vacant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from services.portal.tables import POSTS
from services.portal.tables import registry as t
from services.portal.tables import roster as r
from sevenx.district.tenure import Change, Tenures, tenures_of
from sevenx.district.vacancies import (
    GROUP_ROLES,
    LEAD_UNIT_ROLES,
    RESPONSIBLE_UNIT_ROLES,
    Vacancy,
    VacancyKind,
    vacancy,
)
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
Post = tuple[str, str]
"""A group or unit, and a role."""
_ORDER = ("group_leader", "liaison", "unit_head", "unit_liaison")
_KINDS = (VacancyKind.VACANT, VacancyKind.OVERDUE, VacancyKind.ENDING)


@dataclass(frozen=True)
class Lacking:
    """What is amiss with the post of a group or unit."""

    scope: str
    role: str
    found: Vacancy


async def units(reads: Reads) -> list[Row]:
    """Every unit of the district (some fifty): name, kind, the unit above it, what it was merged into and when."""
    u, place, merger = r.unit.c, t.unit_place.c, POSTS.merger.c
    query = (
        select(r.unit, place.parent, place.in_x_department, merger.into, merger.effective.label("merged_on"))
        .join(t.unit_place, place.stream == u.stream)
        .outerjoin(POSTS.merger, merger.stream == u.stream)
    )
    return await reads.rows(query.order_by(u.kind, u.stream))


async def names_of_units(reads: Reads) -> dict[str, list[Row]]:
    """Every spelling of every unit's name with its source, by unit."""
    n = t.unit_name.c
    found: dict[str, list[Row]] = defaultdict(list)
    for row in await reads.rows(select(t.unit_name).order_by(n.stream, n.source, n.name)):
        found[row["stream"]].append(row)
    return dict(found)


async def tenures(reads: Reads, scopes: Collection[str] | None = None) -> dict[Post, Tenures]:
    """Who held which post when, of some groups and units or of all."""
    p = POSTS.post_change
    query = select(p).order_by(p.c.stream, p.c.role, p.c.version)
    if scopes is not None:
        query = query.where(p.c.stream.in_(scopes))
    said: dict[Post, list[Change]] = defaultdict(list)
    for row in await reads.rows(query):
        change = Change(row["person"], row["name"], row["effective"], row["begins"])
        said[row["stream"], row["role"]].append(change)
    return {key: tenures_of(tuple(of)) for key, of in said.items()}


async def endings(reads: Reads) -> dict[Post, Row]:
    """The announced ends of liaisons' time."""
    rows = await reads.rows(select(t.post_ending))
    return {(row["stream"], row["role"]): row for row in rows}


async def members(reads: Reads, on: date) -> list[Row]:
    """The units of all groups on a day, in the notice's order: stream (the group), part, unit, effective, as_named,
    industry, position."""
    c, g = POSTS.unit_change.c, t.group_part.c
    last = (
        select(POSTS.unit_change)
        .where(c.effective <= on)
        .ext(distinct_on(c.stream, c.part, c.unit))
        .order_by(c.stream, c.part, c.unit, c.effective.desc(), c.version.desc())
        .subquery()
    )
    query = (
        select(last, g.as_named, g.industry, g.position)
        .outerjoin(t.group_part, (g.stream == last.c.stream) & (g.version == last.c.version))
        .where(last.c.begins)
    )
    return await reads.rows(query.order_by(last.c.stream, last.c.part, g.position))


async def group_facts(reads: Reads) -> dict[str, Row]:
    """Each group's first day, clause and duties."""
    return {row["stream"]: row for row in await reads.rows(select(t.group_fact))}


async def industries(reads: Reads) -> list[Row]:
    """Industries and indicators with the groups that claim them, and what the district office decided."""
    i, d = t.industry_claim.c, t.overlap_decision.c
    query = select(t.industry_claim, d.group_id.label("decided"), d.reason).outerjoin(
        t.overlap_decision, (d.stream == i.stream) & (d.industry == i.industry)
    )
    return await reads.rows(query.order_by(i.indicator, i.industry))


async def persons(reads: Reads) -> list[Row]:
    """Everybody who can be given a post: id, zh, en."""
    p = r.person.c
    return await reads.rows(select(p.stream.label("id"), p.zh, p.en).where(~p.withdrawn).order_by(p.zh, p.stream))


def lacking(
    facts: Mapping[str, Row],
    parts: Iterable[Row],
    held: Mapping[Post, Tenures],
    announced: Mapping[Post, Row],
    on: date,
) -> list[Lacking]:
    """What is amiss with the posts of the groups and their units on a day (一, 三（三）): groups before units, heads
    before liaisons, what is vacant before what is ending, and the longest first."""
    expected: dict[Post, date] = {
        (group, role): row["formed_on"] for group, row in facts.items() for role in GROUP_ROLES
    }
    for row in parts:
        for role in LEAD_UNIT_ROLES if row["part"] == "lead" else RESPONSIBLE_UNIT_ROLES:
            key = (row["unit"], role)
            expected[key] = min(expected.get(key, row["effective"]), row["effective"])
    found = []
    for key, since in expected.items():
        ends = announced[key]["ends_on"] if key in announced else None
        one = vacancy(held.get(key, ()), since, on, ends)
        if one is not None:
            found.append(Lacking(*key, one))
    return sorted(found, key=lambda one: (_KINDS.index(one.found.kind), _ORDER.index(one.role), one.scope))
