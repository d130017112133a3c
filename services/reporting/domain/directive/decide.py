"""What a directive answers to each command. The owner's rules stand in `owner`, the supervision office's in
`supervision`, the due day's in `due`."""

from __future__ import annotations

from services.reporting.domain.directive import due, owner, supervision
from services.reporting.domain.directive.commands import (
    AcknowledgeDirective,
    CloseDirective,
    GiveFeedback,
    GrantExtension,
    IssueDirective,
    JudgeDirective,
    RefuseExtension,
    RegisterDirective,
    RemindOwner,
    RequestExtension,
    VerifyDirective,
)
from services.reporting.domain.directive.state import Directive, DirectiveStatus
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NOT_REGISTERED = Rejection(
    "directive-unknown",
    zh="没有该督办事项；请先立项。",
    en="There is no such directive; register it first.",
    rule="三(五)",
    status=404,
)


def decide(command: object, state: Directive) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, RegisterDirective):
        return supervision.register(command, state)
    if state.status is DirectiveStatus.NOT_REGISTERED:
        return NOT_REGISTERED
    match command:
        case IssueDirective():
            return supervision.issue(command, state)
        case GrantExtension():
            return supervision.grant(command, state)
        case RefuseExtension():
            return supervision.refuse(command, state)
        case VerifyDirective():
            return supervision.verify(command, state)
        case CloseDirective():
            return supervision.close(command, state)
        case AcknowledgeDirective():
            return owner.acknowledge(command, state)
        case GiveFeedback():
            return owner.give_feedback(command, state)
        case RequestExtension():
            return owner.request_extension(command, state)
        case RemindOwner():
            return due.remind(command, state)
        case JudgeDirective():
            return due.judge(command, state)
    raise TypeError(f"not a command of a directive: {command!r}")
