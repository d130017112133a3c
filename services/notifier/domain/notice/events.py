"""What happens to a notice: what one person is told of one event by one channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """By which way a person is told."""

    INBOX = "inbox"
    EMAIL = "email"


CHANNEL_ZH = {Channel.INBOX: "站内信", Channel.EMAIL: "电子邮件"}


@dataclass(frozen=True, slots=True)
class NotificationQueued:
    """A person is to be told of an event by a channel. Once for each event, person and channel: the stream's id is made
    of these three. No address stands here."""

    person: str
    """A person's id, or an office such as `410804-commerce-bureau`, which is told as whoever holds it."""
    channel: Channel
    kind: str
    """The rule of `data/notices.yaml` by which the person is told."""
    about: str
    """Position of the event, `area/stream@version`."""
    told_as: str
    """As what: the post or the part in the event that the rule names, `liaison@410804-G-1`."""
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    link: str
    """Path of a page of the console, without a host."""
    queued_for: datetime
    """Business time from which it may be delivered. E-mails to a person of one kind that have the same instant go out
    as one."""


@dataclass(frozen=True, slots=True)
class NotificationDelivered:
    """The notice stands in the inbox, or a mail server has taken it. Once for a notice, however often it was sent."""

    channel: Channel
    delivered_at: datetime
    receipt: str
    """`inbox`, or the Message-ID of the e-mail, which several notices share that went out as one."""


@dataclass(frozen=True, slots=True)
class NotificationFailed:
    """An attempt failed. After the last one (`final`) nothing is tried until an operator asks for it."""

    attempt: int
    """1, 2, 3 … since the notice was queued, or asked for again."""
    reason: str
    """Never with an address in it."""
    final: bool


@dataclass(frozen=True, slots=True)
class NotificationRequeued:
    """An operator let a notice that had failed for good be tried again."""

    requeued_by: str
    queued_for: datetime


@dataclass(frozen=True, slots=True)
class NotificationRead:
    """The person (or who holds the office) has read it in the inbox."""

    read_at: datetime
    read_by: str


NOTICE_EVENTS = (
    NotificationQueued,
    NotificationDelivered,
    NotificationFailed,
    NotificationRequeued,
    NotificationRead,
)
