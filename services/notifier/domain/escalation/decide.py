"""The rules of escalation: after a deadline was missed, level by level, until it is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifier.domain.escalation.commands import RaiseLevel, ResolveEscalation, ScheduleEscalation
from services.notifier.domain.escalation.events import (
    EscalationRaised,
    EscalationResolved,
    EscalationScheduled,
    EscalationStep,
)
from services.notifier.domain.escalation.evolve import version_of
from services.notifier.domain.escalation.state import Escalation
from sevenx.district.calendar import WorkCalendar
from sevenx.kernel.decider import Decision

SHANGHAI = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)


def escalation_id(district: str, obligation: str) -> str:
    """The stream of what is overdue in another: `410804-E-R-2026-08-G1` for the report `410804-R-2026-08-G1`."""
    return f"{district}-E-{obligation.removeprefix(f'{district}-')}"


def levels(due_at: datetime, days: Iterable[int], calendar: WorkCalendar) -> tuple[EscalationStep, ...]:
    """三(三): level n is due when as many working days have passed after the due day as the n-th figure of
    `report.escalation_days_after` says, at the end of the last of them. A due time is the 24:00 of its day."""
    due_day = (due_at - timedelta(microseconds=1)).astimezone(SHANGHAI).date()
    counted = sorted({number for number in days if number > 0})
    return tuple(
        EscalationStep(level, number, _end_of(calendar.add_working_days(due_day, number)))
        for level, number in enumerate(counted, 1)
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _DAY, time(0), SHANGHAI)


def decide(command: object, state: Escalation) -> Decision:
    """The events that the command causes; none is ever refused, since all come from the clock and from events."""
    match command:
        case ScheduleEscalation():
            return schedule(command, state)
        case RaiseLevel():
            return raise_level(command, state)
        case ResolveEscalation():
            return resolve(command, state)
    raise TypeError(f"not a command of an escalation: {command!r}")


def schedule(command: ScheduleEscalation, state: Escalation) -> Decision:
    """Each miss is scheduled once. A later miss of the same thing takes the place of one that is still open; what was
    settled before its miss was heard of stays settled."""
    if command.about in state.known or version_of(command.about) < state.settled or not command.steps:
        return []
    scheduled = EscalationScheduled(
        about=command.about,
        obligation=command.obligation,
        kind=command.kind,
        title_zh=command.title_zh,
        title_en=command.title_en,
        group=command.group,
        unit=command.unit,
        link=command.link,
        due_at=command.due_at,
        steps=command.steps,
    )
    if state.current is None:
        return [scheduled]
    if version_of(command.about) < version_of(state.current.about):
        return []
    over = EscalationResolved(
        state.current.about, state.current.obligation, command.about, command.due_at, state.raised
    )
    return [over, scheduled]


def raise_level(command: RaiseLevel, state: Escalation) -> Decision:
    """三(三): a level that is due and not yet told is told, each exactly once and in their order."""
    if state.current is None or not state.steps:
        return []
    step = state.steps[0]
    if step.level != command.level or command.at < step.at:
        return []
    missed = state.current
    return [
        EscalationRaised(
            about=missed.about,
            level=step.level,
            to=command.to,
            reason_zh=command.reason_zh,
            reason_en=command.reason_en,
            raised_for=step.at,
            obligation=missed.obligation,
            kind=missed.kind,
            group=missed.group,
            unit=missed.unit,
            link=missed.link,
            next=state.steps[1] if len(state.steps) > 1 else None,
        )
    ]


def resolve(command: ResolveEscalation, state: Escalation) -> Decision:
    """Done: no further level is told. Only what came after the miss settles it."""
    missed = state.current
    if missed is None or version_of(command.settled_by) <= version_of(missed.about):
        return []
    return [EscalationResolved(missed.about, missed.obligation, command.settled_by, command.at, state.raised)]
