"""Working days in China: weekends, the State Council's days off and its make-up workdays.

Pure: the days are given as data, which the registry publishes year by year (CalendarPublished). A year that was not
published yet is never an error: it has a provisional calendar, and whoever uses it can see that and recalculate later.
Source of the days: the yearly notices of the State Council's General Office (国务院办公厅关于部分节假日安排的通知).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""(month, day) of the statutory holidays that do not follow the moon. Source: 全国年节及纪念日放假办法 (2024)."""

_TURN_OF_YEAR = 28
"""From this day of December on the next year's notice may move days (in 2018 the 29th worked and the 30th was off)."""


@dataclass(frozen=True)
class CalendarYear:
    """One year's days as published.

    `days_off` are holidays (weekends need not be named), `workdays` are weekend days on which people work. Days of the
    December before may stand in a year's notice.
    """

    year: int
    days_off: frozenset[date]
    workdays: frozenset[date]
    provisional: bool = False
    source: str = ""

    @classmethod
    def assumed(cls, year: int) -> CalendarYear:
        """The provisional calendar of a year of which nothing was published: weekends and the fixed holidays."""
        off = frozenset(date(year, month, day) for month, day in _FIXED_HOLIDAYS)
        return cls(year, off, frozenset(), provisional=True)


@dataclass(frozen=True)
class WorkCalendar:
    """Working days over all years, from the years that were published.

    Where two years name one day (at the turn of the year), the later year's notice holds.
    """

    years: Mapping[int, CalendarYear] = field(default_factory=dict)

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> WorkCalendar:
        """A calendar of these years; of two for one year the later in the iteration holds."""
        return cls({one.year: one for one in years})

    def year(self, year: int) -> CalendarYear:
        """What holds for a year: as published, else assumed and provisional."""
        return self.years.get(year) or CalendarYear.assumed(year)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        for one in (self.year(day.year + 1), self.year(day.year)):
            if day in one.workdays:
                return True
            if day in one.days_off:
                return False
        return day.weekday() < _SATURDAY

    def is_provisional(self, day: date) -> bool:
        """Whether what is said of this day may still change by a notice that has not appeared."""
        turn = day.month == 12 and day.day >= _TURN_OF_YEAR and self.year(day.year + 1).provisional
        return turn or self.year(day.year).provisional

    def next_working_day(self, day: date) -> date:
        """The day itself when people work on it, else the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when people work on it, else the last working day before it."""
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def add_working_days(self, day: date, days: int) -> date:
        """The `days`-th working day after `day` (before it when negative); the day itself does not count.

        With 0: the day itself, or the next working day.
        """
        if days == 0:
            return self.next_working_day(day)
        step = _DAY if days > 0 else -_DAY
        for _ in range(abs(days)):
            day += step
            day = self.next_working_day(day) if days > 0 else self.previous_working_day(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Working days after `after` up to and with `until`; negative when `until` lies before."""
        if until < after:
            return -self.working_days_between(until, after)
        span = (until - after).days
        return sum(self.is_working_day(after + n * _DAY) for n in range(1, span + 1))
