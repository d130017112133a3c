"""How each event changes a directive."""

from __future__ import annotations

from dataclasses import replace

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
)
from services.reporting.domain.directive.state import Directive, DirectiveStatus, Request


def evolve(state: Directive, event: object) -> Directive:
    """The directive after the event."""
    match event:
        case DirectiveRegistered():
            return Directive(DirectiveStatus.REGISTERED, event.title, event.text, event.hearing)
        case DirectiveIssued():
            return _issued(state, event)
        case DirectiveAcknowledged(acknowledged_by=by):
            return replace(state, status=DirectiveStatus.ACKNOWLEDGED, worked=state.worked | {by})
        case DirectiveFeedbackGiven():
            return _answered(state, event)
        case DirectiveVerified(passed=True):
            return replace(state, status=DirectiveStatus.VERIFIED, pending=None)
        case DirectiveVerified(reminders=reminders):
            return replace(state, status=DirectiveStatus.ACKNOWLEDGED, finished_on=None, reminders=reminders)
        case DirectiveClosed():
            return replace(state, status=DirectiveStatus.CLOSED, pending=None)
        case DirectiveReminderDue(scheduled_at=done):
            return replace(state, reminders=tuple(one for one in state.reminders if one.at > done))
        case DirectiveOverdue(due_on=due, times=times):
            return replace(state, judged=due, overdue_times=times)
        case _:
            return _extension(state, event)


def _issued(state: Directive, event: DirectiveIssued) -> Directive:
    return replace(
        state,
        status=DirectiveStatus.ISSUED,
        owner=event.owner,
        group=event.group,
        due_on=event.due_on,
        reminders=event.reminders,
    )


def _answered(state: Directive, event: DirectiveFeedbackGiven) -> Directive:
    worked = state.worked | {event.given_by}
    if not event.done:
        return replace(state, feedback=event.feedback, worked=worked)
    return replace(
        state, status=DirectiveStatus.ANSWERED, feedback=event.feedback, finished_on=event.given_on, worked=worked
    )


def _extension(state: Directive, event: object) -> Directive:
    match event:
        case DirectiveExtensionRequested(request=number, new_due_on=day, in_time=in_time, requested_by=by):
            worked = state.worked | {by}
            return replace(state, requests=number, pending=Request(number, day, in_time), worked=worked)
        case DirectiveExtended(due_on=due, reminders=reminders):
            return replace(state, due_on=due, pending=None, reminders=reminders)
        case DirectiveExtensionRefused(reminders=reminders):
            return replace(state, pending=None, reminders=reminders)
        case _:
            return state
