"""When the reminders before a directive's due day come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.reporting.domain.values import Reminder
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from sevenx.kernel.cut_offs import day_end

SETTING = "directive.reminder_days_before"
_DAY = timedelta(days=1)
_MOST = 31


@dataclass(frozen=True)
class Reminding:
    """How many working days before the due day an owner is reminded, and which days those are."""

    days_before: tuple[int, ...] = (3,)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    @classmethod
    def of(cls, settings: DistrictSettings, calendar: WorkCalendar) -> Reminding:
        """As the district has set it; WrongSetting when that cannot be read or is out of its range."""
        days_before = settings.integers(SETTING)
        for days in days_before:
            if not 0 <= days <= _MOST:
                raise WrongSetting(f"setting {SETTING} has {days}; it must lie between 0 and {_MOST}")
        return cls(days_before, calendar)

    def ahead(self, due_on: date, at: datetime) -> tuple[Reminder, ...]:
        """三(五): the reminders of a due day that are still to come, each at the beginning of its day. One whose time
        is past when the day is set is left out: the owner hears of the day itself."""
        found = [
            Reminder(day_end(self._before(due_on, days) - _DAY), days)
            for days in sorted(set(self.days_before), reverse=True)
        ]
        return still_ahead(found, at)

    def _before(self, due_on: date, days: int) -> date:
        return self.calendar.add_working_days(due_on, -days) if days else due_on


def still_ahead(reminders: Iterable[Reminder], at: datetime) -> tuple[Reminder, ...]:
    return tuple(one for one in reminders if one.at > at)
