"""When a hearing is and what it covers, clause 三(一)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.hearing.schedule import (
    HearingRules,
    covers_until_for,
    dates_of,
    first_after,
    month_before,
    next_month,
)
from services.reporting.domain.periods import Period
from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from tests.unit.given import CALENDAR, at

RULES = HearingRules()
periods = st.builds(Period, st.integers(2024, 2027), st.integers(1, 12))
months = st.sets(st.integers(1, 12), min_size=1).map(lambda some: tuple(sorted(some)))


def test_there_are_six_hearings_a_year_in_the_even_months() -> None:
    """三(一) 每双月听取: 2, 4, 6, 8, 10, 12, and after December comes February."""
    month, heard = Period(2026, 1), []
    for _ in range(7):
        month = next_month(month, RULES)
        heard.append((str(month), dates_of(month, RULES, CALENDAR).number))
    assert heard == [
        ("2026-02", 1),
        ("2026-04", 2),
        ("2026-06", 3),
        ("2026-08", 4),
        ("2026-10", 5),
        ("2026-12", 6),
        ("2027-02", 1),
    ]


def test_a_hearing_covers_until_the_reports_are_due_and_leaves_two_working_days_to_read() -> None:
    """三(一), 三(三): 25 August 2026 is a Tuesday, so the hearing is on Thursday the 27th."""
    dates = dates_of(Period(2026, 8), RULES, CALENDAR)
    assert (dates.covers_until, dates.planned_on) == (at("2026-08-26 00:00"), date(2026, 8, 27))


def test_a_covered_day_that_is_no_working_day_moves_as_the_reports_due_day_does() -> None:
    """三(一): 25 October 2026 is a Sunday."""
    dates = dates_of(Period(2026, 10), RULES, CALENDAR)
    assert (dates.covers_until, dates.planned_on) == (at("2026-10-27 00:00"), date(2026, 10, 28))


def test_a_year_that_is_not_published_makes_the_dates_provisional() -> None:
    assert dates_of(Period(2026, 8), RULES, WorkCalendar()).provisional
    published = WorkCalendar.of([CalendarYear(2026, frozenset(), frozenset(), source="notice")])
    assert not dates_of(Period(2026, 8), RULES, published).provisional


def test_the_first_hearing_is_the_first_that_still_has_something_to_cover() -> None:
    assert str(first_after(at("2026-08-25 23:59"), Period(2026, 8), RULES, CALENDAR).month) == "2026-08"
    assert str(first_after(at("2026-08-26 00:00"), Period(2026, 8), RULES, CALENDAR).month) == "2026-10"
    assert str(first_after(at("2026-12-30 00:00"), Period(2026, 12), RULES, CALENDAR).month) == "2027-02"


@given(periods, months)
def test_the_hearing_before_the_next_one_is_the_month_itself(month: Period, heard: tuple[int, ...]) -> None:
    rules = HearingRules(months=heard)
    following = next_month(month, rules)
    assert following > month
    assert following.month in heard
    before = month_before(following, rules)
    assert before <= month
    assert next_month(before, rules) == following


@given(periods, months)
def test_what_hearings_cover_follows_without_gap_or_overlap(month: Period, heard: tuple[int, ...]) -> None:
    """三(一): everything since the hearing before, once."""
    rules = HearingRules(months=heard)
    first = dates_of(next_month(month, rules), rules, CALENDAR)
    second = dates_of(next_month(first.month, rules), rules, CALENDAR)
    before = dates_of(month_before(second.month, rules), rules, CALENDAR)
    assert before.covers_until == first.covers_until < second.covers_until


@given(periods, st.integers(0, 5))
def test_a_hearing_on_the_planned_day_covers_what_it_was_planned_to_cover(month: Period, after: int) -> None:
    rules = HearingRules(working_days_after=after)
    dates = dates_of(month, rules, CALENDAR)
    assert covers_until_for(dates.planned_on, rules, CALENDAR) == dates.covers_until


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hearing.months", "0,2"),
        ("hearing.months", "2,13"),
        ("hearing.months", ","),
        ("hearing.months", "two"),
        ("hearing.cover_day", "32"),
        ("hearing.working_days_after", "-1"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(key: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=key):
        HearingRules.of(DistrictSettings({key: value}))


def test_the_defaults_are_the_settings_defaults() -> None:
    assert HearingRules.of(DistrictSettings()) == RULES
    used = {one.key: one.value for one in RULES.used()}
    assert HearingRules.of(DistrictSettings(used)) == RULES
