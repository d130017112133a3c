"""A report under any order of people and clock (hypothesis), clause 三(三)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.reporting.deciders import REPORT
from services.reporting.domain.periods import Period
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.events import (
    ContributionOverdue,
    DeadlineMissed,
    ReportAccepted,
    ReportClockStopped,
    ReportFiguresFrozen,
    ReportReminderDue,
    ReportReturned,
    ReportReviewed,
    ReportSubmitted,
)
from services.reporting.domain.report.schedule import Rules, schedule
from services.reporting.domain.report.state import Report
from services.reporting.domain.report.values import Indicator, Step
from sevenx.district.calendar import CalendarYear, WorkCalendar
from tests.unit.given import at
from tests.unit.machine import StreamMachine

from .given import BUREAU, HEAD, LEADER, LEADS, LIAISON, OTHER_HEAD, UNITS, cut, figures, open_report, refolded

minutes = st.integers(0, 4 * 24 * 60)
lags = st.integers(0, 90)


class ReportMachine(StreamMachine[Report]):
    """Business time goes forward; a command may carry a time up to ninety minutes old, as one does that was overtaken
    by another on its way."""

    decider = REPORT

    @initialize(step=st.sampled_from(list(Step)), starts=st.integers(15, 28))
    def opened(self, step: Step, starts: int) -> None:
        self.now = at(f"2026-08-{starts:02d} 08:00")
        self.give(open_report(clock_stops_at=str(step), calendar=WorkCalendar()))

    def clock(self, command: Any) -> None:
        self.give(command)
        assert self.give(command) == [], "a clock step given again changes nothing"

    @rule(by=minutes)
    def time_passes(self, by: int) -> None:
        self.now += timedelta(minutes=by)

    @rule()
    def deadline_is_judged(self) -> None:
        self.clock(c.JudgeDeadline(self.now))

    @rule()
    def reminders(self) -> None:
        self.clock(c.Remind(self.now))

    @rule()
    def contributions_close(self) -> None:
        self.clock(c.CloseContributions(self.now))

    @rule(day=st.sampled_from([24, 25, 26, 27]))
    def calendar_is_published(self, day: int) -> None:
        off = frozenset({at(f"2026-08-{day} 00:00").date()})
        dates = schedule(Period(2026, 8), Rules(), WorkCalendar.of([CalendarYear(2026, off, frozenset())]))
        self.clock(c.MoveDeadline(self.now, dates, "notice"))

    @rule(signed=st.integers(0, 3))
    def period_closes(self, signed: int) -> None:
        self.clock(c.FreezeFigures(figures(signed), cut(self.now)))

    @rule(unit=st.sampled_from(UNITS))
    def contribute(self, unit: str) -> None:
        self.give(c.Contribute(self.now, "410804-N-f", unit, "供稿"))

    @rule(lag=lags, claimed=st.integers(0, 2))
    def draft(self, lag: int, claimed: int) -> None:
        claims = (c.Claim(Indicator.SIGNED_COUNT, Decimal(claimed)),)
        self.give(c.DraftReport(self.now - timedelta(minutes=lag), LIAISON, "情况", figures(1), claims))

    @rule(lag=lags, who=st.sampled_from([(HEAD, LEADS[0]), (OTHER_HEAD, LEADS[1]), (LIAISON, LEADS[0])]))
    def review(self, lag: int, who: tuple[str, str]) -> None:
        self.give(c.ReviewReport(self.now - timedelta(minutes=lag), *who, LEADS))

    @rule(lag=lags)
    def sign_off(self, lag: int) -> None:
        self.give(c.SignOff(self.now - timedelta(minutes=lag), LEADER, as_leader=True, lead_units=LEADS))

    @rule(lag=lags)
    def the_whole_path_in_one_go(self, lag: int) -> None:
        then = self.now - timedelta(minutes=lag)
        self.give(c.DraftReport(then, LIAISON, "情况", figures(1)))
        self.give(c.ReviewReport(then, HEAD, LEADS[0], LEADS))
        self.give(c.ReviewReport(then, OTHER_HEAD, LEADS[1], LEADS))
        self.give(c.SignOff(then, LEADER, as_leader=True, lead_units=LEADS))

    @rule()
    def send_back(self) -> None:
        self.give(c.SendBack(self.now, HEAD, ("重写",), LEADS[0], LEADS))

    @rule()
    def return_report(self) -> None:
        self.give(c.ReturnReport(BUREAU, ("有误",)))

    @rule()
    def accept(self) -> None:
        self.give(c.AcceptReport(BUREAU))

    @invariant()
    def the_deadline_is_missed_at_most_once_and_never_by_a_report_in_time(self) -> None:
        missed, stopped = self.of(DeadlineMissed), self.of(ReportClockStopped)
        assert len(missed) <= 1
        assert len(stopped) <= 1
        if stopped:
            assert stopped[0].late is bool(missed)
            assert (stopped[0].stopped_at >= stopped[0].due_at) is bool(missed)
        if missed and stopped:
            assert self.events.index(missed[0]) < self.events.index(stopped[0])

    @invariant()
    def a_submission_says_whether_it_was_late(self) -> None:
        for submitted in self.of(ReportSubmitted):
            assert submitted.late is bool(self.of(DeadlineMissed))

    @invariant()
    def after_the_due_time_a_judged_report_was_in_time_or_missed(self) -> None:
        if self.now >= self.state.due_at and self.state.stopped_at is None and not self.state.missed:
            answer = REPORT.decide(c.JudgeDeadline(self.now), self.state)
            assert [type(one) for one in answer] == [DeadlineMissed]

    @invariant()
    def every_submission_had_all_its_reviews(self) -> None:
        for submitted in self.of(ReportSubmitted):
            reviewed = {one.unit for one in self.of(ReportReviewed) if one.draft == submitted.draft}
            assert reviewed == set(LEADS)

    @invariant()
    def reminders_and_freezes_come_once_and_a_miss_is_the_groups_alone(self) -> None:
        reminded = [one.scheduled_at for one in self.of(ReportReminderDue)]
        assert len(reminded) == len(set(reminded))
        assert len(self.of(ReportFiguresFrozen)) <= 1
        overdue = [one.unit for one in self.of(ContributionOverdue)]
        assert len(overdue) == len(set(overdue))
        assert all(one.group == "410804-G-1" for one in self.of(DeadlineMissed))

    @invariant()
    def acceptances_and_returns_answer_submissions(self) -> None:
        submitted = [one.submission for one in self.of(ReportSubmitted)]
        answered = [one.submission for one in self.of(ReportAccepted) + self.of(ReportReturned)]
        assert submitted == list(range(1, len(submitted) + 1))
        assert len(answered) == len(set(answered))
        assert set(answered) <= set(submitted)

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert refolded(self.events) == self.state


ReportMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestReportMachine = ReportMachine.TestCase
