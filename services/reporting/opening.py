"""The first period of a group: opened by hand, once; every later one is the clock's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.reporting import queries
from services.reporting.domain.periods import Period
from services.reporting.domain.report.commands import OpenReport
from services.reporting.domain.report.schedule import Rules, period_at, schedule
from services.reporting.ids import report_id
from sevenx.district.settings import WrongSetting
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads


async def first_openings(
    reads: Reads, now: datetime, period: str | None, wanted: Sequence[str] | None
) -> list[tuple[str, OpenReport]]:
    """Streams and commands for the groups that do not report yet, or report of this very period.

    Raises Problem 409 `roster-missing` while no group is known here, 422 `unknown-group` for one that the roster lacks,
    409 `already-reporting` when all asked for report already, 409 `wrong-setting` for one that cannot be read.
    """
    groups = await _groups(reads, wanted)
    rules, calendar = await _rules(reads), await queries.work_calendar(reads)
    asked = Period.parse(period) if period else period_at(now, rules)
    latest = {row["group"]: row["period"] for row in await queries.latest_reports(reads)}
    new = [one for one in groups if latest.get(one) in (None, str(asked))]
    if not new:
        raise Problem(
            409,
            "already-reporting",
            "各组均已开始报送；后续各期由系统按时开启。",
            "These groups report already; the clock opens each next period.",
            details={"latest": latest},
        )
    dates = schedule(asked, rules, calendar)
    return [
        (
            report_id(one, asked),
            OpenReport(
                at=now,
                group=one,
                schedule=dates,
                lead_units=await queries.units(reads, one, "lead", now),
                responsible_units=await queries.units(reads, one, "responsible", now),
            ),
        )
        for one in new
    ]


async def _rules(reads: Reads) -> Rules:
    try:
        return Rules.of(await queries.settings(reads))
    except WrongSetting as error:
        zh = f"报送设置有误，请先更正：{error}"
        raise Problem(409, "wrong-setting", zh, f"A setting must be mended first: {error}") from error


async def _groups(reads: Reads, wanted: Sequence[str] | None) -> list[str]:
    known = [row["id"] for row in await queries.groups(reads)]
    if not known:
        raise Problem(
            409,
            "roster-missing",
            "尚未读到招商小组名册，请先导入名册。",
            "No group of the roster has been read yet: import the roster first.",
            headers={"Retry-After": "2"},
        )
    unknown = [one for one in wanted or () if one not in known]
    if unknown:
        raise Problem(
            422,
            "unknown-group",
            f"名册中没有：{'、'.join(unknown)}；已有：{'、'.join(known)}。",
            f"The roster has no {', '.join(unknown)}; it has {', '.join(known)}.",
            details={"unknown": unknown, "known": known},
        )
    return [one for one in known if wanted is None or one in wanted]
