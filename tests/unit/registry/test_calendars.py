"""The shipped calendars: cited, consistent, and the unpublished year marked."""

from __future__ import annotations

from datetime import date

import pytest

from services.registry.domain.district.commands import PublishCalendar
from services.registry.domain.roster.document import CalendarEntry, RosterDocument

from .roster_samples import real_roster
from .scenario import DISTRICT, GENESIS, day, when

ROSTER = real_roster()
CALENDARS = ROSTER.calendars if isinstance(ROSTER, RosterDocument) else ()


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: str(calendar.year))
def test_every_calendar_cites_its_notice_and_can_be_published(calendar: CalendarEntry) -> None:
    """三（三）: the State Council's holidays and make-up days."""
    command = PublishCalendar(
        calendar.year, calendar.provisional, calendar.days_off, calendar.workdays, calendar.source
    )
    assert len(when(DISTRICT, [GENESIS], command)) == 1  # type: ignore[arg-type]
    assert ("国办发明电" in calendar.source) is not calendar.provisional


def test_a_published_year_has_as_many_free_weekdays_as_the_law_grants() -> None:
    """Weekdays off less make-up days: the statutory 11, and 13 from 2025 on (国务院令第795号). In 2020 two more,
    by which 国办发明电〔2020〕1号 prolonged the Spring Festival."""
    free = {c.year: sum(d.weekday() < 5 for d in c.days_off) - len(c.workdays) for c in CALENDARS if not c.provisional}
    assert free == {2020: 13, 2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}


def test_the_prolonged_spring_festival_of_2020_took_back_a_make_up_day() -> None:
    """国办发明电〔2020〕1号"""
    calendar = CALENDARS[0]
    assert day("2020-02-01") in calendar.days_off
    assert day("2020-02-01") not in calendar.workdays
    assert "国办发明电〔2020〕1号" in calendar.source


def test_2026_is_as_published() -> None:
    """国办发明电〔2025〕7号"""
    calendar = next(c for c in CALENDARS if c.year == 2026)
    made_up = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
    assert sorted(calendar.workdays) == [date.fromisoformat(text) for text in made_up]
    assert len(calendar.days_off) == 3 + 9 + 3 + 5 + 3 + 3 + 7
