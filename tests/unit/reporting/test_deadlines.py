"""Clause 三(三): what the clock brings, and what stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.reporting.domain.periods import Period
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.events import (
    CalendarConfirmed,
    ContributionOverdue,
    ContributionsClosed,
    ContributionSubmitted,
    DeadlineMissed,
    DeadlineMoved,
    ReportClockStopped,
    ReportDrafted,
    ReportPeriodOpened,
    ReportReminderDue,
    ReportReviewed,
    ReportSignedOff,
    ReportSubmitted,
)
from services.reporting.domain.report.schedule import Rules, schedule
from services.reporting.domain.report.values import Step
from sevenx.district.calendar import CalendarYear, WorkCalendar
from tests.unit.given import CALENDAR, at

from .given import (
    DRAFT,
    DUE,
    JUDGE,
    OTHER_REVIEW,
    READY,
    RETURN,
    REVIEW,
    SIGN,
    UNITS,
    Told,
    later,
    open_report,
    opening,
)

SECOND = timedelta(seconds=1)


def test_opening_records_the_dates_the_settings_and_the_calendar_behind_them() -> None:
    """三(三): only later periods follow a changed setting."""
    (opened,) = Told().then(ReportPeriodOpened)
    assert (opened.starts_at, opened.ends_at, opened.due_at) == (at("2026-07-26 00:00"), DUE, DUE)
    assert opened.contribution_due_at == at("2026-08-21 00:00")
    assert {one.key: one.value for one in opened.settings}["report.clock_stops_at"] == "sign_off"
    assert [(one.year, one.provisional) for one in opened.calendars] == [(2026, False)]


def test_opening_a_period_again_changes_nothing() -> None:
    Told(open_report()).then()


@pytest.mark.parametrize("when", ["2026-07-25 23:59", "2026-08-26 00:00", "2027-03-01 00:00"])
def test_a_period_that_has_not_begun_or_is_already_due_is_not_opened(when: str) -> None:
    """三(三): nobody is late from the start."""
    told = Told()
    told.state = type(told.state)()
    told.when(replace(open_report(), at=at(when))).refused("period-not-current")


def test_settings_that_make_a_report_due_before_its_period_do_not_break_the_months_off() -> None:
    """1 January is no working day, and by these settings the report of January is due in December."""
    new_year = WorkCalendar.of([CalendarYear(2027, frozenset({date(2027, 1, 1)}), frozenset())])
    opened = open_report("2027-01", new_year, due_day=1, non_working_day="previous_working_day")
    assert opened.schedule.due_at <= opened.schedule.starts_at
    told = Told(opened=opened)
    told.then(ReportPeriodOpened)


def test_no_command_is_taken_for_a_report_that_was_not_opened() -> None:
    told = Told()
    told.state = type(told.state)()
    told.when(DRAFT).refused("report-not-open")


def test_a_report_signed_off_before_midnight_of_the_25th_is_in_time() -> None:
    """三(三) “25日前”: until the 25th 24:00."""
    signed = Told(*READY, replace(SIGN, at=DUE - SECOND))
    _, stopped, submitted = signed.then(ReportSignedOff, ReportClockStopped, ReportSubmitted)
    assert (stopped.late, submitted.late, submitted.late_seconds) == (False, False, 0)
    signed.when(JUDGE).then()


def test_a_report_not_signed_off_by_then_has_missed_its_deadline_once() -> None:
    """三(三): DeadlineMissed exactly once."""
    told = Told(*READY, JUDGE)
    (missed,) = told.then(DeadlineMissed)
    assert (missed.period, missed.waited_for, missed.reached) == ("2026-08", Step.SIGN_OFF, Step.REVIEW)
    told.when(JUDGE, later(JUDGE, timedelta(days=400))).then()
    assert len(told.all(DeadlineMissed)) == 1


def test_the_deadline_is_not_judged_before_it_has_come() -> None:
    Told(c.JudgeDeadline(DUE - SECOND)).then()


def test_a_report_that_comes_later_says_how_late_and_the_miss_stays_one() -> None:
    """三(三): late is late, and stated once."""
    told = Told(*READY, JUDGE, replace(SIGN, at=DUE + timedelta(hours=30)))
    _, stopped, submitted = told.then(ReportSignedOff, ReportClockStopped, ReportSubmitted)
    assert stopped.late
    assert (submitted.late, submitted.late_seconds) == (True, 30 * 3600)


def test_a_late_sign_off_states_the_miss_itself_when_the_clock_had_not_looked_yet() -> None:
    """三(三): exactly once, in any order of clock and people."""
    told = Told(*READY, replace(SIGN, at=DUE))
    _, _, _, submitted = told.then(ReportSignedOff, DeadlineMissed, ReportClockStopped, ReportSubmitted)
    assert submitted.late
    told.when(JUDGE).then()


def test_a_step_that_arrives_after_the_judgement_does_not_undo_it() -> None:
    told = Told(*READY, JUDGE, replace(SIGN, at=DUE - SECOND))
    assert told.then(ReportSignedOff, ReportClockStopped, ReportSubmitted)[2].late


@pytest.mark.parametrize(
    ("step", "stopping"),
    [("draft", DRAFT), ("review", OTHER_REVIEW), ("sign_off", SIGN), ("submit", SIGN)],
)
def test_the_setting_says_at_which_step_the_clock_stops(step: str, stopping: object) -> None:
    """三(三): default sign-off."""
    told = Told(opened=open_report(clock_stops_at=step))
    for command in (*READY, SIGN):
        assert not told.all(ReportClockStopped)
        told.when(command)
        if command is stopping:
            break
    (stopped,) = told.all(ReportClockStopped)
    assert stopped.step == step
    told.when(JUDGE).then()


def test_the_first_of_two_reviews_does_not_stop_the_clock() -> None:
    """三(三): both heads where two units lead."""
    Told(DRAFT, REVIEW, opened=open_report(clock_stops_at="review")).then(ReportReviewed)


def test_a_return_does_not_start_the_clock_again() -> None:
    """三(三): returned in time, corrected later: no deadline is missed."""
    told = Told(*READY, SIGN, RETURN, JUDGE)
    told.then()
    after = timedelta(days=5)
    told.when(*(later(one, after) for one in (*READY, SIGN)))
    submitted = told.then(ReportSignedOff, ReportSubmitted)[1]
    assert (submitted.submission, submitted.late) == (2, False)


def test_reminders_come_each_once_and_end_when_the_clock_stops() -> None:
    """三(三): reminders before."""
    told = Told(opened=open_report(reminder_days_before=(3, 0)))
    first, second = (one.at for one in opening(told).reminders)
    (reminded,) = told.when(c.Remind(first)).then(ReportReminderDue)
    assert (reminded.working_days_before, reminded.waiting_for, reminded.next_at) == (3, Step.DRAFT, second)
    told.when(c.Remind(first)).then()
    told.when(*READY, SIGN, c.Remind(second)).then()


def test_reminders_that_the_clock_missed_are_caught_up() -> None:
    told = Told(opened=open_report(reminder_days_before=(5, 3, 0)))
    one, two, three = told.when(c.Remind(DUE - SECOND)).then(*[ReportReminderDue] * 3)
    assert (one.next_at, two.next_at, three.next_at) == (two.scheduled_at, three.scheduled_at, None)
    told.when(c.Remind(DUE)).then()


def test_a_missing_contribution_is_a_reminder_and_never_a_missed_deadline() -> None:
    """三(三): a responsible unit owes no report."""
    told = Told(c.Contribute(at("2026-08-18 09:00"), "410804-N-f", UNITS[0], "供稿"))
    told.then(ContributionSubmitted)
    due = opening(told).contribution_due_at
    overdue, closed = told.when(c.CloseContributions(due)).then(ContributionOverdue, ContributionsClosed)
    assert (overdue.unit, closed.missing) == (UNITS[1], (UNITS[1],))
    told.when(c.CloseContributions(due)).then()
    assert not told.all(DeadlineMissed)


def test_a_late_contribution_is_taken_and_marked() -> None:
    told = Told(c.Contribute(at("2026-08-22 09:00"), "410804-N-f", UNITS[0], "供稿"))
    assert told.then(ContributionSubmitted)[0].late


def test_nobody_is_reminded_of_a_contribution_to_a_report_already_submitted() -> None:
    early = timedelta(days=-10)
    told = Told(*(later(one, early) for one in (*READY, SIGN)))
    told.when(c.CloseContributions(opening(told).contribution_due_at)).then(ContributionsClosed)


def test_a_unit_that_is_not_responsible_does_not_contribute() -> None:
    Told(c.Contribute(at("2026-08-18 09:00"), "n", "410804-U-commerce", "x")).refused("not-responsible-unit")


def _published(*off: date) -> WorkCalendar:
    return WorkCalendar.of([CalendarYear(2026, frozenset(off), frozenset(), source="国办发明电")])


def _move(at_: str, *off: date) -> c.MoveDeadline:
    dates = schedule(Period(2026, 8), Rules(), _published(*off))
    return c.MoveDeadline(at(at_), dates, "CalendarPublished 2026")


PROVISIONAL = open_report(calendar=WorkCalendar())


def test_a_published_calendar_moves_a_deadline_that_is_still_ahead() -> None:
    """Calendar: recalculated by an event when the year is published."""
    told = Told(_move("2026-08-10 09:00", date(2026, 8, 25)), opened=PROVISIONAL)
    (moved,) = told.then(DeadlineMoved)
    assert (moved.due_was, moved.due_at, moved.provisional) == (DUE, DUE + timedelta(days=1), False)
    told.when(JUDGE).then()
    told.when(later(JUDGE, timedelta(days=1))).then(DeadlineMissed)


def test_a_published_calendar_that_moves_nothing_takes_the_mark_away() -> None:
    told = Told(_move("2026-08-10 09:00"), opened=PROVISIONAL)
    told.then(CalendarConfirmed)
    told.when(_move("2026-08-10 09:00")).then()


@pytest.mark.parametrize("given", [(JUDGE,), (*READY, SIGN)])
def test_what_was_judged_stays_whatever_calendar_comes(given: tuple[object, ...]) -> None:
    Told(*given, _move("2026-08-24 12:00", date(2026, 8, 25)), opened=PROVISIONAL).then()


def test_nobody_becomes_late_by_a_calendar_that_came_after() -> None:
    """A date never moves to a time that is already past."""
    early = schedule(Period(2026, 8), Rules(due_day=10), CALENDAR)
    Told(c.MoveDeadline(at("2026-08-20 09:00"), early, "x"), opened=PROVISIONAL).then()


def test_contributions_already_closed_are_not_opened_again_by_a_moved_deadline() -> None:
    told = Told(opened=PROVISIONAL)
    told.when(c.CloseContributions(opening(told).contribution_due_at), _move("2026-08-22 09:00", date(2026, 8, 25)))
    assert told.then(DeadlineMoved)[0].contribution_due_at is None


def test_the_draft_records_that_its_figures_end_with_the_period() -> None:
    late_draft = Told(replace(DRAFT, at=DUE + timedelta(days=2))).then(ReportDrafted)[0]
    assert late_draft.figures_as_of == DUE
