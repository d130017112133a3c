"""A directive from 立项 to 销号, clauses 三(一) and 三(五)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.reporting.deciders import DIRECTIVE
from services.reporting.domain.directive import commands as d
from services.reporting.domain.directive.events import (
    DirectiveAcknowledged,
    DirectiveClosed,
    DirectiveExtended,
    DirectiveExtensionRefused,
    DirectiveExtensionRequested,
    DirectiveFeedbackGiven,
    DirectiveIssued,
    DirectiveOverdue,
    DirectiveRegistered,
    DirectiveReminderDue,
    DirectiveVerified,
    Outcome,
)
from services.reporting.domain.directive.reminding import SETTING, Reminding
from services.reporting.domain.directive.state import DirectiveStatus
from sevenx.district.calendar import WorkCalendar
from sevenx.district.settings import DistrictSettings, WrongSetting
from tests.unit.given import Told, at

from .directives import (
    ACKNOWLEDGE,
    AFTER,
    ASK,
    CLERK,
    CLOSE,
    DONE,
    DUE,
    DUE_ENDS,
    FAIL,
    GRANT,
    GROUP,
    HEAD,
    ISSUE,
    JUDGE,
    LATER,
    OFFICE,
    OWNER,
    PASS,
    PROGRESS,
    REFUSE,
    REGISTER,
    WITHDRAW,
    directive,
)

FIFTH, LAST = at("2026-09-23 00:00"), at("2026-09-29 00:00")


def test_a_directive_goes_from_its_registration_to_its_end() -> None:
    """三(五): 立项, 交办, 签收, 反馈, 核验, 销号, each an event."""
    story = directive(ACKNOWLEDGE, PROGRESS, DONE, PASS, CLOSE)
    assert [type(one) for one in story.events] == [
        DirectiveRegistered,
        DirectiveIssued,
        DirectiveAcknowledged,
        DirectiveFeedbackGiven,
        DirectiveFeedbackGiven,
        DirectiveVerified,
        DirectiveClosed,
    ]
    issued, closed = story.all(DirectiveIssued)[0], story.all(DirectiveClosed)[0]
    assert (issued.owner, issued.group, issued.due_on) == (OWNER, GROUP, DUE)
    assert (closed.outcome, closed.late, closed.finished_on) == (Outcome.COMPLETED, False, date(2026, 9, 20))


def test_a_matter_is_taken_on_once_and_says_what_it_rests_on() -> None:
    Told(DIRECTIVE, REGISTER, REGISTER).then()
    for field in ("title", "text", "basis"):
        assert Told(DIRECTIVE, replace(REGISTER, **{field: " "})).refused("matter-missing").field == field


def test_the_owner_is_reminded_before_the_due_day_at_the_beginning_of_a_working_day() -> None:
    """三(五): five and one working days before Wednesday, 30 September."""
    issued = directive().all(DirectiveIssued)[0]
    assert [(one.at, one.working_days_before) for one in issued.reminders] == [(FIFTH, 5), (LAST, 1)]
    story = directive(d.RemindOwner(FIFTH))
    (reminded,) = story.then(DirectiveReminderDue)
    assert (reminded.owner, reminded.due_on, reminded.working_days_before) == (OWNER, DUE, 5)
    assert (reminded.group, reminded.next_at) == (GROUP, LAST)
    story.when(d.RemindOwner(FIFTH)).then()
    assert story.when(d.RemindOwner(LAST)).then(DirectiveReminderDue)[0].next_at is None


def test_a_day_that_is_near_when_it_is_set_has_no_reminder_of_the_past() -> None:
    issued = Told(DIRECTIVE, REGISTER, replace(ISSUE, at=at("2026-09-25 10:00"))).all(DirectiveIssued)[0]
    assert [one.working_days_before for one in issued.reminders] == [1]


def test_nobody_is_reminded_of_what_is_done_withdrawn_or_waits_for_the_office() -> None:
    """三(五)"""
    for commands in ((DONE,), (WITHDRAW,), (ASK,)):
        directive(*commands, d.RemindOwner(LAST)).then()
    directive(ASK, REFUSE, d.RemindOwner(LAST)).then(DirectiveReminderDue, DirectiveReminderDue)
    (failed,) = directive(DONE, replace(FAIL, at=FIFTH)).then(DirectiveVerified)
    assert [one.working_days_before for one in failed.reminders] == [1], "it goes on, and what is past is not told"


def test_a_later_due_day_has_reminders_of_its_own() -> None:
    (extended,) = directive(ASK, GRANT).then(DirectiveExtended)
    assert [one.at for one in extended.reminders] == [at("2026-10-08 00:00"), at("2026-10-14 00:00")]
    directive(ASK, GRANT, d.RemindOwner(LAST)).then()


@pytest.mark.parametrize("value", ["soon", "-1", "3,40"])
def test_a_setting_of_reminders_that_cannot_be_is_an_error(value: str) -> None:
    with pytest.raises(WrongSetting, match=SETTING):
        Reminding.of(DistrictSettings({SETTING: value}), WorkCalendar())


def test_it_is_given_to_one_owner_with_a_day_that_lies_ahead() -> None:
    assert (
        Told(DIRECTIVE, REGISTER, replace(ISSUE, due_on=date(2026, 8, 28))).refused("due-not-ahead").field == "due_on"
    )
    directive(ISSUE).refused("wrong-step")
    assert Told(DIRECTIVE, ISSUE).refused("directive-unknown").status == 404


def test_whoever_gives_feedback_has_received_it() -> None:
    """三(五): the owner has ten minutes; one step says both."""
    acknowledged, feedback = directive(PROGRESS).then(DirectiveAcknowledged, DirectiveFeedbackGiven)
    assert (acknowledged.acknowledged_by, feedback.feedback) == (CLERK, 1)
    directive(ACKNOWLEDGE, ACKNOWLEDGE).then()
    directive(replace(PROGRESS, text=" ")).refused("text-missing")
    directive(replace(PROGRESS, documents=("x",))).refused("document-hash-wrong")
    directive(DONE, PROGRESS).refused("wrong-step")


@pytest.mark.parametrize("command", [PASS, FAIL, CLOSE, WITHDRAW], ids=["pass", "fail", "close", "withdraw"])
def test_the_owner_neither_verifies_nor_closes_its_own(command: d.VerifyDirective | d.CloseDirective) -> None:
    """三(五): closed by the supervision office only."""
    for by in (HEAD, CLERK):
        story = (
            directive(ACKNOWLEDGE, DONE)
            if isinstance(command, d.VerifyDirective)
            else directive(ACKNOWLEDGE, DONE, PASS)
        )
        assert story.when(replace(command, by=by)).refused("own-directive").status == 403
        story.when(replace(command, for_owner=True)).refused("own-directive")


@pytest.mark.parametrize("command", [GRANT, REFUSE], ids=["grant", "refuse"])
def test_the_owner_does_not_answer_its_own_request(command: d.GrantExtension | d.RefuseExtension) -> None:
    directive(ASK, replace(command, by=HEAD)).refused("own-directive")
    directive(ASK, replace(command, for_owner=True)).refused("own-directive")


def test_it_is_closed_after_a_verification_that_passed_or_withdrawn_with_a_reason() -> None:
    directive(CLOSE).refused("not-verified")
    directive(DONE, CLOSE).refused("not-verified")
    directive(DONE, FAIL, CLOSE).refused("not-verified")
    directive(DONE, PASS, CLOSE, CLOSE).then()
    (closed,) = directive(WITHDRAW).then(DirectiveClosed)
    assert (closed.outcome, closed.finished_on, closed.late) == (Outcome.WITHDRAWN, None, False)
    directive(replace(WITHDRAW, reason="")).refused("reason-missing")
    Told(DIRECTIVE, REGISTER, WITHDRAW).then(DirectiveClosed)


def test_what_does_not_pass_goes_on_and_says_why() -> None:
    story = directive(DONE, FAIL)
    story.then(DirectiveVerified)
    assert story.state.status is DirectiveStatus.ACKNOWLEDGED
    story.when(replace(DONE, at=AFTER)).then(DirectiveOverdue, DirectiveFeedbackGiven)
    directive(DONE, replace(FAIL, note=" ")).refused("reason-missing")
    directive(PASS).refused("wrong-step")


def test_an_owner_who_has_not_finished_by_the_due_day_is_overdue_once() -> None:
    """三(五): DirectiveOverdue exactly once per due date, by the clock."""
    (overdue,) = directive(ACKNOWLEDGE, JUDGE).then(DirectiveOverdue)
    assert (overdue.owner, overdue.due_on, overdue.times, overdue.status) == (OWNER, DUE, 1, "acknowledged")
    directive(JUDGE, JUDGE).then()
    directive(replace(JUDGE, at=at("2026-09-30 23:59"))).then()
    directive(DONE, PASS, JUDGE).then()
    directive(WITHDRAW, JUDGE).then()
    Told(DIRECTIVE, REGISTER, JUDGE).then()


def test_the_due_day_lasts_until_its_end() -> None:
    assert (
        not directive(replace(DONE, at=at("2026-09-30 23:59")))
        .then(DirectiveAcknowledged, DirectiveFeedbackGiven)[1]
        .late
    )
    late = directive(replace(DONE, at=DUE_ENDS)).then(DirectiveAcknowledged, DirectiveOverdue, DirectiveFeedbackGiven)
    assert late[2].late


def test_a_step_that_comes_before_the_clock_says_itself_that_it_is_late() -> None:
    """三(五): whichever comes first, the step or the clock, and once."""
    story = directive(replace(PROGRESS, at=AFTER))
    story.then(DirectiveAcknowledged, DirectiveOverdue, DirectiveFeedbackGiven)
    story.when(JUDGE).then()


def test_nobody_is_overdue_while_the_supervision_office_has_the_next_step() -> None:
    """三(五): a verification that takes its time makes no owner late; one that fails does, by the clock."""
    story = directive(DONE, JUDGE)
    story.then()
    (failed,) = story.when(FAIL).then(DirectiveVerified)
    assert failed.to_judge == DUE
    story.when(replace(JUDGE, at=AFTER)).then(DirectiveOverdue)
    (passed,) = directive(DONE, PASS).then(DirectiveVerified)
    assert passed.to_judge is None


def test_an_extension_that_is_granted_moves_the_due_day_which_is_then_judged_anew() -> None:
    """三(五) 延期申请: granted by the supervision office."""
    (_, asked) = directive(ASK).then(DirectiveAcknowledged, DirectiveExtensionRequested)
    assert asked.in_time
    story = directive(ASK, GRANT)
    (extended,) = story.then(DirectiveExtended)
    assert (extended.due_was, extended.due_on, extended.to_judge) == (DUE, LATER, LATER)
    story.when(JUDGE).then()
    (overdue,) = story.when(replace(JUDGE, at=at("2026-10-16 00:00"))).then(DirectiveOverdue)
    assert overdue.due_on == LATER


def test_each_due_day_is_missed_once_and_counted() -> None:
    story = directive(JUDGE, replace(ASK, at=AFTER), replace(GRANT, at=AFTER))
    (extended,) = story.then(DirectiveExtended)
    assert extended.to_judge == LATER
    (again,) = story.when(replace(JUDGE, at=at("2026-10-16 00:00"))).then(DirectiveOverdue)
    assert (again.due_on, again.times) == (LATER, 2)


def test_a_request_in_time_holds_the_clock_until_it_is_answered() -> None:
    story = directive(ASK, JUDGE)
    story.then()
    (refused,) = story.when(replace(REFUSE, at=AFTER)).then(DirectiveExtensionRefused)
    assert refused.to_judge == DUE
    story.when(replace(JUDGE, at=AFTER)).then(DirectiveOverdue)


def test_a_request_after_the_due_day_makes_nobody_less_late() -> None:
    story = directive(replace(ASK, at=AFTER))
    _, overdue, asked = story.then(DirectiveAcknowledged, DirectiveOverdue, DirectiveExtensionRequested)
    assert (overdue.due_on, asked.in_time) == (DUE, False)
    (refused,) = story.when(replace(REFUSE, at=AFTER)).then(DirectiveExtensionRefused)
    assert refused.to_judge is None


def test_an_extension_is_asked_for_once_at_a_time_for_a_later_day_with_a_reason() -> None:
    directive(ASK, ASK).refused("request-pending")
    assert directive(replace(ASK, new_due_on=DUE)).refused("not-later").field == "new_due_on"
    directive(replace(ASK, reason=" ")).refused("reason-missing")
    directive(DONE, ASK).refused("wrong-step")
    directive(GRANT).refused("no-request")
    directive(REFUSE).refused("no-request")
    directive(ASK, replace(REFUSE, reason=" ")).refused("reason-missing")


def test_less_than_was_asked_for_may_be_granted_and_never_more() -> None:
    (extended,) = directive(ASK, replace(GRANT, due_on=date(2026, 10, 8))).then(DirectiveExtended)
    assert extended.due_on == date(2026, 10, 8)
    directive(ASK, replace(GRANT, due_on=date(2026, 10, 16))).refused("extension-out-of-range")
    directive(ASK, replace(GRANT, due_on=DUE)).refused("extension-out-of-range")
    directive(ASK, replace(GRANT, at=at("2026-10-15 09:00"))).refused("extension-out-of-range")


def test_what_is_finished_while_a_request_waits_needs_no_answer() -> None:
    story = directive(ASK, DONE, replace(GRANT, at=AFTER))
    (extended,) = story.then(DirectiveExtended)
    assert extended.to_judge is None
    (closed,) = story.when(PASS, CLOSE).then(DirectiveClosed)
    assert not closed.late
    directive(ASK, DONE, PASS, GRANT).refused("no-request")


def test_late_is_what_was_finished_after_the_due_day_that_held_at_the_end() -> None:
    (closed,) = directive(replace(DONE, at=AFTER), PASS, CLOSE).then(DirectiveClosed)
    assert (closed.late, closed.overdue_times) == (True, 1)


def test_an_unknown_command_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        directive().when(object())


def test_the_office_stands_for_itself() -> None:
    assert OFFICE not in directive(ACKNOWLEDGE, DONE).state.worked
