"""Clause 三(一): what counts of a trip, when its result is due, and how it is corrected."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.outreach.domain.trip import commands as c
from services.outreach.domain.trip.events import (
    TripCompleted,
    TripCompletionCorrected,
    TripResultOverdue,
    VisitRecorded,
    VisitWithdrawn,
)
from services.outreach.domain.values import CountingRules, TripKind

from .given import HEAD, LIAISON, OFFICE, REQUEST, RESULT, STAFF, approved, day, trip, visit

WITHDRAW = c.WithdrawVisit(LIAISON, day("08-13"), 1, "误登（模拟）")
CORRECT = c.CorrectCompletion(OFFICE, day("09-01"), "当日为参会（模拟）", None, (day("08-11"),))


def test_a_day_counts_with_a_named_enterprise_visited_outside_and_once() -> None:
    """三(一) 实质招商: two visits on a day are one day; a day without a visit is transit."""
    told = approved(visit("08-10"), visit("08-10", "另一家公司（模拟）"), visit("08-12"), RESULT)
    done = told.then(TripCompleted)[0]
    assert (done.counted_days, done.visits, done.in_time) == ((day("08-10"), day("08-12")), 3, True)


def test_a_visit_inside_the_city_does_not_count() -> None:
    """三(一), setting outreach.outside_of."""
    inside = visit("08-11", place="焦作市马村区", outside_city=False)
    assert approved(inside, RESULT).then(TripCompleted)[0].counted_days == ()
    approved(replace(inside, outside_city=True)).refused("inside-city")


@pytest.mark.parametrize("kind", [TripKind.MEETING, TripKind.TRAINING])
def test_meetings_and_training_do_not_count(kind: TripKind) -> None:
    """三(一), setting outreach.not_counted."""
    told = approved(visit("08-10"), RESULT, request=replace(REQUEST, kind=kind))
    assert told.then(TripCompleted)[0].counted_days == ()


def test_where_two_enterprises_are_asked_for_one_twice_is_not_enough() -> None:
    """三(一), setting outreach.named_enterprises."""
    twice = approved(visit("08-10"), visit("08-10"), visit("08-11"), visit("08-11", "另一家公司（模拟）"))
    twice.when(replace(RESULT, rules=CountingRules(2, ())))
    assert twice.then(TripCompleted)[0].counted_days == (day("08-11"),)


def test_a_result_after_five_working_days_is_taken_and_its_days_do_not_count() -> None:
    """三(一): within five working days: the trip ends on Wednesday 12, so until Wednesday 19 August."""
    last = approved(visit("08-10"), replace(RESULT, today=day("08-19"))).then(TripCompleted)[0]
    assert (last.in_time, last.counted_days) == (True, (day("08-10"),))
    late = approved(visit("08-10"), replace(RESULT, today=day("08-20"))).then(TripCompleted)[0]
    assert (late.in_time, late.counted_days, late.due_on) == (False, (), day("08-19"))


def test_an_overdue_result_is_noted_once_and_not_before_its_day_is_over() -> None:
    """三(一)."""
    approved(c.NoteResultOverdue(day("08-19"))).then()
    overdue = c.NoteResultOverdue(day("08-20"))
    assert approved(overdue).then(TripResultOverdue)[0].due_on == day("08-19")
    approved(overdue, overdue).then()
    approved(visit("08-10"), RESULT, overdue).then()
    trip(overdue).then()


def test_a_visit_lies_within_the_approved_trip_and_not_in_the_future() -> None:
    """三(一)."""
    approved(visit("08-09")).refused("visit-outside-trip")
    approved(visit("08-13")).refused("visit-outside-trip")
    approved(visit("08-11", today=day("08-10"))).refused("visit-outside-trip")
    trip(visit("08-10")).refused("wrong-step")


def test_a_credit_code_is_checked_by_its_standard() -> None:
    """GB 32100: the check character."""
    approved(visit("08-10", code="91000000MA00000000")).refused("credit-code")
    code = next(f"91000000MA0000000{last}" for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if _valid(last))
    assert approved(visit("08-10", code=code)).then(VisitRecorded)[0].code == code


def _valid(last: str) -> bool:
    weights = [pow(3, n, 31) for n in range(17)]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(one) * weight for one, weight in zip("91000000MA0000000", weights, strict=True))
    return (total + alphabet.index(last)) % 31 == 0


def test_a_result_is_not_filed_before_the_trip_is_over_nor_twice() -> None:
    approved(replace(RESULT, today=day("08-11"))).refused("trip-not-over")
    approved(RESULT, RESULT).refused("wrong-step")
    approved(RESULT, visit("08-11", today=day("08-15"))).refused("wrong-step")


def test_a_withdrawn_visit_takes_its_day_back_where_no_other_bears_it() -> None:
    """三(一): a correction by an event."""
    approved(visit("08-10"), WITHDRAW).then(VisitWithdrawn)
    approved(visit("08-10"), WITHDRAW, WITHDRAW).then()
    approved(replace(WITHDRAW, visit=7)).refused("no-such-visit")
    told = approved(visit("08-10"), visit("08-10", "另一家公司（模拟）"), visit("08-11"), RESULT)
    told.when(WITHDRAW).then(VisitWithdrawn)
    corrected = told.when(replace(WITHDRAW, visit=2)).then(VisitWithdrawn, TripCompletionCorrected)[1]
    assert (corrected.days_were, corrected.counted_days) == ((day("08-10"), day("08-11")), (day("08-11"),))


def test_days_found_not_to_count_are_excluded_and_can_be_given_back() -> None:
    """三(一)."""
    told = approved(visit("08-10"), visit("08-11"), RESULT, CORRECT)
    assert told.then(TripCompletionCorrected)[0].counted_days == (day("08-10"),)
    told.when(CORRECT).then()
    told.when(c.WithdrawVisit(LIAISON, day("09-02"), 1, "误登")).then(VisitWithdrawn, TripCompletionCorrected)
    assert told.state.counted_days == ()
    back = told.when(replace(CORRECT, excluded_days=())).then(TripCompletionCorrected)[0]
    assert back.counted_days == (day("08-11"),)
    told.when(replace(CORRECT, excluded_days=None, result="更正后的成果")).then(TripCompletionCorrected)
    assert told.state.counted_days == (day("08-11"),)


@pytest.mark.parametrize("who", [HEAD, STAFF, LIAISON])
def test_nobody_corrects_his_own_trip(who: str) -> None:
    assert approved(visit("08-10"), RESULT, replace(CORRECT, by=who)).refused("own-trip").status == 403


def test_a_correction_keeps_to_the_trips_days_and_to_what_was_filed_in_time() -> None:
    approved(visit("08-10"), CORRECT).refused("wrong-step")
    done = (visit("08-10"), RESULT)
    approved(*done, replace(CORRECT, excluded_days=(day("08-20"),))).refused("day-outside-trip")
    late = approved(visit("08-10"), visit("08-11"), replace(RESULT, today=day("08-25")), CORRECT)
    assert late.then(TripCompletionCorrected)[0].counted_days == ()
