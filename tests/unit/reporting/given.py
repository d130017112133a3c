"""Given events, when a command, then events: the words of the tests of a report."""

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
from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.errors import Rejection

CALENDAR = WorkCalendar.of(CalendarYear(year, frozenset(), frozenset(), source="test") for year in range(2024, 2029))
"""Weekends alone."""

LEADS = ("410804-U-development-reform", "410804-U-science-industry")
UNITS = ("410804-U-finance", "410804-U-statistics")
LIAISON, HEAD, OTHER_HEAD, LEADER, DEPUTY, BUREAU = (
    f"410804-N-{who}" for who in ("lia", "h1", "h2", "ldr", "dep", "com")
)


def at(text: str) -> datetime:
    """A time in China, `2026-08-24 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


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


class Told:
    """A report that the given commands have brought about, and what the last one answered."""

    def __init__(self, *commands: Any, opened: c.OpenReport | None = None) -> None:
        self.events: list[Any] = []
        self.state: Report = REPORT.initial
        self.last: Any = []
        self.when(opened or open_report(), *commands)

    def when(self, *commands: Any) -> Told:
        """Give the commands in order; a refusal that is not the last one's fails the test."""
        for n, command in enumerate(commands):
            self.last = REPORT.decide(command, self.state)
            if isinstance(self.last, Rejection):
                assert n == len(commands) - 1, f"{command} was refused: {self.last}"
                break
            self.events.extend(self.last)
            self.state = REPORT.fold(self.last, self.state)
        return self

    def then(self, *kinds: type) -> list[Any]:
        """The last command caused exactly events of these kinds, which are returned."""
        assert not isinstance(self.last, Rejection), self.last
        assert [type(one) for one in self.last] == list(kinds)
        return list(self.last)

    def refused(self, code: str) -> Rejection:
        """The last command was refused for this reason, in both languages."""
        assert isinstance(self.last, Rejection), self.last
        assert self.last.code == code
        assert self.last.zh
        assert self.last.en
        return self.last

    def all(self, kind: type) -> list[Any]:
        return [one for one in self.events if isinstance(one, kind)]


def opening(told: Told) -> ReportPeriodOpened:
    found: ReportPeriodOpened = told.all(ReportPeriodOpened)[0]
    return found


def later(command: Any, by: timedelta) -> Any:
    return replace(command, at=command.at + by)


def refolded(events: Iterable[Any]) -> Report:
    return REPORT.fold(events)
