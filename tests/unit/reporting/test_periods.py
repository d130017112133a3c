"""Clause 三(三): when a period begins, ends and is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.periods import Period
from services.reporting.domain.report.schedule import Rules, bounds, period_at, schedule
from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from sevenx.kernel.clock import SHANGHAI
from tests.unit.given import CALENDAR, at

periods = st.builds(Period, st.integers(2020, 2030), st.integers(1, 12))


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-07", "2026-06-26 00:00", "2026-07-26 00:00"),
        ("2026-12", "2026-11-26 00:00", "2027-01-01 00:00"),
        ("2027-01", "2027-01-01 00:00", "2027-01-26 00:00"),
        ("2027-02", "2027-01-26 00:00", "2027-02-26 00:00"),
    ],
)
def test_a_period_is_the_26th_to_the_25th_and_december_closes_on_the_31st(period: str, start: str, end: str) -> None:
    """三(三)."""
    assert bounds(Period.parse(period), Rules()) == (at(start), at(end))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2031, 12, 31), timezones=st.just(SHANGHAI)))
def test_every_instant_lies_in_exactly_one_period(instant: datetime) -> None:
    """三(三): later events fall into the next period, none into two or into none."""
    period = period_at(instant, Rules())
    starts, ends = bounds(period, Rules())
    assert starts <= instant < ends


@given(periods)
def test_a_period_begins_where_the_one_before_ended(period: Period) -> None:
    assert bounds(period.next(), Rules())[0] == bounds(period, Rules())[1]
    assert period.next().previous() == period
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("rules", "due"),
    [
        (Rules(), "2026-07-28 00:00"),  # Saturday the 25th moves to Monday the 27th
        (Rules(non_working_day="previous_working_day"), "2026-07-25 00:00"),
        (Rules(non_working_day="no_move"), "2026-07-26 00:00"),
        (Rules(due_reading="before_day"), "2026-07-25 00:00"),
        (Rules(due_day=24, non_working_day="no_move"), "2026-07-25 00:00"),
    ],
)
def test_before_the_25th_is_until_its_midnight_moved_as_the_settings_say(rules: Rules, due: str) -> None:
    """三(三) “每月25日前”."""
    assert schedule(Period(2026, 7), rules, CALENDAR).due_at == at(due)


def test_a_holiday_moves_the_due_day_over_all_of_it() -> None:
    """The prolonged Spring Festival of 2020: 24 January to 2 February."""
    off = frozenset(date(2020, 1, 24) + timedelta(n) for n in range(10))
    calendar = WorkCalendar.of([CalendarYear(2020, off, frozenset({date(2020, 1, 19)}))])
    dates = schedule(Period(2020, 1), Rules(), calendar)
    assert (dates.nominal_day, dates.due_day) == (date(2020, 1, 25), date(2020, 2, 3))
    assert dates.contribution_due_at == at("2020-01-21 00:00")


def test_reminders_come_on_working_days_before_the_due_day() -> None:
    """三(三): reminders before the deadline; 24 July 2026 is the Friday before."""
    dates = schedule(Period(2026, 7), Rules(reminder_days_before=(0, 3, 1)), CALENDAR)
    assert [(r.at, r.working_days_before) for r in dates.reminders] == [
        (at("2026-07-22 00:00"), 3),
        (at("2026-07-24 00:00"), 1),
        (at("2026-07-27 00:00"), 0),
    ]


def test_an_unpublished_year_gives_provisional_dates_and_no_error() -> None:
    """Calendar: it never fails, and it is visibly marked."""
    dates = schedule(Period(2031, 5), Rules(), WorkCalendar())
    assert dates.provisional
    assert [(one.year, one.provisional) for one in dates.calendars] == [(2031, True)]
    assert not schedule(Period(2026, 5), Rules(), CALENDAR).provisional


@given(periods, st.sampled_from(["next_working_day", "previous_working_day", "no_move"]), st.integers(1, 31))
def test_a_contribution_is_never_due_after_the_report(period: Period, moves: str, day: int) -> None:
    """三(三): the internal date lies before the report's own, whatever the settings."""
    dates = schedule(period, Rules(non_working_day=moves, contribution_day=day), CALENDAR)
    assert dates.contribution_due_at <= dates.due_at
    assert all(one.at < dates.due_at for one in dates.reminders)


def test_the_rules_are_recorded_and_read_back_as_they_were_used() -> None:
    rules = Rules.of(DistrictSettings({"report.due_day": "24", "report.reminder_days_before": "3, 0"}))
    assert Rules.from_used(rules.used()) == rules
    assert Rules.of(DistrictSettings()) == Rules()


@pytest.mark.parametrize("text", ["2026-13", "2026-7", "July", "2026-07-01"])
def test_another_form_of_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2026-07"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [("report.due_day", "0"), ("report.reminder_days_before", "-1"), ("report.timezone", "Mars/Olympus")],
)
def test_a_setting_out_of_its_range_is_an_error_that_names_it(key: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=key):
        Rules.of(DistrictSettings({key: value}))
