"""Clause 三(一): the principal heads' quarter of the year, prorated, overlaps once, forecast before it is too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.outreach.deciders import QUOTA, QUOTA_YEAR
from services.outreach.domain.quota import commands as c
from services.outreach.domain.quota.events import (
    QuotaAdjusted,
    QuotaDaysCounted,
    QuotaForecastDue,
    QuotaFulfilled,
    QuotaFulfilmentLost,
    QuotaOpened,
    QuotaShortfallCleared,
    QuotaShortfallNoted,
    QuotaYearEnded,
    QuotaYearOpened,
    Span,
)
from services.outreach.domain.quota.forecast import forecast
from tests.unit.given import Told

from .given import HEAD, QUARTER, TRIP_ID, UNIT, day, days

NEW_YEAR, LAST = day("01-01"), day("12-31")
OPEN = c.OpenQuota(HEAD, "何模拟", UNIT, 2026, date(2020, 7, 1), LAST, QUARTER)
OTHER_TRIP = "410804-T-2026-0002"


def quota(*commands: Any, **opened: Any) -> Told[Any]:
    return Told(QUOTA, replace(OPEN, **opened), *commands)


def count(*some: date, trip: str = TRIP_ID) -> c.CountDays:
    return c.CountDays(trip, some)


def review(as_of: str, *planned: date, least: int = 60) -> c.ReviewQuota:
    return c.ReviewQuota(day(as_of), frozenset(planned), least, QUARTER)


def leave(text: str) -> c.LeavePost:
    return c.LeavePost(day(text), "调离（模拟）", QUARTER)


def test_a_quarter_of_the_year_is_owed_rounded_up() -> None:
    """三(一) 不少于四分之一时间: a quarter of 365 days is 91.25, and 91 would be less."""
    opened = quota().then(QuotaOpened)[0]
    assert (opened.from_date, opened.until_date, opened.base_days, opened.required_days) == (NEW_YEAR, LAST, 365, 92)
    assert opened.share == 1 / Fraction(4)


@pytest.mark.parametrize(
    ("first", "base", "required"), [("07-01", 184, 46), ("12-31", 1, 1), ("12-29", 3, 1), ("12-27", 5, 2)]
)
def test_a_post_taken_during_the_year_is_prorated(first: str, base: int, required: int) -> None:
    opened = quota(from_date=day(first)).then(QuotaOpened)[0]
    assert (opened.base_days, opened.required_days) == (base, required)


def test_working_days_are_the_denominator_where_the_district_says_so() -> None:
    """Setting outreach.denominator; 2026 has 261 days from Monday to Friday in this calendar."""
    rules = replace(QUARTER, denominator=c.WORKING_DAYS)
    opened = quota(rules=rules).then(QuotaOpened)[0]
    assert (opened.base_days, opened.required_days) == (261, 66)


def test_a_post_left_during_the_year_is_prorated_and_what_was_done_after_it_does_not_count() -> None:
    told = quota(count(*days("06-01", "06-10"), *days("09-01", "09-05")), leave("07-01"))
    adjusted = told.then(QuotaAdjusted)[0]
    assert adjusted.spans == (Span(NEW_YEAR, day("06-30")),)
    assert (adjusted.base_days, adjusted.required_days, adjusted.counted_days) == (181, 46, 10)
    told.when(leave("07-01")).then()
    again = told.when(replace(OPEN, from_date=day("09-03"))).then(QuotaAdjusted)[0]
    assert (again.base_days, again.counted_days) == (181 + 120, 13)
    told.when(replace(OPEN, from_date=day("10-01"))).then()


def test_who_left_before_the_year_owes_nothing() -> None:
    told = quota(c.LeavePost(date(2025, 12, 1), "退休（模拟）", QUARTER)).then(QuotaAdjusted)[0]
    assert (told.spans, told.required_days) == ((), 0)
    quota(from_date=date(2027, 1, 1)).then()
    quota(c.LeavePost(date(2027, 3, 1), "调离（模拟）", QUARTER)).then()


def test_a_day_that_two_trips_share_counts_once_and_stays_while_one_has_it() -> None:
    """三(一): overlaps once."""
    told = quota(count(*days("03-01", "03-03")), count(*days("03-03", "03-05"), trip=OTHER_TRIP))
    counted = told.then(QuotaDaysCounted)[0]
    assert (counted.total_was, counted.total) == (3, 5)
    assert told.when(count()).then(QuotaDaysCounted)[0].total == 3
    told.when(count()).then()


def test_days_of_another_year_are_not_this_quotas() -> None:
    told = quota(count(LAST, date(2027, 1, 1)))
    assert told.then(QuotaDaysCounted)[0].days == (LAST,)
    quota(count(date(2027, 1, 1))).then()


def test_fulfilled_is_said_once_and_taken_back_by_a_correction() -> None:
    """三(一)."""
    enough = days("01-01", "04-02")
    assert len(enough) == 92
    told = quota(count(*enough[:-1]), count(*enough)).when(count(*days("05-01", "05-05"), trip=OTHER_TRIP))
    told.then(QuotaDaysCounted)
    assert sum(isinstance(one, QuotaFulfilled) for one in told.events) == 1
    told.when(count()).then(QuotaDaysCounted, QuotaFulfilmentLost)
    told.when(count(*enough)).then(QuotaDaysCounted, QuotaFulfilled)


def test_leaving_the_post_may_fulfil_what_is_left_of_the_quota() -> None:
    quota(count(*days("01-01", "01-31")), leave("03-01")).then(QuotaAdjusted, QuotaFulfilled)


def test_a_shortfall_is_foreseen_in_spring_and_not_repeated_while_it_stays_the_same() -> None:
    """三(一): at nothing done, all that is owed will be lacking: said once, not each month."""
    quota(review("02-28")).then()
    noted = quota(review("03-01")).then(QuotaShortfallNoted)[0]
    assert (noted.required_by_now, noted.forecast_days, noted.shortfall_days) == (15, 0, 92)
    quota(review("03-01"), review("03-31")).then()


def test_a_forecast_goes_on_at_the_pace_so_far_and_adds_what_is_planned() -> None:
    """三(一): 18 of 90 days outside; 275 days are left, 5 of them planned: 18 + 5 + 18/90 of 270."""
    told = quota(count(*days("02-01", "02-18")), review("03-31", *days("05-01", "05-05")))
    noted = told.then(QuotaShortfallNoted)[0]
    assert (noted.counted_days, noted.planned_days, noted.forecast_days) == (18, 5, 18 + 5 + 54)
    assert noted.shortfall_days == 92 - 77


def test_a_shortfall_that_passes_is_cleared_and_a_changed_one_noted_anew() -> None:
    """三(一)."""
    told = quota(review("03-31"), count(*days("04-01", "04-20")), review("04-30"))
    assert told.then(QuotaShortfallNoted)[0].shortfall_days < 92
    told.when(count(*days("05-01", "05-20"), trip=OTHER_TRIP), review("05-31")).then(QuotaShortfallCleared)
    told.when(review("05-31")).then()
    told.when(count(trip=OTHER_TRIP), review("06-30")).then(QuotaShortfallNoted)


def test_a_forecast_as_of_a_past_day_takes_later_days_for_what_they_are() -> None:
    """A missed tick is caught up: days after the month's end are known and have no part in its pace."""
    span = (Span(NEW_YEAR, LAST),)
    seen = forecast(span, frozenset(days("07-01", "07-10")), frozenset(), day("03-31"), QUARTER)
    assert (seen.counted, seen.planned, seen.forecast) == (0, 10, 10)


