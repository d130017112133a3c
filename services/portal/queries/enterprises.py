"""Enterprises (客商): the list, and all that one enterprise's page shows to this reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, func, or_, select

from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import masked, open_to
from services.portal.tables import enterprises as t
from services.portal.tables import projects as p
from services.portal.tables.events import OF_PARENTS, event
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads
from sevenx.kernel.search import found

Row = Mapping[str, Any]
ENTERPRISE_ID = re.compile(r"[0-9]{6}-E-[0-9]{4}-[0-9]{1,9}")
PART = 100
"""Leads, and projects, that an enterprise's page lists, the newest first."""
E, N, L = t.enterprise.c, t.enterprise_name.c, t.enterprise_list.c


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; what is empty does not narrow."""

    words: str = ""
    origin: str = ""
    on_list: str = ""
    industry: str = ""


async def page(reads: Reads, asked: Asked, before: str = "") -> list[Row]:
    """A page of enterprises, the newest number first, one row more than PAGE. What was merged into another is shown
    where it is searched for."""
    query = select(t.enterprise).where(_found(asked.words) if asked.words else E.merged_into.is_(None))
    if asked.origin:
        query = query.where(E.origin == asked.origin)
    if asked.industry:
        query = query.where(E.industry_code.startswith(asked.industry, autoescape=True))
    if asked.on_list:
        query = query.where(E.stream.in_(select(L.stream).where(L.list_name == asked.on_list)))
    if before:
        query = query.where(E.stream < before)
    return await reads.rows(query.order_by(E.stream.desc()).limit(PAGE + 1))


def _found(words: str) -> ColumnElement[bool]:
    """A part of one of its names, its code or its number."""
    exact = or_(E.code == words.upper(), E.stream == words, E.foreign_number == words)
    named = found(t.enterprise_name, words, E.stream)
    return or_(named, exact) if words.isascii() else named


async def lists(reads: Reads) -> list[str]:
    """The names of all lists on which an enterprise stands."""
    return [row["list_name"] for row in await reads.rows(select(L.list_name).distinct().order_by(L.list_name))]


async def one(reads: Reads, enterprise: str) -> Row | None:
    return await reads.one(select(t.enterprise).where(E.stream == enterprise))


async def all_of(reads: Reads, enterprise: str) -> list[str]:
    """The enterprise, then everything that was merged into it, directly or through others."""
    found = select(E.stream).where(E.stream == enterprise).cte("absorbed", recursive=True)
    found = found.union(select(E.stream).join(found, E.merged_into == found.c.stream))
    rows = await reads.rows(select(found.c.stream))
    return [enterprise, *sorted(row["stream"] for row in rows if row["stream"] != enterprise)]


async def survivor(reads: Reads, enterprise: str) -> str:
    """What the enterprise was found to be in the end."""
    into = select(E.stream, E.merged_into).where(E.stream == enterprise).cte("survivors", recursive=True)
    into = into.union(select(E.stream, E.merged_into).join(into, into.c.merged_into == E.stream))
    found = await reads.scalar(select(into.c.stream).where(into.c.merged_into.is_(None)))
    return str(found or enterprise)


async def names_of(reads: Reads, events: Sequence[Row]) -> list[Row]:
    """The present names of all enterprises that events speak of, as `Names` has them."""
    told = {value for one in events for value in one["data"].values() if isinstance(value, str)}
    ids = sorted(value for value in told if ENTERPRISE_ID.fullmatch(value))
    return await reads.rows(
        select(E.stream.label("id"), E.name.label("zh"), E.name.label("en")).where(E.stream.in_(ids))
    )


async def of_investor(reads: Reads, row: Row) -> str:
    """The enterprise that a lead's or project's investor is: the one named, else the one that has its credit code."""
    if row["investor_id"] or not row["investor_code"]:
        return str(row["investor_id"] or "")
    with_code = select(E.stream).where(E.code == row["investor_code"]).order_by(E.merged_into.is_not(None), E.stream)
    return str(await reads.scalar(with_code.limit(1)) or "")


async def parts_of(reads: Reads, principal: Principal, everything: Sequence[str]) -> dict[str, list[Row]]:
    """What belongs to an enterprise and to what was merged into it; leads and projects as far as they are the
    reader's, of each one row more than PART."""
    enterprise, absorbed = everything[0], everything[1:]
    names = select(N.name, N.kind).where(N.stream.in_(everything)).order_by(N.kind, N.name)
    on = select(L.list_name, L.year, L.rank).where(L.stream.in_(everything)).distinct()
    c = t.enterprise_contact.c
    contacts = select(c.contact, c.holder, c.erased_on).where(c.stream.in_(everything)).order_by(c.contact)
    leads = _leads(principal, everything).order_by(p.lead.c.stream.desc()).limit(PART + 1)
    projects = _projects(principal, everything).order_by(p.project.c.stream.desc()).limit(PART + 1)
    return {
        "names": await reads.rows(names),
        "lists": await reads.rows(on.order_by(L.year.desc(), L.list_name)),
        "contacts": await reads.rows(contacts),
        "absorbed": await reads.rows(select(E.stream, E.name).where(E.stream.in_(absorbed)).order_by(E.stream)),
        "parents": await reads.rows(_relatives(everything, upwards=True)),
        "subsidiaries": await reads.rows(_relatives(everything, upwards=False)),
        "leads": await reads.rows(leads),
        "projects": await reads.rows(projects),
        "duplicates": await reads.rows(_duplicates(enterprise)),
    }


