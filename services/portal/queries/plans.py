"""Annual action plans (年度行动方案) as their pages show them: versions, and the targets in force by month and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select, union
from sqlalchemy.dialects.postgresql import distinct_on

from services.portal.tables import registry as t
from services.portal.tables.events import event as e
from services.portal.tables.roster import target
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
VERSIONS = 40
"""Versions of one year's plan that a page lists, the latest first."""
WAITING = 200
"""Plans that are listed as waiting for somebody, at most."""
_ABOUT = (
    "PlanDrafted", "PlanSubmitted", "PlanApproved", "PlanReturned", "PlanAdopted", "AnnualPlanAdopted", "TargetSet",
    "MonthlyTargetsSet",
)  # fmt: skip
_TOLD = [column for column in t.plan_version.c if column.name != "targets"]


async def years(reads: Reads) -> list[int]:
    """The years that have a plan or a target, the latest first."""
    found = union(
        select(t.plan_version.c.year), select(t.annual_plan.c.year), select(target.c.year).where(target.c.unit == "")
    ).subquery()
    return [row["year"] for row in await reads.rows(select(found.c.year).order_by(found.c.year.desc()))]


async def newest(reads: Reads, year: int) -> dict[str, Row]:
    """Each group's newest version of a year's plan, without its targets."""
    v = t.plan_version.c
    query = select(*_TOLD).where(v.year == year).ext(distinct_on(v.stream)).order_by(v.stream, v.version.desc())
    return {row["stream"]: row for row in await reads.rows(query)}


async def in_force(reads: Reads, year: int) -> dict[str, Row]:
    """Each group's plan of the year that is in force."""
    return {row["stream"]: row for row in await reads.rows(_in_force(year))}


async def waiting(reads: Reads, year: int) -> list[Row]:
    """The newest version of each group's plan that waits for somebody, without its targets: for its approval, whatever
    its year; from `year` on, to be put in force or drafted anew. `in_force` is the version in force, if there is one.
    """
    v, a = t.plan_version.c, t.annual_plan.c
    newest = select(*_TOLD).ext(distinct_on(v.stream, v.year)).order_by(v.stream, v.year, v.version.desc()).subquery()
    stands = select(a.stream, a.year, func.max(a.version).label("in_force")).group_by(a.stream, a.year).subquery()
    n, s = newest.c, stands.c
    query = select(newest, s.in_force).outerjoin(stands, (s.stream == n.stream) & (s.year == n.year))
    open_still = (n.status == "submitted") | (n.status.in_(("approved", "returned")) & (n.year >= year))
    return await reads.rows(query.where(open_still).order_by(n.year, n.stream).limit(WAITING))


async def plan_in_force(reads: Reads, group: str, year: int) -> Row | None:
    """A group's plan of the year that is in force."""
    return await reads.one(_in_force(year).where(t.annual_plan.c.stream == group))


def _in_force(year: int) -> Select[Any]:
    a = t.annual_plan.c
    query = select(t.annual_plan).where(a.year == year)
    return query.ext(distinct_on(a.stream)).order_by(a.stream, a.version.desc())


async def versions(reads: Reads, group: str, year: int) -> list[Row]:
    """The versions of a group's plan from their drafts on, the latest first, without their targets."""
    v = t.plan_version.c
    query = select(*_TOLD).where(v.stream == group, v.year == year).order_by(v.version.desc())
    return await reads.rows(query.limit(VERSIONS))


async def version(reads: Reads, group: str, year: int, number: int) -> Row | None:
    """One version with its targets."""
    v = t.plan_version.c
    return await reads.one(select(t.plan_version).where(v.stream == group, v.year == year, v.version == number))


async def targets(reads: Reads, year: int, group: str) -> list[Row]:
    """The group's targets in force with its units' parts (`unit` is empty for the whole); a part of nothing is none."""
    c = target.c
    query = select(target).where(c.year == year, c.stream == group, (c.unit == "") | (c.value > 0))
    return await reads.rows(query.order_by(c.indicator, c.unit))


async def months(reads: Reads, year: int, group: str) -> dict[str, list[str]]:
    """The months of a group's targets in force, by indicator."""
    m = t.monthly_target.c
    rows = await reads.rows(select(m.indicator, m.months).where(m.year == year, m.stream == group))
    return {row["indicator"]: row["months"] for row in rows}


async def months_of_all(reads: Reads, year: int) -> list[Row]:
    """The months of every group's targets in force: stream (the group), indicator, months."""
    m = t.monthly_target.c
    query = select(m.stream, m.indicator, m.months).where(m.year == year)
    return await reads.rows(query.order_by(m.indicator, m.stream))


async def totals(reads: Reads, year: int) -> dict[str, list[Row]]:
    """Each group's targets in force with what its units take of them: indicator, measure, value, parts (a count),
    taken."""
    c = target.c
    of_units = (
        select(c.stream, c.indicator, func.sum(c.value).label("taken"), func.count().label("parts"))
        .where(c.year == year, c.unit != "", c.value > 0)
        .group_by(c.stream, c.indicator)
        .subquery()
    )
    same = (of_units.c.stream == c.stream) & (of_units.c.indicator == c.indicator)
    query = (
        select(
            c.stream,
            c.indicator,
            c.measure,
            c.value,
            func.coalesce(of_units.c.taken, 0).label("taken"),
            func.coalesce(of_units.c.parts, 0).label("parts"),
        )
        .outerjoin(of_units, same)
        .where(c.year == year, c.unit == "")
    )
    found: dict[str, list[Row]] = defaultdict(list)
    for row in await reads.rows(query.order_by(c.stream, c.indicator)):
        found[row["stream"]].append(row)
    return dict(found)


async def events_of(reads: Reads, group: str, year: int, limit: int = 60) -> list[Row]:
    """The latest events about the year's plan and targets, in the order of their business time."""
    query = (
        select(e)
        .where(e.c.stream == group, e.c.name.in_(_ABOUT), e.c.data["year"].as_integer() == year)
        .order_by(e.c.occurred_at.desc(), e.c.recorded_at.desc(), e.c.version.desc())
        .limit(limit)
    )
    return list(reversed(await reads.rows(query)))
