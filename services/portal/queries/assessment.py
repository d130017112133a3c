"""The year's ranking, and one score with its explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, select

from services.portal.tables import assessment as t
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def of_year(reads: Reads, year: int) -> Row | None:
    """How the year's assessment stands; None before its first calculation."""
    return await reads.one(select(t.assessment).where(t.assessment.c.year == year))


async def scores(reads: Reads, year: int) -> list[Row]:
    """Every subject's latest score with the points of its indicators, by cohort and total."""
    c = t.score.c
    return await reads.rows(select(t.score).where(c.year == year).order_by(c.cohort, c.total.desc(), c.subject))


async def score(reads: Reads, year: int, subject: str) -> Row | None:
    c = t.score.c
    return await reads.one(select(t.score).where(c.year == year, c.subject == subject))


async def more_facts(reads: Reads, score: Row) -> list[Row]:
    """Facts beyond those that the score itself holds, of its own calculation."""
    c = t.score_facts.c
    query = select(t.score_facts).where(c.stream == score["stream"], c.calculation == score["calculation"])
    return await reads.rows(query.order_by(c.indicator, c.part))


async def corrections(reads: Reads, score: Row) -> list[Row]:
    """Corrections of the score's own calculation, in their order."""
    c = t.score_correction.c
    query = select(t.score_correction).where(c.stream == score["stream"], c.calculation == score["calculation"])
    return await reads.rows(query.order_by(c.version))


async def appeals(reads: Reads, year: int, subject: str = "") -> list[Row]:
    c = t.appeal.c
    query = select(t.appeal).where(c.year == year).order_by(c.appeal)
    return await reads.rows(query.where(c.subject == subject) if subject else query)


async def vetoes(reads: Reads, year: int) -> list[Row]:
    """Vetoes that hold, by subject."""
    v, a = t.veto, t.assessment
    query = select(v).join(a, and_(a.c.stream == v.c.stream, a.c.year == year)).where(~v.c.lifted)
    return await reads.rows(query.order_by(v.c.subject))


async def rulebook(reads: Reads, year: int, version: int) -> Row | None:
    c = t.rulebook.c
    return await reads.one(select(t.rulebook).where(c.year == year, c.version == version))


async def latest_rulebook(reads: Reads, year: int) -> Row | None:
    """The rulebook by which the year is calculated now."""
    c = t.rulebook.c
    return await reads.one(select(t.rulebook).where(c.year == year).order_by(c.version.desc()).limit(1))
