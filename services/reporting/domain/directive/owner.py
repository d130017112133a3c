"""The owner's steps: 签收, 反馈, 延期申请. A late step is said to be late before it is taken."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from services.reporting.domain.directive.commands import AcknowledgeDirective, GiveFeedback, RequestExtension
from services.reporting.domain.directive.due import missing, overdue, to_judge, wrong_step
from services.reporting.domain.directive.events import (
    DirectiveAcknowledged,
    DirectiveExtensionRequested,
    DirectiveFeedbackGiven,
)
from services.reporting.domain.directive.state import Directive, DirectiveStatus
from services.reporting.domain.values import day_of
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_IN_HAND = (DirectiveStatus.ISSUED, DirectiveStatus.ACKNOWLEDGED)


def acknowledge(command: AcknowledgeDirective, state: Directive) -> Decision:
    """三(五): the owner confirms that it has the directive; again changes nothing."""
    if state.status is not DirectiveStatus.ISSUED:
        return [] if state.running else wrong_step("签收", "acknowledged", state)
    return _acknowledged(command.at, command.by, state)


def _acknowledged(at: Any, by: str, state: Directive) -> list[Any]:
    if state.owner is None or state.status is not DirectiveStatus.ISSUED:
        return []
    return [DirectiveAcknowledged(state.owner, by, day_of(at))]


def give_feedback(command: GiveFeedback, state: Directive) -> Decision:
    """三(五): the owner tells how it stands, as often as it likes; «done» asks for verification. Who gives feedback has
    the directive in hand, acknowledged or not."""
    if state.status not in _IN_HAND or state.owner is None or state.due_on is None:
        return wrong_step("反馈", "given feedback", state)
    if not command.text.strip():
        return missing("text-missing", "请写明办理情况。", "Say how it stands.", field="text")
    wrong = [one for one in command.documents if not _SHA256.match(one)]
    if wrong:
        return missing(
            "document-hash-wrong",
            "附件须以 SHA-256（64 位十六进制）登记。",
            "A document is its SHA-256.",
            field="documents",
        )
    late = command.at >= day_end(state.due_on)
    return [
        *_acknowledged(command.at, command.by, state),
        *(() if state.waits_for_office else _late(command.at, state)),
        DirectiveFeedbackGiven(
            feedback=state.feedback + 1,
            owner=state.owner,
            text=command.text.strip(),
            done=command.done,
            documents=command.documents,
            due_on=state.due_on,
            late=late,
            given_by=command.by,
            given_on=day_of(command.at),
        ),
    ]


def _late(at: Any, state: Directive) -> list[Any]:
    """What the clock would say of this moment, with the directive acknowledged by the step that is being taken."""
    return list(overdue(replace(state, status=DirectiveStatus.ACKNOWLEDGED), at))


def request_extension(command: RequestExtension, state: Directive) -> Decision:
    """三(五): the owner may ask for a later day, with the reason; one request at a time. Asked before the due day has
    passed, the clock waits for the answer."""
    if state.status not in _IN_HAND or state.owner is None or state.due_on is None:
        return wrong_step("申请延期", "extended", state)
    if state.pending is not None:
        return Rejection(
            "request-pending",
            zh=f"第{state.pending.number}次延期申请尚未答复（拟延至 {state.pending.new_due_on}）。",
            en=f"Request {state.pending.number} (until {state.pending.new_due_on}) has not been answered yet.",
            rule="三(五)",
            status=409,
        )
    if not command.reason.strip():
        return missing("reason-missing", "请写明延期理由。", "Give the reason of the request.", field="reason")
    today = day_of(command.at)
    if command.new_due_on <= max(state.due_on, today):
        return missing(
            "not-later",
            f"申请的日期须晚于现期限 {state.due_on}，且晚于今天。",
            f"The day asked for must lie after {state.due_on}, which holds now, and after today.",
            field="new_due_on",
        )
    return [
        *_acknowledged(command.at, command.by, state),
        *_late(command.at, state),
        DirectiveExtensionRequested(
            request=state.requests + 1,
            owner=state.owner,
            due_on=state.due_on,
            new_due_on=command.new_due_on,
            reason=command.reason.strip(),
            in_time=to_judge(state) is not None and command.at < day_end(state.due_on),
            requested_by=command.by,
            requested_on=today,
        ),
    ]
