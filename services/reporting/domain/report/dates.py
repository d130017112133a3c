"""The rules of a report's dates: what opens it, what the clock brings, what stops the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.reporting.domain.report.commands import (
    CloseContributions,
    JudgeDeadline,
    MoveDeadline,
    OpenReport,
    Remind,
)
from services.reporting.domain.report.events import (
    CalendarConfirmed,
    ContributionOverdue,
    ContributionsClosed,
    DeadlineMissed,
    DeadlineMoved,
    ReportClockStopped,
    ReportPeriodOpened,
    ReportReminderDue,
)
from services.reporting.domain.report.state import Report, Status
from services.reporting.domain.report.values import Step
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def open_report(command: OpenReport, state: Report) -> Decision:
    """三(三): each group, and only a group, owes a report for each month. Opened once; again changes nothing.

    A period is opened when it has begun, and by hand not once its report would be due: nobody is late from the start.
    At its very beginning it is opened whatever the settings make of its dates, so that the months never break off.
    """
    if state.opened:
        return []
    dates = command.schedule
    if command.at != dates.starts_at and not dates.starts_at < command.at < dates.due_at:
        return Rejection(
            "period-not-current",
            zh=f"{dates.period}期尚未开始或已过报送期限，不能开启。",
            en=f"Period {dates.period} has not begun, or its report would already be due: it cannot be opened.",
            rule="三(三)",
            details={"starts_at": dates.starts_at.isoformat(), "due_at": dates.due_at.isoformat()},
        )
    return [
        ReportPeriodOpened(
            group=command.group,
            period=str(dates.period),
            starts_at=dates.starts_at,
            ends_at=dates.ends_at,
            due_at=dates.due_at,
            due_day=dates.due_day,
            nominal_day=dates.nominal_day,
            contribution_due_at=dates.contribution_due_at,
            clock_stops_at=Step(dates.rules.clock_stops_at),
            reminders=dates.reminders,
            lead_units=command.lead_units,
            responsible_units=command.responsible_units,
            settings=dates.rules.used(),
            calendars=dates.calendars,
            provisional=dates.provisional,
        )
    ]


def judge_deadline(command: JudgeDeadline, state: Report) -> Decision:
    """三(三): at the due time, not before, a report whose clock has not stopped has missed its deadline: once."""
    if command.at < state.due_at or state.missed or state.stopped_at is not None:
        return []
    return [missed(state)]


def missed(state: Report) -> DeadlineMissed:
    return DeadlineMissed(state.group, state.period, state.due_at, state.clock_stops_at, state.reached)


def effective(state: Report, at: datetime) -> datetime:
    """When a step counts as done: a step that arrives after the deadline was judged is not before the deadline."""
    return max(at, state.due_at) if state.missed else at


def stop_clock(state: Report, step: Step, at: datetime) -> list[Any]:
    """三(三): the step that the setting names stops the clock, the first time it is done; a miss is stated before."""
    if step is not state.clock_stops_at or state.stopped_at is not None:
        return []
    seconds = lateness(state, at)
    late = at >= state.due_at
    before = [missed(state)] if late and not state.missed else []
    return [*before, ReportClockStopped(step, at, state.due_at, late, seconds)]


def lateness(state: Report, at: datetime) -> int:
    """Whole seconds after the due time; 0 when in time."""
    return max(0, int((at - state.due_at).total_seconds()))


def remind(command: Remind, state: Report) -> Decision:
    """三(三): reminders before the deadline, until the clock has stopped; those missed by the clock are caught up."""
    if state.stopped_at is not None or state.missed:
        return []
    due = [one for one in state.reminders if one.at <= command.at]
    following = [*(one.at for one in state.reminders[1:]), None]
    return [
        ReportReminderDue(one.at, one.working_days_before, state.due_at, state.waiting_for, following[n])
        for n, one in enumerate(due)
    ]


def close_contributions(command: CloseContributions, state: Report) -> Decision:
    """三(三): a responsible unit that has not contributed by the internal date is reminded. It misses no deadline."""
    if command.at < state.contribution_due_at or state.contributions_closed:
        return []
    missing = tuple(unit for unit in state.responsible_units if unit not in state.contributed)
    in_vain = state.status in (Status.SUBMITTED, Status.ACCEPTED)
    overdue = [] if in_vain else [ContributionOverdue(unit, state.contribution_due_at) for unit in missing]
    return [*overdue, ContributionsClosed(state.contribution_due_at, missing)]


def move_deadline(command: MoveDeadline, state: Report) -> Decision:
    """A year's calendar was published: dates still ahead follow it. Nobody becomes late by a calendar that came after,
    so a date never moves to a time that is already past, and what was judged stays."""
    at, dates = command.at, command.schedule
    judged = state.stopped_at is not None or state.missed or at >= state.due_at
    if judged or dates.due_at <= at:
        return []
    contribution = _contribution(command, state)
    moved = dates.due_at != state.due_at or contribution not in (None, state.contribution_due_at)
    if not moved and dates.provisional == state.provisional:
        return []
    if not moved:
        return [CalendarConfirmed(dates.calendars, dates.provisional, command.reason)]
    return [
        DeadlineMoved(
            due_was=state.due_at,
            due_at=dates.due_at,
            due_day=dates.due_day,
            contribution_due_at=contribution,
            reminders=tuple(one for one in dates.reminders if one.at > at),
            calendars=dates.calendars,
            provisional=dates.provisional,
            reason=command.reason,
        )
    ]


def _contribution(command: MoveDeadline, state: Report) -> datetime | None:
    if state.contributions_closed:
        return None
    new = command.schedule.contribution_due_at
    return new if new > command.at else state.contribution_due_at
