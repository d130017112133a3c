"""Who has been outside how long: the quotas of principal heads and the days of those who owe no figure."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.outreach.api_types import QuotaId, Today, UnitId, Year
from services.outreach.api_views import QuotaTable, QuotaView, ShownView
from services.outreach.quota_table import Judged, judged, one_judged, shown
from services.outreach.roster import Roster
from services.outreach.visibility import check_reader
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(tags=["quotas 外出时间"])


@router.get("/quotas")
async def quota_table(
    principal: Asking,
    reads: ReadModel,
    today: Today,
    year: Annotated[Year | None, Query(description="Default: this year")] = None,
    unit: UnitId | None = None,
) -> QuotaTable:
    """The quotas of a year (主要负责同志外出招商时间), the fewest days first, heads without any trip included; beside
    them the zones' officers and the groups' leaders, who are shown and not judged (三(一))."""
    check_reader(principal)
    wanted = year or today.year
    rules = await Roster(reads).quota_rules()
    rows = await judged(reads, wanted, today, unit)
    others = [] if unit else await shown(reads, wanted, today)
    return QuotaTable(
        year=wanted,
        as_of=today,
        share=str(rules.share),
        denominator=rules.denominator,
        judged=[view(one) for one in rows],
        shown=[
            ShownView(**{name: getattr(one, name) for name in ShownView.model_fields})
            for one in sorted(others, key=lambda one: (one.days, one.of, one.person))
        ],
    )


@router.get("/quotas/forecast")
async def quota_forecast(
    principal: Asking, reads: ReadModel, today: Today, year: Annotated[Year | None, Query()] = None
) -> list[QuotaView]:
    """Who will fall short (缺口预测) at today's pace with the trips that are approved, the largest shortfall first."""
    check_reader(principal)
    rows = [view(one) for one in await judged(reads, year or today.year, today)]
    return sorted((one for one in rows if one.shortfall_days), key=lambda one: (-one.shortfall_days, one.id))


@router.get("/quotas/{quota_id}")
async def get_quota(quota_id: QuotaId, principal: Asking, reads: ReadModel, today: Today) -> QuotaView:
    """One head's quota of a year."""
    check_reader(principal)
    found = await one_judged(reads, quota_id, today)
    if found is None:
        raise Problem(404, "no-such-quota", "没有该同志当年的外出任务。", "There is no such quota.")
    return view(found)


def view(one: Judged) -> QuotaView:
    """A quota with its forecast, as it is answered."""
    names = ("person", "name", "unit", "unit_zh", "unit_kind", "year", "base_days", "required_days", "fulfilled")
    seen = one.forecast
    return QuotaView(
        **{name: one.row[name] for name in names},
        id=one.row["stream"],
        in_post=one.row["spans"],
        counted_days=one.row["counted_days"],
        trips=one.trips,
        as_of=seen.as_of,
        required_by_now=seen.required_by_now,
        planned_days=seen.planned,
        forecast_days=seen.forecast,
        shortfall_days=seen.shortfall,
    )
