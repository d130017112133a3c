"""The supervision office's steps: 立项, 交办, the answer to an extension, 核验, 销号. Whoever acted for the owner, or
holds a post in it, takes none of them after the directive was issued."""

from __future__ import annotations

from datetime import date

from services.reporting.domain.directive.commands import (
    CloseDirective,
    GrantExtension,
    IssueDirective,
    RefuseExtension,
    RegisterDirective,
    VerifyDirective,
)
from services.reporting.domain.directive.due import CLAUSE, missing, to_judge, wrong_step
from services.reporting.domain.directive.events import (
    DirectiveClosed,
    DirectiveExtended,
    DirectiveExtensionRefused,
    DirectiveIssued,
    DirectiveRegistered,
    DirectiveVerified,
    Outcome,
)
from services.reporting.domain.directive.reminding import still_ahead
from services.reporting.domain.directive.state import Directive, DirectiveStatus
from services.reporting.domain.values import day_of
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NOT_ASKED = Rejection(
    "no-request",
    zh="没有待答复的延期申请。",
    en="No extension has been asked for.",
    rule=CLAUSE,
    status=409,
)


def register(command: RegisterDirective, state: Directive) -> Decision:
    """三(五): the supervision office takes a matter on, saying what it rests on. Once; again changes nothing."""
    if state.status is not DirectiveStatus.NOT_REGISTERED:
        return []
    empty = [name for name in ("title", "text", "basis") if not getattr(command, name).strip()]
    if empty:
        zh, en = "请写明事项、要求和依据。", "Give title, what is to be done, and the basis."
        return missing("matter-missing", zh, en, field=empty[0])
    return [
        DirectiveRegistered(
            title=command.title.strip(),
            text=command.text.strip(),
            basis=command.basis.strip(),
            hearing=command.hearing,
            registered_by=command.by,
            registered_on=day_of(command.at),
        )
    ]


def issue(command: IssueDirective, state: Directive) -> Decision:
    """三(五): it is given to one owner unit, with a day that lies ahead."""
    if state.status is not DirectiveStatus.REGISTERED:
        return wrong_step("交办", "issued", state)
    today = day_of(command.at)
    if command.due_on <= today:
        return missing("due-not-ahead", "办理期限须晚于今天。", "The due day must lie after today.", field="due_on")
    return [
        DirectiveIssued(
            title=state.title,
            text=state.text,
            owner=command.owner,
            group=command.group,
            hearing=state.hearing,
            due_on=command.due_on,
            issued_by=command.by,
            issued_on=today,
            reminders=command.reminding.ahead(command.due_on, command.at),
        )
    ]


def grant(command: GrantExtension, state: Directive) -> Decision:
    """三(五): the supervision office grants the day asked for, or an earlier one that is later than the present."""
    if state.pending is None or state.owner is None or state.due_on is None:
        return NOT_ASKED
    if own := _own(command.by, command.for_owner, state):
        return own
    new, today = command.due_on or state.pending.new_due_on, day_of(command.at)
    if not max(state.due_on, today) < new <= state.pending.new_due_on:
        return missing(
            "extension-out-of-range",
            f"同意的期限须晚于现期限 {state.due_on} 和今天，且不晚于申请的 {state.pending.new_due_on}。",
            f"The day granted must lie after {state.due_on} and today, and not after {state.pending.new_due_on}, "
            "which was asked for.",
            field="due_on",
        )
    return [
        DirectiveExtended(
            request=state.pending.number,
            owner=state.owner,
            due_was=state.due_on,
            due_on=new,
            to_judge=None if state.status is DirectiveStatus.ANSWERED else new,
            decided_by=command.by,
            decided_on=today,
            reminders=command.reminding.ahead(new, command.at),
        )
    ]


def refuse(command: RefuseExtension, state: Directive) -> Decision:
    """三(五): the supervision office refuses an extension, with the reason; the due day stands."""
    if state.pending is None or state.owner is None or state.due_on is None:
        return NOT_ASKED
    if own := _own(command.by, command.for_owner, state):
        return own
    if not command.reason.strip():
        return missing("reason-missing", "请写明不同意延期的理由。", "Give the reason of the refusal.", field="reason")
    return [
        DirectiveExtensionRefused(
            request=state.pending.number,
            owner=state.owner,
            due_on=state.due_on,
            reason=command.reason.strip(),
            to_judge=None if state.status is DirectiveStatus.ANSWERED else to_judge(state),
            decided_by=command.by,
            decided_on=day_of(command.at),
            reminders=still_ahead(state.reminders, command.at),
        )
    ]


def verify(command: VerifyDirective, state: Directive) -> Decision:
    """三(五): the supervision office looks at what is said to be done; where it is not, it says why and it goes on."""
    if state.status is not DirectiveStatus.ANSWERED or state.owner is None:
        return wrong_step("核验", "verified", state)
    if own := _own(command.by, command.for_owner, state):
        return own
    if not command.passed and not command.note.strip():
        return missing("reason-missing", "核验未通过须写明理由。", "Say why it does not pass.", field="note")
    waits = state.pending is not None and state.pending.in_time
    return [
        DirectiveVerified(
            feedback=state.feedback,
            owner=state.owner,
            passed=command.passed,
            note=command.note.strip(),
            to_judge=None if command.passed or waits else to_judge(state),
            verified_by=command.by,
            verified_on=day_of(command.at),
            reminders=() if command.passed else still_ahead(state.reminders, command.at),
        )
    ]


def close(command: CloseDirective, state: Directive) -> Decision:
    """三(五): struck off by the supervision office alone, after a verification that passed; one no longer wanted is
    withdrawn, with the reason. The owner never closes its own."""
    if state.status is DirectiveStatus.CLOSED:
        return []
    if own := _own(command.by, command.for_owner, state):
        return own
    if command.withdrawn and not command.reason.strip():
        return missing("reason-missing", "撤销督办须写明理由。", "Give the reason of the withdrawal.", field="reason")
    if not command.withdrawn and state.status is not DirectiveStatus.VERIFIED:
        return Rejection(
            "not-verified",
            zh="督办事项经核验通过后方可销号；不再需要办理的，请写明理由撤销。",
            en="A directive is closed once its verification has passed; withdraw one that is no longer wanted.",
            rule=CLAUSE,
            details={"status": state.status},
            status=409,
        )
    finished = None if command.withdrawn else state.finished_on
    return [
        DirectiveClosed(
            outcome=Outcome.WITHDRAWN if command.withdrawn else Outcome.COMPLETED,
            owner=state.owner,
            due_on=state.due_on,
            finished_on=finished,
            late=_after(finished, state.due_on),
            overdue_times=state.overdue_times,
            reason=command.reason.strip(),
            closed_by=command.by,
            closed_on=day_of(command.at),
        )
    ]


def _after(finished: date | None, due_on: date | None) -> bool:
    return finished is not None and due_on is not None and finished > due_on


def _own(by: str, for_owner: bool, state: Directive) -> Rejection | None:
    """Nobody decides on what he himself or his unit has to do."""
    if not for_owner and by not in state.worked:
        return None
    return Rejection(
        "own-directive",
        zh="承办单位及其经办人不能对本单位的督办事项作出延期、核验或销号决定。",
        en="Whoever belongs to the owner or acted for it neither extends nor verifies nor closes the directive.",
        rule=CLAUSE,
        details={"owner": state.owner},
        status=403,
    )
