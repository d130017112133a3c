"""A directive under any order of owner, office and clock (hypothesis), clause 三(五)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from services.reporting.deciders import DIRECTIVE
from services.reporting.domain.directive import commands as d
from services.reporting.domain.directive.events import (
    DirectiveClosed,
    DirectiveExtended,
    DirectiveExtensionRefused,
    DirectiveExtensionRequested,
    DirectiveFeedbackGiven,
    DirectiveIssued,
    DirectiveOverdue,
    DirectiveReminderDue,
    DirectiveVerified,
    Outcome,
)
from services.reporting.domain.directive.state import Directive, DirectiveStatus
from services.reporting.domain.values import Reminder, day_of
from sevenx.kernel.cut_offs import day_end
from tests.unit.machine import StreamMachine

from .directives import CLERK, HEAD, ISSUE, OFFICE, REGISTER, REMINDING

DAY = timedelta(days=1)
anybody = st.sampled_from([CLERK, HEAD, OFFICE])


def first(reminders: tuple[Reminder, ...]) -> datetime | None:
    return min((one.at for one in reminders), default=None)


class DirectiveMachine(StreamMachine[Directive]):
    """Time goes forward; the clock looks whenever it likes; anybody tries the supervision office's steps."""

    decider = DIRECTIVE

    @initialize()
    def given(self) -> None:
        self.now = ISSUE.at + timedelta(hours=1)
        self.give(REGISTER)
        self.give(ISSUE)

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_clock_looks(self) -> None:
        self.give(d.RemindOwner(self.now))
        assert self.give(d.RemindOwner(self.now)) == [], "the clock reminds once"
        self.give(d.JudgeDirective(self.now))
        assert self.give(d.JudgeDirective(self.now)) == [], "the clock says it once"

    @rule()
    def acknowledge(self) -> None:
        self.give(d.AcknowledgeDirective(self.now, CLERK))

    @rule(done=st.booleans(), by=st.sampled_from([CLERK, HEAD]))
    def feedback(self, done: bool, by: str) -> None:
        self.give(d.GiveFeedback(self.now, "情况", done, (), by))

    @rule(days=st.integers(1, 40))
    def ask(self, days: int) -> None:
        self.give(d.RequestExtension(self.now, day_of(self.now) + days * DAY, "需要时间", HEAD))

    @rule(by=anybody)
    def grant(self, by: str) -> None:
        self.give(d.GrantExtension(self.now, None, by, for_owner=False, reminding=REMINDING))

    @rule(by=anybody)
    def refuse(self, by: str) -> None:
        self.give(d.RefuseExtension(self.now, "不同意", by, for_owner=False))

    @rule(passed=st.booleans(), by=anybody)
    def verify(self, passed: bool, by: str) -> None:
        self.give(d.VerifyDirective(self.now, passed, "看过", by, for_owner=False))

    @rule(by=anybody, withdrawn=st.booleans())
    def close(self, by: str, withdrawn: bool) -> None:
        self.give(d.CloseDirective(self.now, withdrawn, "说明", by, for_owner=False))

    @invariant()
    def each_due_day_is_missed_at_most_once(self) -> None:
        missed = Counter(one.due_on for one in self.of(DirectiveOverdue))
        assert all(count == 1 for count in missed.values())
        assert [one.times for one in self.of(DirectiveOverdue)] == list(range(1, len(missed) + 1))
        assert all(self.now >= day_end(day) for day in missed)

    @invariant()
    def a_reminder_of_a_due_day_is_sent_once_and_not_before_its_time(self) -> None:
        sent = [(one.due_on, one.working_days_before) for one in self.of(DirectiveReminderDue)]
        assert len(sent) == len(set(sent))
        assert all(one.scheduled_at <= self.now for one in self.of(DirectiveReminderDue))

    @invariant()
    def whoever_is_late_and_has_the_next_step_is_overdue_once_the_clock_looks(self) -> None:
        state, due = self.state, self.state.due_on
        if state.running and due is not None and self.now >= day_end(due) and not state.waits_for_office:
            answer = DIRECTIVE.decide(d.JudgeDirective(self.now), state)
            assert [type(one) for one in answer] == ([] if state.judged == due else [DirectiveOverdue])

    @invariant()
    def the_clock_has_something_to_judge_exactly_when_the_events_told_it_so(self) -> None:
        """What the table of deadlines would hold, by the events alone, as its handlers see them."""
        row: date | None = None
        reminder: datetime | None = None
        for event in self.events:
            match event:
                case DirectiveIssued(due_on=day, reminders=reminders):
                    row, reminder = day, first(reminders)
                case (
                    DirectiveExtended(to_judge=day, reminders=reminders)
                    | DirectiveExtensionRefused(to_judge=day, reminders=reminders)
                    | DirectiveVerified(to_judge=day, reminders=reminders)
                ) if day is not None:
                    row, reminder = day, first(reminders)
                case DirectiveReminderDue(next_at=following):
                    reminder = following
                case DirectiveFeedbackGiven(done=True) | DirectiveExtensionRequested(in_time=True):
                    row = reminder = None
                case DirectiveOverdue() | DirectiveClosed():
                    row = reminder = None
        expected = self.state.running and self.state.judged != self.state.due_on and not self.state.waits_for_office
        assert row == (self.state.due_on if expected else None)
        assert reminder == (first(self.state.reminders) if expected else None)

    @invariant()
    def the_owner_decides_nothing_of_its_own(self) -> None:
        worked: set[str] = set()
        for event in self.events:
            if isinstance(event, DirectiveFeedbackGiven):
                worked.add(event.given_by)
            if isinstance(event, DirectiveVerified):
                assert event.verified_by not in worked
            if isinstance(event, DirectiveClosed):
                assert event.closed_by not in worked

    @invariant()
    def what_is_closed_as_completed_had_passed(self) -> None:
        closed = self.of(DirectiveClosed)
        assert len(closed) <= 1
        if closed:
            assert self.events[-1] is closed[0]
            assert self.state.status is DirectiveStatus.CLOSED
            if closed[0].outcome is Outcome.COMPLETED:
                assert self.of(DirectiveVerified)[-1].passed

    @invariant()
    def requests_are_answered_one_by_one(self) -> None:
        asked = [one.request for one in self.of(DirectiveExtensionRequested)]
        answered = [
            one.request for one in self.events if isinstance(one, DirectiveExtended | DirectiveExtensionRefused)
        ]
        assert asked == list(range(1, len(asked) + 1))
        assert len(answered) == len(set(answered))
        assert set(answered) <= set(asked)

    @invariant()
    def the_state_is_the_fold_of_the_events(self) -> None:
        assert DIRECTIVE.fold(self.events) == self.state


DirectiveMachine.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestDirectiveMachine = DirectiveMachine.TestCase