def _codes(everything: Sequence[str]) -> ColumnElement[Any]:
    """Any of their codes. As an array that is made first, so that the index of whatever has a code is used."""
    codes = select(E.code).where(E.stream.in_(everything), E.code.is_not(None))
    return any_(func.array(codes.scalar_subquery()))


def _leads(principal: Principal, everything: Sequence[str]) -> Select[Any]:
    """Leads that name it by id or code, of those that the reader may see unmasked."""
    c = p.lead.c
    its = or_(c.investor_id.in_(everything), c.investor_code == _codes(everything))
    return select(*masked(principal, p.lead)).where(its, open_to(principal, p.lead))


def _projects(principal: Principal, everything: Sequence[str]) -> Select[Any]:
    c, codes = p.project.c, _codes(everything)
    of_leads = select(p.lead.c.stream).where(or_(p.lead.c.investor_id.in_(everything), p.lead.c.investor_code == codes))
    by_lead = c.lead == any_(func.array(of_leads.scalar_subquery()))
    of_old = and_(c.lead.is_(None), c.investor_code == codes)
    its = or_(c.investor_id.in_(everything), by_lead, c.company_code == codes, of_old)
    return select(*masked(principal, p.project)).where(its, open_to(principal, p.project))


def _relatives(everything: Sequence[str], upwards: bool) -> Select[Any]:
    """Its parents, or those whose parent it is."""
    c = t.enterprise_parent.c
    mine, theirs = (c.enterprise, c.parent) if upwards else (c.parent, c.enterprise)
    related = select(theirs).where(mine.in_(everything))
    return select(E.stream, E.name).where(E.stream.in_(related), E.stream.not_in(everything)).order_by(E.stream)


def _duplicates(enterprise: str) -> Select[Any]:
    """Those that it looks like and that nobody has judged yet, from either side, the most alike first."""
    d, other = t.enterprise_duplicate.c, t.enterprise.alias("other")
    mine = or_(
        and_(d.stream == enterprise, other.c.stream == d.other),
        and_(d.other == enterprise, other.c.stream == d.stream),
    )
    judged = t.enterprise_duplicate.alias("judged").c
    apart = (
        select(judged.stream)
        .where(
            judged.distinct,
            or_(
                and_(judged.stream == enterprise, judged.other == other.c.stream),
                and_(judged.other == enterprise, judged.stream == other.c.stream),
            ),
        )
        .exists()
    )
    query = select(other.c.stream, other.c.name, other.c.code, d.score, d.ground).join(other, mine)
    return query.where(~d.distinct, ~apart, other.c.merged_into.is_(None)).order_by(d.score.desc(), other.c.stream)


async def events_of(reads: Reads, everything: Sequence[str], limit: int = 300) -> list[Row]:
    """The latest events of these enterprises, and those of the groups of companies that speak of them."""
    e = event.c
    of_groups = and_(
        e.name.in_(OF_PARENTS),
        or_(e.data["enterprise"].astext.in_(everything), e.data["parent"].astext.in_(everything)),
    )
    query = select(event).where(e.area == "projects", or_(e.stream.in_(everything), of_groups))
    query = query.order_by(e.occurred_at.desc(), e.recorded_at.desc(), e.version.desc()).limit(limit)
    return list(reversed(await reads.rows(query)))
