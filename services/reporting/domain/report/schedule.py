"""Report periods and what follows from the calendar and the settings: when each begins, ends and is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from services.reporting.domain.periods import Period
from services.reporting.domain.values import CalendarUsed, Reminder, SettingUsed
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from sevenx.kernel.cut_offs import month_end

_DAY = timedelta(days=1)
_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Rules:
    """The settings that a report's dates follow, as they stood when the period was opened."""

    due_day: int = 25
    due_reading: str = "until_day_end"
    non_working_day: str = "next_working_day"
    timezone: str = "Asia/Shanghai"
    clock_stops_at: str = "sign_off"
    contribution_day: int = 20
    reminder_days_before: tuple[int, ...] = (5, 2, 0)
    period_last_day: int = 25
    december_last_day: int = 31
    funds_basis: str = "first_checked"

    @classmethod
    def of(cls, settings: DistrictSettings) -> Rules:
        """The rules that the settings say; WrongSetting when one cannot be read or is out of its range."""
        days = ("due_day", "contribution_day", "period_last_day", "december_last_day")
        for name in days:
            _in_range(f"report.{name}", settings.integer(f"report.{name}"), 1, 31)
        for before in settings.integers("report.reminder_days_before"):
            _in_range("report.reminder_days_before", before, 0, 31)
        if settings.text("report.timezone") not in available_timezones():
            raise WrongSetting(
                f"setting report.timezone is {settings.text('report.timezone')!r}, which is no time zone"
            )
        return cls(
            due_day=settings.integer("report.due_day"),
            due_reading=settings.choice("report.due_reading"),
            non_working_day=settings.choice("report.non_working_day"),
            timezone=settings.text("report.timezone"),
            clock_stops_at=settings.choice("report.clock_stops_at"),
            contribution_day=settings.integer("report.contribution_day"),
            reminder_days_before=settings.integers("report.reminder_days_before"),
            period_last_day=settings.integer("report.period_last_day"),
            december_last_day=settings.integer("report.december_last_day"),
            funds_basis=settings.choice("funds.monthly_basis"),
        )

    @classmethod
    def from_used(cls, used: Iterable[SettingUsed]) -> Rules:
        """The rules under which a period was opened, from its own event."""
        return cls.of(DistrictSettings.of((one.key, one.value) for one in used))

    def used(self) -> tuple[SettingUsed, ...]:
        """The values by their keys, for the event that opens a period."""
        values = {
            "report.due_day": str(self.due_day),
            "report.due_reading": self.due_reading,
            "report.non_working_day": self.non_working_day,
            "report.timezone": self.timezone,
            "report.clock_stops_at": self.clock_stops_at,
            "report.contribution_day": str(self.contribution_day),
            "report.reminder_days_before": ",".join(map(str, self.reminder_days_before)),
            "report.period_last_day": str(self.period_last_day),
            "report.december_last_day": str(self.december_last_day),
            "funds.monthly_basis": self.funds_basis,
        }
        return tuple(SettingUsed(key, value) for key, value in values.items())


@dataclass(frozen=True)
class Schedule:
    """A period's instants (UTC). `due_at` and `contribution_due_at` are the 24:00 of their day: what comes at that
    instant or after it is late."""

    period: Period
    starts_at: datetime
    ends_at: datetime
    due_at: datetime
    due_day: date
    nominal_day: date
    """The day before any move off a non-working day."""
    contribution_due_at: datetime
    reminders: tuple[Reminder, ...]
    calendars: tuple[CalendarUsed, ...]
    provisional: bool
    """Whether a day that was looked at lies in a year whose calendar is not final."""
    rules: Rules


def _in_range(key: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise WrongSetting(f"setting {key} has {value}; it must lie between {least} and {most}")


def bounds(period: Period, rules: Rules) -> tuple[datetime, datetime]:
    """三(三): the 26th to the 25th; December closes on the 31st, so January's period is the 1st to the 25th.

    A period begins where the one before ended, so that every instant lies in exactly one.
    """
    before = period.previous()
    ends = [month_end(p.year, p.month, rules.period_last_day, rules.december_last_day) for p in (before, period)]
    return ends[0], ends[1]


def period_at(instant: datetime, rules: Rules) -> Period:
    """The period in which an instant lies."""
    local = instant.astimezone(_CHINA)
    period = Period(local.year, local.month)
    return period if instant < bounds(period, rules)[1] else period.next()


def schedule(period: Period, rules: Rules, calendar: WorkCalendar) -> Schedule:
    """三(三): every instant of a period. The contribution is never due after the report itself."""
    nominal = due_day_before_moves(period, rules)
    due = move_off_non_working_day(nominal, rules, calendar)
    contribution = min(move_off_non_working_day(period.day(rules.contribution_day), rules, calendar), due)
    reminders = tuple(
        Reminder(_day_start(_working_days_before(due, days, calendar), rules), days)
        for days in sorted(set(rules.reminder_days_before), reverse=True)
    )
    starts_at, ends_at = bounds(period, rules)
    first = min([nominal, period.day(rules.contribution_day), *(r.at.astimezone(_CHINA).date() for r in reminders)])
    looked_at = [first + n * _DAY for n in range((max(due, nominal) - first).days + 1)]
    return Schedule(
        period=period,
        starts_at=starts_at,
        ends_at=ends_at,
        due_at=_day_end(due, rules),
        due_day=due,
        nominal_day=nominal,
        contribution_due_at=_day_end(contribution, rules),
        reminders=reminders,
        calendars=tuple(
            CalendarUsed(one.year, one.provisional, one.source)
            for one in map(calendar.year, sorted({day.year for day in looked_at}))
        ),
        provisional=any(calendar.is_provisional(day) for day in looked_at),
        rules=rules,
    )


def due_day_before_moves(period: Period, rules: Rules) -> date:
    """三(三) “每月25日前”: until the 25th 24:00, or by the narrower reading until the 24th 24:00."""
    day = period.day(rules.due_day)
    return day if rules.due_reading == "until_day_end" else day - _DAY


def move_off_non_working_day(day: date, rules: Rules, calendar: WorkCalendar) -> date:
    """A due day that is no working day moves to the next or the previous one, or stays, as the setting says."""
    match rules.non_working_day:
        case "next_working_day":
            return calendar.next_working_day(day)
        case "previous_working_day":
            return calendar.previous_working_day(day)
        case _:
            return day


def _working_days_before(due: date, days: int, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(due, -days) if days else due


def _day_start(day: date, rules: Rules) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(rules.timezone)).astimezone(UTC)


def _day_end(day: date, rules: Rules) -> datetime:
    return _day_start(day + _DAY, rules)
