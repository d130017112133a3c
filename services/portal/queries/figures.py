"""Figures by period and group, summed from the totals of days when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from services.portal.queries.periods import Span, Spans
from services.portal.tables.reports import report, report_figure
from services.portal.tables.roster import target
from services.portal.tables.totals import figure_total
from sevenx.kernel.clock import SHANGHAI
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
ENTRIES = (*INDICATORS, FUNDS["claimed"], FUNDS["recognised"])
"""All that is counted by day."""


async def figures_of(reads: Reads, of_report: Row) -> list[dict[str, Any]]:
    """本月, 1-N月累计, 同比 and completion of the year's target for a report, as the events say now (三(三)): the same
    figures that reporting puts in a draft."""
    rules = of_report["settings"]
    days = (int(rules["report.period_last_day"]), int(rules["report.december_last_day"]))
    group, spans = of_report["group_id"], Spans.of(of_report["period"], *days)
    found_sums = await sums(reads, ENTRIES, spans.month, spans.year, spans.before, group)
    rows = {row["indicator"]: row for row in found_sums}
    year = int(of_report["period"][:4])
    then = await closed_month(reads, group, f"{year - 1}{of_report['period'][4:]}")
    wanted = await targets(reads, year, group)
    reaches_back = await _counted_before(reads, group, spans.before[1])
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


async def sums(
    reads: Reads, indicators: Sequence[str], month: Span, year: Span, before: Span, group: str = ""
) -> list[Row]:
    """By group and entry: month, cumulative and last_year, of the entries that are asked for."""
    c = figure_total.c

    def within(span: Span) -> ColumnElement[bool]:
        return and_(c.day >= _day(span[0]), c.day < _day(span[1]))

    query = (
        select(
            c.group_id,
            c.indicator,
            func.sum(c.value).filter(within(month)).label("month"),
            func.sum(c.value).filter(within(year)).label("cumulative"),
            func.sum(c.value).filter(within(before)).label("last_year"),
        )
        .where(c.indicator.in_(indicators), c.day >= _day(min(before[0], year[0])), c.day < _day(year[1]))
        .group_by(c.group_id, c.indicator)
    )
    return await reads.rows(query.where(c.group_id == group) if group else query)


async def _counted_before(reads: Reads, group: str, until: datetime) -> bool:
    """Whether anything of the group had been counted by then."""
    c = figure_total.c
    query = select(c.day).where(c.indicator.in_(ENTRIES), c.group_id == group, c.day < _day(until))
    return await reads.scalar(query.limit(1)) is not None


def _day(at: datetime) -> date:
    """The day in China that begins at that moment: spans begin and end with a day."""
    return at.astimezone(SHANGHAI).date()


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
