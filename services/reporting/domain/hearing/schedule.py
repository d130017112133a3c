"""When a hearing is, and what it covers: from the settings and the calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.periods import Period
from services.reporting.domain.values import CalendarUsed, SettingUsed
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from sevenx.kernel.cut_offs import day_end


@dataclass(frozen=True)
class HearingRules:
    """The settings that a hearing's dates follow."""

    months: tuple[int, ...] = (2, 4, 6, 8, 10, 12)
    cover_day: int = 25
    working_days_after: int = 2

    @classmethod
    def of(cls, settings: DistrictSettings) -> HearingRules:
        """The rules that the settings say; WrongSetting when one cannot be read or is out of its range."""
        months = tuple(sorted(set(settings.integers("hearing.months"))))
        _in_range("hearing.months", months or (0,), 1, 12)
        cover_day, after = settings.integer("hearing.cover_day"), settings.integer("hearing.working_days_after")
        _in_range("hearing.cover_day", (cover_day,), 1, 31)
        _in_range("hearing.working_days_after", (after,), 0, 20)
        return cls(months, cover_day, after)

    def used(self) -> tuple[SettingUsed, ...]:
        """The values by their keys, for the event that schedules a hearing."""
        values = {
            "hearing.months": ",".join(map(str, self.months)),
            "hearing.cover_day": str(self.cover_day),
            "hearing.working_days_after": str(self.working_days_after),
        }
        return tuple(SettingUsed(key, value) for key, value in values.items())


def _in_range(key: str, values: Iterable[int], least: int, most: int) -> None:
    for value in values:
        if not least <= value <= most:
            raise WrongSetting(f"setting {key} has {value}; it must lie between {least} and {most}")


@dataclass(frozen=True)
class HearingDates:
    """One hearing's dates. What was recorded at or after `covers_until` (24:00 of a working day) is the next one's."""

    month: Period
    number: int
    covers_until: datetime
    planned_on: date
    calendars: tuple[CalendarUsed, ...]
    provisional: bool
    rules: HearingRules


def dates_of(month: Period, rules: HearingRules, calendar: WorkCalendar) -> HearingDates:
    """三(一) “每双月”: the hearing of a month covers until the day on which the month's reports are due, moved to a
    working day as they are, and is held some working days later, so that the pack can be read."""
    nominal = month.day(rules.cover_day)
    covered = calendar.next_working_day(nominal)
    planned = calendar.add_working_days(covered, rules.working_days_after) if rules.working_days_after else covered
    return HearingDates(
        month=month,
        number=bisect_left(rules.months, month.month) + 1,
        covers_until=day_end(covered),
        planned_on=planned,
        calendars=tuple(
            CalendarUsed(one.year, one.provisional, one.source)
            for one in map(calendar.year, sorted({nominal.year, planned.year}))
        ),
        provisional=any(calendar.is_provisional(day) for day in (nominal, covered, planned)),
        rules=rules,
    )


def covers_until_for(planned_on: date, rules: HearingRules, calendar: WorkCalendar) -> datetime:
    """What a hearing on another day covers: until as many working days before it as the settings leave for reading."""
    days = rules.working_days_after
    return day_end(calendar.add_working_days(planned_on, -days) if days else planned_on)


def next_month(after: Period, rules: HearingRules) -> Period:
    """The first month of a hearing that lies after a month."""
    at = bisect_right(rules.months, after.month)
    if at < len(rules.months):
        return Period(after.year, rules.months[at])
    return Period(after.year + 1, rules.months[0])


def month_before(month: Period, rules: HearingRules) -> Period:
    """The last month of a hearing that lies before a month."""
    at = bisect_left(rules.months, month.month)
    return Period(month.year, rules.months[at - 1]) if at else Period(month.year - 1, rules.months[-1])


def first_after(instant: datetime, month: Period, rules: HearingRules, calendar: WorkCalendar) -> HearingDates:
    """The first hearing, from that of `month` on (or the next one after it), that still has something to cover."""
    candidate = month if month.month in rules.months else next_month(month, rules)
    while (dates := dates_of(candidate, rules, calendar)).covers_until <= instant:
        candidate = next_month(candidate, rules)
    return dates
