"""The due day of a directive: when it is near, when it has passed, and who is then overdue."""

from __future__ import annotations

from datetime import date, datetime

from services.reporting.domain.directive.commands import JudgeDirective, RemindOwner
from services.reporting.domain.directive.events import DirectiveOverdue, DirectiveReminderDue
from services.reporting.domain.directive.state import DIRECTIVE_STATUS_ZH, Directive
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(五)"


def remind(command: RemindOwner, state: Directive) -> Decision:
    """三(五): an owner that has the next step is reminded; what the clock missed is caught up. While the supervision
    office has it, nobody is."""
    if not state.running or state.waits_for_office or state.owner is None or state.due_on is None:
        return []
    due = [one for one in state.reminders if one.at <= command.at]
    following = [*(one.at for one in state.reminders[1:]), None]
    return [
        DirectiveReminderDue(
            title=state.title,
            due_on=state.due_on,
            owner=state.owner,
            group=state.group,
            scheduled_at=one.at,
            working_days_before=one.working_days_before,
            next_at=following[n],
        )
        for n, one in enumerate(due)
    ]


def judge(command: JudgeDirective, state: Directive) -> Decision:
    """三(五): an owner who has neither finished nor asked in time for a later day is overdue, once for a due day. While
    the supervision office has the next step, nobody becomes overdue by its delay."""
    return overdue(state, command.at) if not state.waits_for_office else []


def overdue(state: Directive, at: datetime) -> list[DirectiveOverdue]:
    """That the due day was missed, if it was and has not been said of it yet."""
    day = to_judge(state)
    if day is None or state.owner is None or at < day_end(day):
        return []
    times = state.overdue_times + 1
    return [DirectiveOverdue(state.title, day, state.owner, state.group, state.status, times)]


def to_judge(state: Directive) -> date | None:
    """The due day that the clock has still to judge."""
    return state.due_on if state.running and state.judged != state.due_on else None


def wrong_step(zh: str, en: str, state: Directive) -> Rejection:
    """A step that does not follow from where the directive stands."""
    return Rejection(
        "wrong-step",
        zh=f"督办事项当前状态为“{DIRECTIVE_STATUS_ZH[state.status]}”，不能{zh}。",
        en=f"The directive is {state.status}; it cannot be {en} now.",
        rule=CLAUSE,
        details={"status": state.status},
        status=409,
    )


def missing(code: str, zh: str, en: str, *, field: str) -> Rejection:
    """What the request lacks, or has wrong, in one of its fields."""
    return Rejection(code, zh=zh, en=en, rule=CLAUSE, field=field)
