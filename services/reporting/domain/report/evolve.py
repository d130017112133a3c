"""How each event changes a report."""

from __future__ import annotations

from dataclasses import replace

from services.reporting.domain.report.events import (
    CalendarConfirmed,
    ContributionsClosed,
    ContributionSubmitted,
    DeadlineMissed,
    DeadlineMoved,
    FigureDiscrepancyNoted,
    ReportAccepted,
    ReportClockStopped,
    ReportDrafted,
    ReportFiguresFrozen,
    ReportPeriodOpened,
    ReportReminderDue,
    ReportRestated,
    ReportReturned,
    ReportReviewed,
    ReportSentBack,
    ReportSignedOff,
    ReportSubmitted,
    SignOffDelegated,
)
from services.reporting.domain.report.state import Report, Status


def evolve(state: Report, event: object) -> Report:
    """The report after the event."""
    match event:
        case ReportPeriodOpened():
            return _opened(event)
        case DeadlineMoved():
            return _moved(state, event)
        case CalendarConfirmed(provisional=provisional):
            return replace(state, provisional=provisional)
        case ContributionSubmitted(unit=unit):
            return replace(state, contributed=state.contributed | {unit})
        case ContributionsClosed():
            return replace(state, contributions_closed=True)
        case ReportReminderDue(scheduled_at=done):
            return replace(state, reminders=tuple(one for one in state.reminders if one.at > done))
        case DeadlineMissed():
            return replace(state, missed=True)
        case ReportClockStopped(stopped_at=at, late_seconds=late):
            return replace(state, stopped_at=at, late_seconds=late)
        case ReportFiguresFrozen(figures=figures):
            by_indicator = {one.indicator: one for one in figures}
            official = {one.indicator: one.month for one in figures}
            return replace(state, frozen=by_indicator, official=official)
        case ReportRestated(restatement=number, corrections=corrections):
            changed = {one.indicator: one.now for one in corrections}
            return replace(state, restatement=number, official={**state.official, **changed})
        case _:
            return _step(state, event)


def _step(state: Report, event: object) -> Report:
    """The steps from draft to acceptance."""
    match event:
        case ReportDrafted(draft=draft, drafted_by=by, figures=figures):
            return replace(
                state,
                status=Status.DRAFTED,
                draft=draft,
                drafted_by=by,
                figures=figures,
                discrepancies=0,
                reviews={},
                signed_by="",
            )
        case FigureDiscrepancyNoted():
            return replace(state, discrepancies=state.discrepancies + 1)
        case ReportReviewed(unit=unit, reviewed_by=by, outstanding=outstanding):
            status = state.status if outstanding else Status.REVIEWED
            return replace(state, status=status, reviews={**state.reviews, unit: by})
        case ReportSentBack():
            return replace(state, status=Status.SENT_BACK)
        case SignOffDelegated(delegate=delegate, delegated_by=by):
            return replace(state, delegate=delegate, delegated_by=by)
        case ReportSignedOff(signed_by=by):
            return replace(state, signed_by=by)
        case ReportSubmitted(submission=number):
            return replace(state, status=Status.SUBMITTED, submission=number)
        case ReportReturned():
            return replace(state, status=Status.RETURNED)
        case ReportAccepted():
            return replace(state, status=Status.ACCEPTED)
        case _:
            return state


def _opened(event: ReportPeriodOpened) -> Report:
    return Report(
        status=Status.OPEN,
        group=event.group,
        period=event.period,
        ends_at=event.ends_at,
        due_at=event.due_at,
        contribution_due_at=event.contribution_due_at,
        clock_stops_at=event.clock_stops_at,
        reminders=event.reminders,
        responsible_units=event.responsible_units,
        provisional=event.provisional,
    )


def _moved(state: Report, event: DeadlineMoved) -> Report:
    return replace(
        state,
        due_at=event.due_at,
        contribution_due_at=event.contribution_due_at or state.contribution_due_at,
        reminders=event.reminders,
        provisional=event.provisional,
    )