def test_nothing_is_counted_for_who_owes_nothing() -> None:
    for command in (count(day("03-01")), review("03-31"), leave("03-01")):
        Told(QUOTA, command).refused("no-such-quota")


def test_a_year_is_looked_at_each_month_and_ends_once() -> None:
    """三(一): as of each month's last day, until the year is over."""
    told = Told(QUOTA_YEAR, c.OpenQuotaYear(2026, day("06-26")))
    assert told.then(QuotaYearOpened)[0].first_forecast_on == day("07-01")
    told.when(c.OpenQuotaYear(2026, day("08-01"))).then()
    told.when(c.MakeForecast(day("06-30"))).then()
    for month in range(7, 13):
        due = told.when(c.MakeForecast(date(2026, month, 1))).then(QuotaForecastDue)[0]
        assert due.as_of == date(2026, month - 1, 30 if month - 1 in (6, 9, 11) else 31)
    told.when(c.MakeForecast(date(2027, 1, 1))).then(QuotaForecastDue, QuotaYearEnded)
    told.when(c.MakeForecast(date(2027, 1, 1))).then()
    Told(QUOTA_YEAR, c.MakeForecast(day("06-30"))).then()


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2025, 11, 3), day("02-01")),
        (day("01-01"), day("02-01")),
        (day("12-05"), date(2027, 1, 1)),
        (date(2027, 2, 3), date(2027, 1, 1)),
    ],
)
def test_the_first_look_is_after_a_month_of_the_year(today: date, first: date) -> None:
    assert Told(QUOTA_YEAR, c.OpenQuotaYear(2026, today)).then(QuotaYearOpened)[0].first_forecast_on == first
