"""The working-day calendar against the State Council's notices, and its properties."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sevenx.declaration import ROOT
from sevenx.district.calendar import CalendarYear, WorkCalendar


def _published() -> WorkCalendar:
    return WorkCalendar.of(_year(yaml.safe_load(path.read_text("utf-8"))) for path in _files())


def _files() -> list[Any]:
    return sorted((ROOT / "data" / "calendars").glob("CN-*.yaml"))


def _year(data: dict[str, Any]) -> CalendarYear:
    holidays = data["holidays"]
    return CalendarYear(
        data["year"],
        frozenset(day for h in holidays for day in h["days_off"]),
        frozenset(day for h in holidays for day in h.get("workdays", [])),
        data["provisional"],
        data["sources"][0]["number"],
    )


CALENDAR = _published()
days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
counts = st.integers(-60, 60)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 1, 24), False),  # Spring Festival's eve, a Friday
        (date(2020, 1, 19), True),  # a Sunday that was worked
        (date(2020, 2, 1), False),  # taken back as a make-up day when the holiday was prolonged
        (date(2020, 2, 3), True),
        (date(2020, 6, 28), True),
        (date(2020, 10, 8), False),
        (date(2021, 9, 18), True),
        (date(2022, 10, 8), True),
        (date(2023, 1, 27), False),
        (date(2024, 2, 9), True),  # the eve was not a day off in 2024
        (date(2025, 1, 26), True),
        (date(2025, 10, 8), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 10, 10), True),
    ],
)
def test_known_days_are_as_the_state_council_published_them(day: date, works: bool) -> None:
    assert CALENDAR.is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (date(2020, 1, 25), date(2020, 2, 3)),  # the prolonged Spring Festival
        (date(2020, 10, 3), date(2020, 10, 9)),
        (date(2026, 9, 25), date(2026, 9, 28)),  # Mid-Autumn falls on the 25th
        (date(2026, 7, 25), date(2026, 7, 27)),  # a Saturday
        (date(2026, 8, 25), date(2026, 8, 25)),
    ],
)
def test_the_next_working_day_of_a_25th(day: date, next_day: date) -> None:
    assert CALENDAR.next_working_day(day) == next_day


def test_a_year_that_was_never_published_has_a_provisional_calendar_and_never_fails() -> None:
    assert CALENDAR.is_provisional(date(2040, 6, 1))
    assert CALENDAR.next_working_day(date(2040, 10, 1)) == date(2040, 10, 4)
    assert WorkCalendar().is_working_day(date(2026, 8, 25))


def test_a_year_published_provisionally_is_marked_until_the_notice_comes() -> None:
    assert CALENDAR.is_provisional(date(2027, 3, 1))
    final = WorkCalendar.of([*CALENDAR.years.values(), CalendarYear(2027, frozenset(), frozenset(), source="notice")])
    assert not final.is_provisional(date(2027, 3, 1))


def test_the_last_days_of_december_depend_on_the_next_years_notice() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 27))
    assert CALENDAR.is_provisional(date(2026, 12, 29))


def test_the_next_years_notice_may_move_days_of_december() -> None:
    """国办发明电〔2018〕15号: 29 December 2018 worked, 30 and 31 off, in the notice of 2019."""
    notice = CalendarYear(
        2019,
        frozenset({date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1)}),
        frozenset({date(2018, 12, 29)}),
        source="国办发明电〔2018〕15号",
    )
    calendar = WorkCalendar.of([CalendarYear(2018, frozenset(), frozenset()), notice])
    assert calendar.is_working_day(date(2018, 12, 29))
    assert calendar.next_working_day(date(2018, 12, 30)) == date(2019, 1, 2)


@given(days)
def test_the_next_working_day_is_the_first_one_not_before(day: date) -> None:
    found = CALENDAR.next_working_day(day)
    assert CALENDAR.is_working_day(found)
    assert found >= day
    assert not any(CALENDAR.is_working_day(day + timedelta(n)) for n in range((found - day).days))


@given(days)
def test_the_previous_working_day_is_the_last_one_not_after(day: date) -> None:
    found = CALENDAR.previous_working_day(day)
    assert CALENDAR.is_working_day(found)
    assert found <= day
    assert not any(CALENDAR.is_working_day(found + timedelta(n)) for n in range(1, (day - found).days + 1))


@given(days, days, counts)
def test_adding_working_days_never_changes_the_order_of_two_days(one: date, other: date, n: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_working_days(first, n) <= CALENDAR.add_working_days(second, n)


@given(days, counts)
def test_what_is_added_is_what_lies_between(day: date, n: int) -> None:
    start = CALENDAR.next_working_day(day)
    there = CALENDAR.add_working_days(start, n)
    assert CALENDAR.is_working_day(there)
    assert CALENDAR.working_days_between(start, there) == n
    assert CALENDAR.add_working_days(there, -n) == start


@given(days, st.integers(1, 30), st.integers(0, 30))
def test_adding_in_two_steps_is_adding_at_once(day: date, n: int, m: int) -> None:
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, n), m) == CALENDAR.add_working_days(day, n + m)
