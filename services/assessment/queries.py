"""What is asked of the read model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from services.assessment import tables as t
from services.assessment.domain.measuring.happenings import Happening
from services.assessment.domain.rulebook import Subject, Unit
from services.assessment.domain.values import CutMark
from services.assessment.projections import CLOSING_AREAS
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.reads import Reads
from sevenx.kernel.topics import PARTITIONS

Row = Mapping[str, Any]


async def settings(reads: Reads) -> DistrictSettings:
    """The district's settings as published so far."""
    return await t.SETTINGS.load(reads)


async def work_calendar(reads: Reads) -> WorkCalendar:
    """Working days by the years published so far."""
    return await t.CALENDARS.load(reads)


async def groups(reads: Reads) -> list[Subject]:
    """The groups of the roster, in the order of their numbers."""
    rows = await reads.rows(select(t.UNITS.work_group).order_by(t.UNITS.work_group.c.number))
    return [Subject(row["stream"], row["zh"]) for row in rows]


async def units(reads: Reads) -> list[Unit]:
    """The units of the roster."""
    rows = await reads.rows(select(t.UNITS.unit).order_by(t.UNITS.unit.c.stream))
    return [Unit(row["stream"], row["zh"], row["kind"]) for row in rows]


async def targets(reads: Reads, year: int, until: datetime) -> dict[tuple[str, str], Decimal]:
    """The year's targets as set before `until`, by subject and indicator: a group's own total, a unit's parts over all
    its groups."""
    g = t.target.c
    latest = (
        select(t.target)
        .where(g.year == year, g.at < until)
        .ext(distinct_on(g.stream, g.indicator, g.unit))
        .order_by(g.stream, g.indicator, g.unit, g.version.desc())
    )
    found: dict[tuple[str, str], Decimal] = {}
    for row in await reads.rows(latest):
        key = (row["unit"] or row["stream"], row["indicator"])
        found[key] = found.get(key, Decimal(0)) + row["value"]
    return found


async def policy_industries(reads: Reads) -> frozenset[str]:
    """Industries that stand for policy funds of higher levels."""
    return frozenset(row["industry"] for row in await reads.rows(select(t.policy_industry)))


async def happenings(reads: Reads, until: datetime) -> list[Happening]:
    """Everything measured that occurred before `until`, this year or before: earlier stages say what is taken back."""
    h = t.happening.c
    rows = await reads.rows(select(h.name, h.stream, h.version, h.at, h.data).where(h.at < until))
    return [Happening(row["name"], row["stream"], row["version"], row["at"], row["data"]) for row in rows]


async def cut(reads: Reads, period: str) -> tuple[CutMark, ...] | None:
    """The marker of a period (`2026-07`, `2026`) of each area and partition; None while one is lacking."""
    p = t.period_closed.c
    rows = await reads.rows(
        select(t.period_closed)
        .where(p.period == period, p.area.in_(CLOSING_AREAS))
        .ext(distinct_on(p.area, p.partition))
        .order_by(p.area, p.partition, p.version)
    )
    if len(rows) < len(CLOSING_AREAS) * PARTITIONS:
        return None
    return tuple(CutMark(r["area"], r["partition"], r["stream"], r["version"], r["as_of"]) for r in rows)


async def not_closed(reads: Reads, period: str) -> list[str]:
    """The areas that have not closed a period in every partition."""
    p = t.period_closed.c
    rows = await reads.rows(select(p.area, p.partition).where(p.period == period).distinct())
    told = [row["area"] for row in rows]
    return [area for area in CLOSING_AREAS if told.count(area) < PARTITIONS]


async def rulebook(reads: Reads, year: int, version: int | None = None) -> Row | None:
    """A version of a year's rulebook, by default the latest."""
    r = t.rulebook.c
    query = select(t.rulebook).where(r.year == year).order_by(r.version.desc())
    return await reads.one(query if version is None else query.where(r.version == version))


