"""Figures by period and group, summed from the projects' events when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from services.portal.queries.periods import Span, Spans
from services.portal.tables.projects import figure_entry, work_item
from services.portal.tables.reports import report, report_figure
from services.portal.tables.roster import target
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
INDICATORS = (
    "leads", "signed_count", "signed_amount", "landed_count", "started_count", "produced_count", "funds_in_place",
)  # fmt: skip
"""What a report counts, in its order."""
AMOUNTS = ("signed_amount", "funds_in_place")
"""Those in yuan; the others are counts."""
_LARGEST_RATIO = Decimal(10**6)
_SIX_DIGITS = Decimal("0.000001")
FUNDS = {"claimed": "funds_claimed", "first_checked": "funds_in_place", "recognised": "funds_recognised"}
"""The entries that 到位资金 is summed from, by the setting `funds.monthly_basis`."""


async def figures_of(reads: Reads, of_report: Row) -> list[dict[str, Any]]:
    """本月, 1-N月累计, 同比 and completion of the year's target for a report, as the events say now (三(三)): the same
    figures that reporting puts in a draft."""
    rules = of_report["settings"]
    days = (int(rules["report.period_last_day"]), int(rules["report.december_last_day"]))
    group, spans = of_report["group_id"], Spans.of(of_report["period"], *days)
    rows = {row["indicator"]: row for row in await sums(reads, spans.month, spans.year, spans.before, group)}
    year = int(of_report["period"][:4])
    then = await closed_month(reads, group, f"{year - 1}{of_report['period'][4:]}")
    wanted = await targets(reads, year, group)
    reaches_back = any(row["first_at"] < spans.before[1] for row in rows.values())
    found = []
    for indicator in INDICATORS:
        entry = FUNDS[rules["funds.monthly_basis"]] if indicator == "funds_in_place" else indicator
        row = rows.get(entry, {})
        cumulative, target = row.get("cumulative") or Decimal(0), wanted.get((group, indicator))
        found.append(
            {
                "indicator": indicator,
                "month": row.get("month") or Decimal(0),
                "cumulative": cumulative,
                "last_year": then.get(indicator, (row.get("last_year") or Decimal(0)) if reaches_back else None),
                "target": target,
                "completion": completion(cumulative, target),
            }
        )
    return found


def completion(cumulative: Decimal, target_of_year: Decimal | None) -> Decimal | None:
    """The part of the year's target that is reached; null without a target, or where it is next to nothing."""
    if not target_of_year:
        return None
    ratio = (cumulative / target_of_year).quantize(_SIX_DIGITS)
    return ratio if abs(ratio) < _LARGEST_RATIO else None


async def sums(reads: Reads, month: Span, year: Span, before: Span, group: str = "") -> list[Row]:
    """By group and entry: month, cumulative, last_year, and first_at, when the group's first entry was made.

    An entry without value takes back what its indicator has counted before it in the project's stream, back to the one
    that did so before.
    """
    e, earlier, last = figure_entry, figure_entry.alias("earlier"), figure_entry.alias("last")
    since = (
        select(func.max(last.c.version))
        .where(
            last.c.stream == e.c.stream,
            last.c.indicator == e.c.indicator,
            last.c.version < e.c.version,
            last.c.value.is_(None),
        )
        .correlate(e)
        .scalar_subquery()
    )
    taken_back = (
        select(func.sum(earlier.c.value))
        .where(
            earlier.c.stream == e.c.stream,
            earlier.c.indicator == e.c.indicator,
            earlier.c.version < e.c.version,
            earlier.c.version > func.coalesce(since, 0),
        )
        .correlate(e)
        .scalar_subquery()
    )
    value = func.coalesce(e.c.value, -taken_back, 0)

    def within(span: Span) -> ColumnElement[bool]:
        return and_(e.c.at >= span[0], e.c.at < span[1])

    query = (
        select(
            work_item.c.group_id,
            e.c.indicator,
            func.sum(value).filter(within(month)).label("month"),
            func.sum(value).filter(within(year)).label("cumulative"),
            func.sum(value).filter(within(before)).label("last_year"),
            func.min(e.c.at).label("first_at"),
        )
        .join(work_item, work_item.c.stream == e.c.stream)
        .where(e.c.at < year[1])
        .group_by(work_item.c.group_id, e.c.indicator)
    )
    return await reads.rows(query.where(work_item.c.group_id == group) if group else query)


async def targets(reads: Reads, year: int, group: str = "") -> dict[tuple[str, str], Decimal]:
    """The year's targets of the groups themselves, by group and indicator."""
    t = target.c
    query = select(t.stream, t.indicator, t.value).where(t.year == year, t.unit == "")
    rows = await reads.rows(query.where(t.stream == group) if group else query)
    return {(row["stream"], row["indicator"]): row["value"] for row in rows}


async def closed_month(reads: Reads, group: str, period: str) -> dict[str, Decimal]:
    """A closed month's figures by indicator, as restated; empty when the month was not closed here."""
    f = report_figure.c
    query = (
        select(f.indicator, f.month)
        .join(report, report.c.stream == f.stream)
        .where(report.c.group_id == group, report.c.period == period, f.source == "frozen")
    )
    return {row["indicator"]: row["month"] for row in await reads.rows(query)}
