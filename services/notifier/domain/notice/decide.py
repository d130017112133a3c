"""The rules of a notice. Each may be asked again after a crash and then changes nothing."""

from __future__ import annotations

import hashlib

from services.notifier.domain.notice.commands import (
    MarkRead,
    QueueNotice,
    RecordDelivery,
    RecordFailure,
    RetryDelivery,
)
from services.notifier.domain.notice.events import (
    Channel,
    NotificationDelivered,
    NotificationFailed,
    NotificationQueued,
    NotificationRead,
    NotificationRequeued,
)
from services.notifier.domain.notice.state import Notice, Status
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

IN_THE_INBOX = "inbox"
"""The receipt of what stands in the inbox."""
UNKNOWN = Rejection("unknown-notice", "没有这条通知。", "There is no such notice.", status=404)


def notice_id(district: str, about: str, person: str, channel: Channel) -> str:
    """The stream of what a person is told of an event by a channel: the same three have the same stream for ever, so
    that nothing is told twice."""
    digest = hashlib.sha256(f"{about}\0{person}\0{channel}".encode()).hexdigest()
    return f"{district}-M-{digest[:32]}"


def decide(command: object, state: Notice) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, QueueNotice):
        return queue(command, state)
    if state.status is Status.UNKNOWN:
        return UNKNOWN
    match command:
        case RecordDelivery():
            return record_delivery(command, state)
        case RecordFailure():
            return record_failure(command, state)
        case RetryDelivery():
            return retry(command, state)
        case MarkRead():
            return mark_read(command, state)
    raise TypeError(f"not a command of a notice: {command!r}")


def queue(command: QueueNotice, state: Notice) -> Decision:
    """Queued once. What is for the inbox stands there with the same commit."""
    if state.status is not Status.UNKNOWN:
        return []
    queued = NotificationQueued(
        person=command.person,
        channel=command.channel,
        kind=command.kind,
        about=command.about,
        told_as=command.told_as,
        title_zh=command.title_zh,
        title_en=command.title_en,
        body_zh=command.body_zh,
        body_en=command.body_en,
        link=command.link,
        queued_for=command.queued_for,
    )
    if command.channel is Channel.INBOX:
        return [queued, NotificationDelivered(Channel.INBOX, command.at, IN_THE_INBOX)]
    return [queued]


def record_delivery(command: RecordDelivery, state: Notice) -> Decision:
    """Recorded once, whatever was recorded of earlier attempts: a server has taken it."""
    if state.status is Status.DELIVERED:
        return []
    return [NotificationDelivered(state.channel, command.at, command.receipt)]


def record_failure(command: RecordFailure, state: Notice) -> Decision:
    """Attempts are bounded: the last one, or one that no further try can mend, is final."""
    if state.status is not Status.QUEUED:
        return []
    attempt = state.attempts + 1
    return [NotificationFailed(attempt, command.reason, command.permanent or attempt >= command.most)]


def retry(command: RetryDelivery, state: Notice) -> Decision:
    """Only what has failed for good is asked for again; what is delivered or still tried needs nobody."""
    if state.status is Status.FAILED:
        return [NotificationRequeued(command.by, command.at)]
    if state.status is Status.QUEUED:
        return []
    return Rejection(
        "already-delivered",
        "该通知已送达，无需重发。",
        "The notice is delivered; there is nothing to retry.",
        status=409,
    )


def mark_read(command: MarkRead, state: Notice) -> Decision:
    """What stands in an inbox is read there, once."""
    if state.channel is not Channel.INBOX:
        return Rejection(
            "not-in-the-inbox",
            "这条是电子邮件通知，不在站内信中；请标记对应的站内信。",
            "This notice went by e-mail and stands in no inbox; mark the one in the inbox.",
        )
    return [] if state.read else [NotificationRead(command.at, command.by)]
