"""Names of everything that has one, the posts that people held, and the district's settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Integer, cast, literal, null, select, union_all

from services.portal.tables import POSTS, SETTINGS
from services.portal.tables import roster as t
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_NO_NUMBER = cast(null(), Integer)


async def names(reads: Reads) -> list[Row]:
    """Id, kind, zh and en of all units, groups, persons and industries; a group's number besides. Some 300 rows."""
    none = cast(null(), Integer)  # PostgreSQL takes a bare NULL for text
    tables = ((t.unit, "unit"), (t.person, "person"), (t.work_group, "group"))
    parts = [
        select(
            table.c.stream.label("id"),
            literal(kind).label("kind"),
            table.c.zh,
            table.c.en,
            (table.c.number if kind == "group" else none).label("number"),
        )
        for table, kind in tables
    ]
    i = t.industry.c
    parts.append(select(i.industry, literal("industry"), i.zh, i.en, none))
    return await reads.rows(union_all(*parts))


async def person(reads: Reads, subject: str) -> list[Row]:
    """Id, zh and en of one person; nothing for an id that is no person's."""
    p = t.person.c
    return await reads.rows(select(p.stream.label("id"), p.zh, p.en).where(p.stream == subject))


async def post_changes(reads: Reads, persons: Collection[str]) -> list[Row]:
    """Every beginning and end of these persons' posts, in the order in which they took effect."""
    p = POSTS.post_change
    if not persons:
        return []
    query = select(p).where(p.c.person.in_(persons)).order_by(p.c.effective, p.c.stream, p.c.version)
    return await reads.rows(query)


async def settings(reads: Reads) -> dict[str, str]:
    """The settings that the district has published."""
    return dict((await SETTINGS.load(reads)).published)


async def groups(reads: Reads) -> list[Row]:
    """The groups in the order of their numbers: id, number, zh, en."""
    g = t.work_group.c
    return await reads.rows(select(g.stream.label("id"), g.number, g.zh, g.en).order_by(g.number))


async def possible_delegates(reads: Reads, group: str, lead_units: Collection[str], on: date) -> list[tuple[str, str]]:
    """Id and name of whom a group's leader may let sign off: the deputy and the lead units' heads."""
    posts = [POSTS.holders_of(group, "group_deputy", on)]
    posts += [POSTS.holders_of(unit, "unit_head", on) for unit in lead_units]
    rows = await reads.rows(union_all(*(select(one.subquery()) for one in posts)))
    return sorted({(row["person"], row["name"]) for row in rows})


async def posts_of(reads: Reads, groups: Collection[str], on: date) -> dict[str, dict[str, list[str]]]:
    """Names of who holds which post of the groups on a day, by group and role."""
    p = POSTS.post_change.c
    query = select(p.stream, p.role, p.person, p.name, p.begins).where(p.stream.in_(groups), p.effective <= on)
    last: dict[tuple[str, str, str], Row] = {}
    for row in await reads.rows(query.order_by(p.effective, p.version)):
        last[row["stream"], row["role"], row["person"]] = row
    found: dict[str, dict[str, list[str]]] = {}
    for (group, role, _), row in last.items():
        if row["begins"]:
            found.setdefault(group, {}).setdefault(role, []).append(row["name"])
    return found


async def lead_units(reads: Reads, group: str, on: date) -> list[str]:
    """The group's lead units on a day, in the order of their ids."""
    return sorted(row["unit"] for row in await reads.rows(POSTS.units_of(group, "lead", on)))
