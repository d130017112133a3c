"""SELECTs of enterprises."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, desc, func, or_, select, tuple_

from services.projects import enterprise_tables as t
from services.projects import tables
from services.projects.domain.enterprise.names import compact
from services.projects.domain.values import Stage
from services.projects.visibility import rows_worked_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.search import stands

E, N, L = t.enterprise.c, t.enterprise_name.c, t.enterprise_list.c
SORTS = ("newest", "name")


def page(
    q: str | None,
    origin: str | None,
    on_list: str | None,
    industry: str | None,
    sort: str,
    cursor: str | None,
    limit: int,
) -> Select[Any]:
    """One page of enterprises with one row more than `limit`; `industry` is the beginning of a code of GB/T 4754. What
    was merged into another is shown where it is searched for."""
    query = select(t.enterprise).limit(limit + 1)
    query = query.where(_found(q) if q else E.merged_into.is_(None))
    if origin is not None:
        query = query.where(E.origin == origin)
    if industry is not None:
        query = query.where(E.industry_code.startswith(industry, autoescape=True))
    if on_list is not None:
        query = query.where(E.stream.in_(select(L.stream).where(L.list_name == on_list)))
    if sort == "name":
        last = select(E.name, E.stream).where(E.stream == cursor).scalar_subquery()
        query = query.order_by(E.name, E.stream)
        return query.where(tuple_(E.name, E.stream) > last) if cursor else query
    query = query.order_by(E.stream.desc())
    return query.where(E.stream < cursor) if cursor else query


def _found(q: str) -> ColumnElement[bool]:
    """A part of one of its names, its code, or its number, which have no Chinese character. Names that lack
    one of the text's pairs are passed over by the index."""
    text = compact(q)
    named = E.stream.in_(select(N.stream).where(stands(N.grams, N.compact, text)))
    exact = or_(E.code == q.upper(), E.stream == q.upper(), E.foreign_number == q)
    if not text:
        return exact
    return or_(named, exact) if q.isascii() else named


def one(stream: str) -> Select[Any]:
    return select(t.enterprise).where(E.stream == stream)


def names_of(streams: Collection[str]) -> Select[Any]:
    """Every name, the present one first."""
    return (
        select(N.stream, N.name, N.kind)
        .where(N.stream.in_(streams))
        .order_by(N.stream, (N.kind == "name").desc(), N.kind, N.name)
    )


def lists_of(streams: Collection[str]) -> Select[Any]:
    query = select(L.list_name, L.year, L.rank).where(L.stream.in_(streams))
    return query.order_by(L.year.desc(), L.list_name, L.stream)


def leads_of(asking: Principal, streams: Collection[str], codes: Collection[str]) -> Select[Any]:
    """Leads of these enterprises, named by id or by a code of theirs, of those that the reader works on."""
    c = tables.lead.c
    return (
        select(c.stream, c.title, c.group_id, c.finder, c.status, c.registered_on.label("since"))
        .where(_lead_is_of(streams, codes), rows_worked_on(asking, tables.lead))
        .order_by(c.stream)
    )


def _lead_is_of(streams: Collection[str], codes: Collection[str]) -> ColumnElement[bool]:
    c = tables.lead.c
    return or_(c.investor_id.in_(streams), c.investor_code.in_(codes))


def projects_of(asking: Principal, streams: Collection[str], codes: Collection[str]) -> Select[Any]:
    """Projects of these enterprises that are signed or that the reader works on: of their leads, or where the project
    company has a code of theirs; of an old ledger, which has no lead, where the investor has."""
    c = tables.project.c
    same = ("stream", "group_id", "finder", "landing_unit", "stage", "status", "contract_amount")
    leads = select(tables.lead.c.stream).where(_lead_is_of(streams, codes))
    # As an array that is made first, so that the index of leads is used.
    of_leads = c.lead == any_(func.array(leads.scalar_subquery()))
    of_old = and_(c.lead.is_(None), c.investor_code.in_(codes))
    seen = or_(c.stage != Stage.NEGOTIATING.value, rows_worked_on(asking, tables.project))
    return (
        select(*(c[name] for name in same), c.name.label("title"), c.opened_on.label("since"))
        .where(or_(c.investor_id.in_(streams), of_leads, c.company_code.in_(codes), of_old), seen)
        .order_by(c.stream)
    )


def events_of(streams: Collection[str], groups: str) -> Select[Any]:
    """Events of these enterprises, and those of the groups of companies (stream `groups`) that speak of them, the
    latest first."""
    c = tables.timeline.c
    of_groups = and_(c.stream == groups, c.event.in_(("ParentAssigned", "ParentRemoved")))
    spoken_of = or_(c.data["enterprise"].astext.in_(streams), c.data["parent"].astext.in_(streams))
    query = select(tables.timeline).where(or_(c.stream.in_(streams), and_(of_groups, spoken_of)))
    return query.order_by(*(one.desc() for one in EVENT_ORDER))


EVENT_ORDER = tuple(tables.timeline.c[name] for name in ("occurred_at", "recorded_at", "stream", "version"))


def contacts_of(stream: str) -> Select[Any]:
    c = t.enterprise_contact.c
    return select(t.enterprise_contact).where(c.stream == stream).order_by(c.added_on, c.contact)


def of_code(code: str) -> Select[Any]:
    """Who has a unified social credit code, the first registered before others."""
    return select(E.stream).where(E.code == code).order_by(E.stream).limit(1)


CANDIDATES = 200
"""Enterprises that are compared, at most; those that share most of their marks first."""


def sharing(marks: Collection[str]) -> Select[Any]:
    """Enterprises whose names share marks with those given, found by index; those that share most first."""
    wanted = sorted(marks)
    mark = func.unnest(N.marks).column_valued("mark", joins_implicitly=True)
    query = select(N.stream, func.count().label("shared")).where(N.marks.overlap(wanted), mark.in_(wanted))
    return query.group_by(N.stream).order_by(desc("shared"), N.stream).limit(CANDIDATES)


def with_registration(codes: Collection[str], foreign: Collection[tuple[str, str]]) -> Select[Any]:
    """Enterprises with one of these codes, or registrations of other countries."""
    numbers = [number for _, number in foreign]
    return select(E.stream).where(or_(E.code.in_(codes), E.foreign_number.in_(numbers))).order_by(E.stream)


def registrations(streams: Collection[str]) -> Select[Any]:
    return select(E.stream, E.name, E.code, E.country, E.foreign_number).where(E.stream.in_(streams))


def proposed(limit: int) -> Select[Any]:
    """Pairs that look like one and were not judged yet, those most alike first."""
    d, other = t.enterprise_duplicate.c, t.enterprise.alias("other")
    return (
        select(
            d.stream,
            E.name,
            E.code,
            d.other,
            other.c.name.label("other_name"),
            other.c.code.label("other_code"),
            d.score,
            d.ground,
            d.since,
        )
        .join(t.enterprise, E.stream == d.stream)
        .join(other, other.c.stream == d.other)
        .where(~d.distinct, E.merged_into.is_(None), other.c.merged_into.is_(None))
        .order_by(d.score.desc(), d.stream, d.other)
        .limit(limit)
    )


def merges() -> Select[Any]:
    return select(E.stream, E.merged_into).where(E.merged_into.is_not(None))


def parents() -> Select[Any]:
    c = t.enterprise_parent.c
    return select(c.enterprise, c.parent).order_by(c.enterprise)


def named(streams: Collection[str]) -> Select[Any]:
    return select(E.stream.label("id"), E.name).where(E.stream.in_(streams))
