"""A group's figures for a period, summed from the projects' events when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from services.reporting import queries
from services.reporting.domain.periods import Period
from services.reporting.domain.report.schedule import bounds
from services.reporting.domain.report.values import Figure, Indicator
from services.reporting.project_figures import FUNDS
from services.reporting.tables import figure_entry, target, work_item
from sevenx.district.figures import value_of
from sevenx.kernel.reads import Reads

_ZERO = Decimal(0)
_LARGEST_RATIO = Decimal(10**6)
_SIX_DIGITS = Decimal("0.000001")


async def figures_of(reads: Reads, row: Mapping[str, Any]) -> tuple[Figure, ...]:
    """本月, 1-N月累计, 同比 and completion of the year's target for a report (a row of `report`).

    The month is the report's own period; the year runs from the first of January, where January's period begins.
    """
    period, rules = Period.parse(row["period"]), queries.rules_of(row)
    year_start = bounds(Period(period.year, 1), rules)[0]
    before = bounds(period.last_year(), rules)
    sums = await _sums(reads, row["group"], (row["starts_at"], row["ends_at"]), (year_start, row["ends_at"]), before)
    then = await queries.official_month(reads, row["group"], period.last_year())
    targets = await _targets(reads, row["group"], period.year)
    reaches_back = any(one["first_at"] < before[1] for one in sums.values())
    found = []
    for indicator in Indicator:
        entry = FUNDS[rules.funds_basis] if indicator is Indicator.FUNDS_IN_PLACE else indicator
        one = sums.get(entry, {})
        summed_then = (one.get("last_year") or _ZERO) if reaches_back else None
        cumulative, wanted = one.get("cumulative") or _ZERO, targets.get(indicator)
        found.append(
            Figure(
                indicator=indicator,
                month=one.get("month") or _ZERO,
                cumulative=cumulative,
                last_year=then.get(indicator, summed_then),
                target=wanted,
                completion=completion(cumulative, wanted),
            )
        )
    return tuple(found)


def completion(cumulative: Decimal, target_of_year: Decimal | None) -> Decimal | None:
    """The part of the year's target that is reached, 1 being the whole; null without a target, or where the ratio says
    nothing because the target is next to nothing."""
    if not target_of_year:
        return None
    ratio = (cumulative / target_of_year).quantize(_SIX_DIGITS)
    return ratio if abs(ratio) < _LARGEST_RATIO else None


async def _sums(
    reads: Reads,
    group: str,
    month: tuple[datetime, datetime],
    year: tuple[datetime, datetime],
    before: tuple[datetime, datetime],
) -> dict[str, Mapping[str, Any]]:
    """By indicator: month, cumulative, last_year, and first_at, when the group's first entry was made."""
    e, value = figure_entry, value_of(figure_entry, figure_entry)

    def within(span: tuple[datetime, datetime]) -> ColumnElement[bool]:
        return and_(e.c.at >= span[0], e.c.at < span[1])

    rows = await reads.rows(
        select(
            e.c.indicator,
            func.sum(value).filter(within(month)).label("month"),
            func.sum(value).filter(within(year)).label("cumulative"),
            func.sum(value).filter(within(before)).label("last_year"),
            func.min(e.c.at).label("first_at"),
        )
        .join(work_item, work_item.c.stream == e.c.stream)
        .where(work_item.c.group == group, e.c.at < year[1])
        .group_by(e.c.indicator)
    )
    return {row["indicator"]: row for row in rows}


async def _targets(reads: Reads, group: str, year: int) -> Mapping[str, Decimal]:
    rows = await reads.rows(
        select(target.c.indicator, target.c.value).where(target.c.stream == group, target.c.year == year)
    )
    return {row["indicator"]: row["value"] for row in rows}