async def rulebooks(reads: Reads, year: int | None = None) -> list[Row]:
    """All versions, the newest first, without their texts."""
    r = t.rulebook.c
    columns = (r.year, r.version, r.title, r.sha256, r.published_by, r.published_on, r.reason)
    query = select(*columns).order_by(r.year.desc(), r.version.desc())
    return await reads.rows(query if year is None else query.where(r.year == year))


async def assessment(reads: Reads, year: int) -> Row | None:
    return await reads.one(select(t.assessment).where(t.assessment.c.year == year))


async def assessments(reads: Reads) -> list[Row]:
    return await reads.rows(select(t.assessment).order_by(t.assessment.c.year.desc()))


async def clocked(reads: Reads, year: int, month: str) -> bool:
    """Whether the clock's calculation of a month (or of the year) was made."""
    c = t.calculation.c
    return await reads.one(select(c.calculation).where(c.year == year, c.month == month)) is not None


async def calculations(reads: Reads, year: int) -> list[Row]:
    """The year's calculations, the newest first."""
    c = t.calculation.c
    return await reads.rows(select(t.calculation).where(c.year == year).order_by(c.calculation.desc()))


async def ranking(reads: Reads, stream: str, edition: str, cohort: str | None = None) -> list[Row]:
    """An edition of a ranking in the order of cohorts and places."""
    r = t.ranking.c
    query = select(t.ranking).where(r.stream == stream, r.edition == edition)
    if cohort is not None:
        query = query.where(r.cohort == cohort)
    return await reads.rows(query.order_by(r.cohort, r.rank, r.subject))


async def score(reads: Reads, stream: str, calculation: int | None = None) -> Row | None:
    """A subject's score of a calculation, by default the latest."""
    s = t.score.c
    query = select(t.score).where(s.stream == stream).order_by(s.calculation.desc())
    return await reads.one(query if calculation is None else query.where(s.calculation == calculation))


async def items(reads: Reads, stream: str, calculation: int) -> list[Row]:
    """The items of a score with all their facts, in the order of the rulebook."""
    i, f = t.score_item.c, t.score_facts.c
    rows = await reads.rows(
        select(t.score_item).where(i.stream == stream, i.calculation == calculation).order_by(i.place)
    )
    more = await reads.rows(
        select(t.score_facts).where(f.stream == stream, f.calculation == calculation).order_by(f.indicator, f.part)
    )
    listed: dict[str, list[Any]] = {}
    for one in more:
        listed.setdefault(one["indicator"], []).extend(one["facts"])
    return [{**row, "facts": [*row["facts"], *listed.get(row["indicator"], [])]} for row in rows]


async def corrections(reads: Reads, stream: str, calculation: int) -> list[Row]:
    """What was corrected of a calculation's score, in order."""
    c = t.score_correction.c
    query = select(t.score_correction).where(c.stream == stream, c.calculation == calculation)
    return await reads.rows(query.order_by(c.version))


async def appeals(reads: Reads, stream: str) -> list[Row]:
    return await reads.rows(select(t.appeal).where(t.appeal.c.stream == stream).order_by(t.appeal.c.appeal))


async def vetoes(reads: Reads, stream: str) -> list[Row]:
    return await reads.rows(select(t.veto).where(t.veto.c.stream == stream).order_by(t.veto.c.subject, t.veto.c.veto))


async def commendations(reads: Reads, stream: str) -> list[Row]:
    c = t.commendation.c
    return await reads.rows(select(t.commendation).where(c.stream == stream).order_by(c.commendation))


async def steps(reads: Reads, stream: str) -> list[Row]:
    """The year's path, step by step."""
    return await reads.rows(select(t.step).where(t.step.c.stream == stream).order_by(t.step.c.version))


async def settled_years(reads: Reads) -> list[Row]:
    """Assessments that are settled and not frozen yet."""
    return await reads.rows(select(t.assessment).where(t.assessment.c.phase == "settled"))
