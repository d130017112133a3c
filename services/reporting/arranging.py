"""Hearings are arranged: the first one by hand, every later one by the clock as soon as the one before has covered its
time; the pack by the clock or by hand."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.reporting import hearing_queries, queries
from services.reporting.briefing import pack_of, reporters
from services.reporting.domain.hearing.commands import PreparePack, ScheduleHearing
from services.reporting.domain.hearing.schedule import (
    HearingDates,
    HearingRules,
    dates_of,
    first_after,
    month_before,
    next_month,
)
from services.reporting.domain.periods import Period
from services.reporting.ids import hearing_id
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import WrongSetting
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads

SCHEDULING = "scheduling"
"""Name of the row that schedules the next hearing, in the stream of the hearing to come."""
CLOCK = "clock"

log = logging.getLogger(__name__)


async def first_hearing(
    reads: Reads, now: datetime, district: str, month: str | None, by: str
) -> tuple[str, ScheduleHearing]:
    """Stream and command of the first hearing: that of `month`, or the first one that has something to cover. It covers
    what was recorded since the hearing before would have ended.

    Raises Problem 409 `already-hearing` once hearings are arranged, 409 `roster-missing`, 409 `wrong-setting`, 422
    `no-hearing-month` for a month without one, 409 `hearing-past` for one whose time is over.
    """
    latest = await hearing_queries.latest(reads)
    if latest is not None:
        raise Problem(
            409,
            "already-hearing",
            "已开始按期听取汇报；后续各次由系统按时安排。",
            "Hearings are arranged already; the clock schedules each next one.",
            details={"latest": latest["stream"]},
        )
    rules, calendar = await _sound_rules(reads), await queries.work_calendar(reads)
    dates = _dates(now, month, rules, calendar)
    heard = await reporters(reads, now)
    if not heard:
        raise Problem(
            409,
            "roster-missing",
            "尚未读到招商小组名册，请先导入名册。",
            "No group of the roster has been read yet: import the roster first.",
            headers={"Retry-After": "2"},
        )
    since = dates_of(month_before(dates.month, rules), rules, calendar).covers_until
    return hearing_id(district, dates.month), ScheduleHearing(since, dates, heard, by)


def _dates(now: datetime, month: str | None, rules: HearingRules, calendar: WorkCalendar) -> HearingDates:
    if month is None:
        local = now.astimezone(SHANGHAI)
        return first_after(now, Period(local.year, local.month), rules, calendar)
    asked = Period.parse(month)
    if asked.month not in rules.months:
        months = ", ".join(map(str, rules.months))
        raise Problem(
            422,
            "no-hearing-month",
            f"{asked} 不是听取汇报的月份；设置的月份为 {months}。",
            f"{asked} has no hearing; the settings name the months {months}.",
        )
    dates = dates_of(asked, rules, calendar)
    if dates.covers_until <= now:
        raise Problem(
            409,
            "hearing-past",
            f"{asked} 的听取汇报统计时段已结束；请选择之后的月份。",
            f"What the hearing of {asked} covers is over; choose a later month.",
        )
    return dates


async def _sound_rules(reads: Reads) -> HearingRules:
    try:
        return HearingRules.of(await queries.settings(reads))
    except WrongSetting as error:
        zh = f"听取汇报的设置有误，请先更正：{error}"
        raise Problem(409, "wrong-setting", zh, f"A setting must be mended first: {error}") from error


async def schedulings(reads: Reads, as_of: datetime) -> list[Mapping[str, Any]]:
    """The next hearing's stream and command, when the latest one has covered its time at or before `as_of`. A hearing
    that was put off beyond the next one's time takes its place."""
    last = await hearing_queries.to_follow(reads, as_of)
    if last is None:
        return []
    rules, since = await _rules(reads), last["covers_until"]
    month = next_month(Period(last["year"], last["month"]), rules)
    dates = first_after(since, month, rules, await queries.work_calendar(reads))
    stream = hearing_id(last["stream"].partition("-")[0], dates.month)
    command = ScheduleHearing(since, dates, await reporters(reads, since), CLOCK)
    return [{"stream": stream, "name": SCHEDULING, "due_at": since, "command": command}]


async def _rules(reads: Reads) -> HearingRules:
    try:
        return HearingRules.of(await queries.settings(reads))
    except WrongSetting as error:
        log.error("a setting of the hearings cannot be read; the defaults hold", extra={"error": str(error)})
        return HearingRules()


async def clock_pack(reads: Reads, stream: str, due_at: datetime) -> PreparePack:
    """The pack that the clock prepares, as of when it fell due."""
    row = await hearing_queries.one(reads, stream)
    if row is None:
        raise LookupError(f"{stream} has a deadline and no hearing")
    return PreparePack(await pack_of(reads, row, due_at), CLOCK)
