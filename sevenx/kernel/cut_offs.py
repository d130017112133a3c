"""Cut-offs: the instants at which months and years close (mechanism, 三(三): the 26th to the 25th; December closes on
the 31st, so that January's period is the 1st to the 25th)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sevenx.kernel.clock import SHANGHAI


@dataclass(frozen=True, order=True)
class CutOff:
    """The end of a period: everything that occurred before `as_of` (UTC) belongs to it or to an earlier one."""

    as_of: datetime
    kind: str
    """`month` or `year`."""
    period: str
    """`2026-07` or `2026`."""


def day_end(day: date) -> datetime:
    """24:00 of a day in China, UTC."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


def month_end(year: int, month: int, last_day: int, december_last_day: int) -> datetime:
    """When a month's period closes; a day that the month lacks is its last."""
    wanted = december_last_day if month == 12 else last_day
    return day_end(date(year, month, min(wanted, calendar.monthrange(year, month)[1])))


def cut_offs(after: datetime, until: datetime, last_day: int = 25, december_last_day: int = 31) -> Iterator[CutOff]:
    """The cut-offs with after < as_of <= until, in order; a year closes with its December, right after it."""
    day = after.astimezone(SHANGHAI)
    year, month = day.year, day.month
    while True:
        as_of = month_end(year, month, last_day, december_last_day)
        if as_of > until:
            return
        if as_of > after:
            yield CutOff(as_of, "month", f"{year}-{month:02d}")
            if month == 12:
                yield CutOff(as_of, "year", str(year))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
