"""Words of the tests of hearings: group one and a unit are heard on 27 August 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.reporting.deciders import HEARING
from services.reporting.domain.hearing import commands as h
from services.reporting.domain.hearing.schedule import HearingRules, dates_of
from services.reporting.domain.hearing.state import Hearing
from services.reporting.domain.hearing.values import GroupBrief, Pack, Results, UnitBrief
from services.reporting.domain.periods import Period
from tests.unit.given import CALENDAR, Told, at

GROUP, UNIT = "410804-G-1", "410804-U-finance"
OFFICE, CLERK, LEADER = "410804-N-office", "410804-N-clerk", "410804-N-leader"
SINCE, UNTIL = at("2026-06-26 00:00"), at("2026-08-26 00:00")
TODAY = date(2026, 8, 27)
DRAFT, OTHER_DRAFT, ISSUED = "a" * 64, "b" * 64, "c" * 64

SCHEDULE = h.ScheduleHearing(SINCE, dates_of(Period(2026, 8), HearingRules(), CALENDAR), (GROUP, UNIT), "clock")
HELD = h.RecordHearing(TODAY, TODAY, "示例区长（模拟）", (GROUP,), "要求加快签约。", OFFICE)
DRAFTED = h.DraftMinutes(TODAY, DRAFT, CLERK)
APPROVED = h.ApproveMinutes(TODAY, DRAFT, LEADER)
NUMBER = "马政办会纪〔2026〕3号"
ISSUE = h.IssueMinutes(TODAY, NUMBER, ISSUED, OFFICE)


def results(signed: int = 0) -> Results:
    zero = Decimal("0.00")
    return Results(0, signed, zero, 0, 0, 0, zero, zero)


def pack(signed: int = 0, as_of: datetime = UNTIL, **other: Any) -> Pack:
    """A pack in which group one and the unit signed so many projects."""
    group = GroupBrief(GROUP, 1, "招商一组", "Group 1", results(signed), 2, 0, 0, 0, 0, 0, 0, 0)
    unit = UnitBrief(UNIT, "区财政局", "Finance", (GROUP,), results(signed), 0, 0, 0, 0, (), 0, 0)
    return replace(Pack(SINCE, UNTIL, as_of, (group,), (unit,), (), (), ()), **other)


PREPARE = h.PreparePack(pack(), "clock")


def hearing(*commands: Any) -> Told[Hearing]:
    """A scheduled hearing, and what the commands made of it."""
    return Told(HEARING, SCHEDULE, *commands)
