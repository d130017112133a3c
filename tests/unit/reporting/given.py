"""The words of the tests of a report: its commands, and a report that they bring about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from services.reporting.deciders import REPORT
from services.reporting.domain.periods import Period
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.events import ReportPeriodOpened
from services.reporting.domain.report.schedule import Rules, schedule
from services.reporting.domain.report.state import Report
from services.reporting.domain.report.values import CutMark, Figure, Indicator
from sevenx.district.calendar import WorkCalendar
from tests.unit import given
from tests.unit.given import CALENDAR, at

LEADS = ("410804-U-development-reform", "410804-U-science-industry")
UNITS = ("410804-U-finance", "410804-U-statistics")
LIAISON, HEAD, OTHER_HEAD, LEADER, DEPUTY, BUREAU = (
    f"410804-N-{who}" for who in ("lia", "h1", "h2", "ldr", "dep", "com")
)


def figures(signed: int = 0) -> tuple[Figure, ...]:
    """Zeros, and this many signed projects in the month and the year."""
    return tuple(
        Figure(one, Decimal(signed), Decimal(signed))
        if one is Indicator.SIGNED_COUNT
        else Figure(one, Decimal(0), Decimal(0))
        for one in Indicator
    )


def open_report(period: str = "2026-08", calendar: WorkCalendar = CALENDAR, **rules: Any) -> c.OpenReport:
    """Open group one's report; 25 August 2026 is a Tuesday."""
    dates = schedule(Period.parse(period), replace(Rules(), **rules), calendar)
    return c.OpenReport(dates.starts_at, "410804-G-1", dates, LEADS, UNITS)


DRAFT = c.DraftReport(at("2026-08-20 10:00"), LIAISON, "本月新签约项目推进顺利。", figures())
REVIEW = c.ReviewReport(at("2026-08-21 10:00"), HEAD, LEADS[0], LEADS)
OTHER_REVIEW = c.ReviewReport(at("2026-08-21 11:00"), OTHER_HEAD, LEADS[1], LEADS)
SIGN = c.SignOff(at("2026-08-24 10:00"), LEADER, as_leader=True, lead_units=LEADS)
READY = (DRAFT, REVIEW, OTHER_REVIEW)
RETURN = c.ReturnReport(BUREAU, ("数字有误",))
ACCEPT = c.AcceptReport(BUREAU)
DUE = at("2026-08-26 00:00")
JUDGE = c.JudgeDeadline(DUE)


def cut(as_of: datetime = DUE) -> tuple[CutMark, ...]:
    return tuple(
        CutMark(area, p, f"410804-PC-{area}-{p}", 1, as_of) for area in ("projects", "registry") for p in range(6)
    )


class Told(given.Told[Report]):
    """A report that the given commands have brought about, and what the last one answered."""

    def __init__(self, *commands: Any, opened: c.OpenReport | None = None) -> None:
        super().__init__(REPORT, opened or open_report(), *commands)


def opening(told: Told) -> ReportPeriodOpened:
    found: ReportPeriodOpened = told.all(ReportPeriodOpened)[0]
    return found


def later(command: Any, by: timedelta) -> Any:
    return replace(command, at=command.at + by)


def refolded(events: Iterable[Any]) -> Report:
    return REPORT.fold(events)
