"""SELECTs of the lists and pages. Lists go by id, a page at a time: `cursor` is the last id of the page before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, literal, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from services.registry import tables as t
from services.registry.domain.group.state import PlanStatus
from services.registry.domain.names import spelling
from services.registry.domain.unit.events import UnitKind


def page(table: Table, cursor: str | None, limit: int) -> Select[Any]:
    """One page of a table in the order of its streams, and one row more, to tell whether it is the last."""
    query = select(table).order_by(table.c.stream).limit(limit + 1)
    return query if cursor is None else query.where(table.c.stream > cursor)


def units(
    cursor: str | None,
    limit: int,
    on: date,
    kinds: Iterable[UnitKind] = (),
    group: str | None = None,
    x_department: bool | None = None,
    named: str | None = None,
    under: str | None = None,
    merged: bool | None = None,
) -> Select[Any]:
    """A page of units. `group`: its lead and responsible units of that day; `named`: any spelling holds the text;
    `under`: stands under that unit on the day; `merged`: was merged into another one until the day, or was not."""
    query = page(t.unit, cursor, limit)
    if under is not None:
        parents = as_of(t.unit_parent, on).subquery()
        query = query.where(t.unit.c.stream.in_(select(parents.c.stream).where(parents.c.parent == under)))
    if merged is not None:
        gone = t.unit.c.merged_on.is_not(None) & (t.unit.c.merged_on <= on)
        query = query.where(gone if merged else ~gone)
    if wanted := [kind.value for kind in kinds]:
        query = query.where(t.unit.c.kind.in_(wanted))
    if x_department is not None:
        query = query.where(t.unit.c.in_x_department == x_department)
    if group is not None:
        of_group = members(on, groups=[group]).subquery()
        query = query.where(t.unit.c.stream.in_(select(of_group.c.unit)))
    if named is not None:
        c = t.unit_name.c
        query = query.where(
            t.unit.c.stream.in_(select(c.stream).where(c.spelling.contains(spelling(named), autoescape=True)))
        )
    return query


def as_of(table: Table, on: date, streams: Iterable[str] | None = None) -> Select[Any]:
    """Of rows that hold from a day on, the one of each stream that holds on a day."""
    c = table.c
    query = (
        select(table)
        .where(c.effective.is_(None) | (c.effective <= on))
        .ext(distinct_on(c.stream))
        .order_by(c.stream, c.effective.desc().nulls_last(), c.version.desc())
    )
    return query if streams is None else query.where(c.stream.in_(list(streams)))


def of_streams(table: Table, streams: Iterable[str]) -> Select[Any]:
    """All rows of some streams, in the order of the table's key."""
    return select(table).where(table.c.stream.in_(list(streams))).order_by(*table.primary_key.columns)


def members(on: date, groups: Iterable[str] | None = None, units: Iterable[str] | None = None) -> Select[Any]:
    """The lead and responsible units of the groups on a day, in the notice's order, under their names of the day."""
    c = t.group_member.c
    last = (
        select(t.group_member)
        .where(c.effective <= on)
        .ext(distinct_on(c.stream, c.part, c.unit))
        .order_by(c.stream, c.part, c.unit, c.effective.desc(), c.version.desc())
    )
    if groups is not None:
        last = last.where(c.stream.in_(list(groups)))
    if units is not None:
        last = last.where(c.unit.in_(list(units)))
    found = last.subquery()
    titles = as_of(t.unit_title, on).subquery()
    query = select(found, titles.c.zh, titles.c.en).outerjoin(titles, titles.c.stream == found.c.unit)
    return query.where(found.c.begins).order_by(found.c.stream, found.c.part, found.c.position)


def post_changes(streams: Iterable[str] | None = None, people: Iterable[str] | None = None) -> Select[Any]:
    """What changed in the posts of groups and units: of some of them, or of every post that these people ever held."""
    table = t.roster_posts.post_change
    c = table.c
    query = select(table).order_by(c.stream, c.role, c.version)
    if streams is not None:
        query = query.where(c.stream.in_(list(streams)))
    if people is not None:
        held = select(c.stream, c.role).where(c.person.in_(list(people))).distinct().subquery()
        query = query.join(held, (held.c.stream == c.stream) & (held.c.role == c.role))
    return query


def plan_versions(
    cursor: str | None, limit: int, group: str | None, year: int | None, statuses: Iterable[PlanStatus]
) -> Select[Any]:
    """A page of plan versions by (group, year, version), and one row more; `cursor` is `group/year/version`."""
    c = t.plan_version.c
    query = select(t.plan_version).order_by(c.stream, c.year, c.version).limit(limit + 1)
    if group is not None:
        query = query.where(c.stream == group)
    if year is not None:
        query = query.where(c.year == year)
    if wanted := [status.value for status in statuses]:
        query = query.where(c.status.in_(wanted))
    if cursor is not None:
        stream, of, version = cursor.split("/")
        last = tuple_(literal(stream), literal(int(of)), literal(int(version)))
        query = query.where(tuple_(c.stream, c.year, c.version) > last)
    return query


def imports(cursor: int | None, limit: int) -> Select[Any]:
    """A page of imports by their numbers, and one row more."""
    query = select(t.roster_import).order_by(t.roster_import.c.number).limit(limit + 1)
    return query if cursor is None else query.where(t.roster_import.c.number > cursor)


def handovers(scope: str | None, cursor: str | None, limit: int) -> Select[Any]:
    """A page of handovers by (group or unit, version), and one row more; `cursor` is `stream/version`."""
    c = t.handover.c
    query = select(t.handover).order_by(c.stream, c.version).limit(limit + 1)
    if scope is not None:
        query = query.where(c.stream == scope)
    if cursor is not None:
        stream, _, version = cursor.partition("/")
        query = query.where(tuple_(c.stream, c.version) > tuple_(literal(stream), literal(int(version))))
    return query


def industries() -> Select[Any]:
    """Industries and indicators with what the district office decided about them."""
    i, d = t.industry, t.overlap_decision
    return (
        select(i, d.c.group_id.label("decided_group"), d.c.reason, d.c.decided_on)
        .outerjoin(d, (d.c.stream == i.c.stream) & (d.c.industry == i.c.industry))
        .order_by(i.c.indicator, i.c.industry)
    )
