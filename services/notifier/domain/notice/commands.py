"""Commands to a notice. `at` is business time (UTC); `by` is the id of the person who gives the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.notifier.domain.notice.events import Channel


@dataclass(frozen=True)
class QueueNotice:
    """Tell a person of an event by a channel."""

    at: datetime
    person: str
    channel: Channel
    kind: str
    about: str
    told_as: str
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    link: str
    queued_for: datetime


@dataclass(frozen=True)
class RecordDelivery:
    """A mail server has taken the notice; `receipt` is the Message-ID."""

    at: datetime
    receipt: str


@dataclass(frozen=True)
class RecordFailure:
    """An attempt failed: for good (`permanent`), or to be tried again while fewer than `most` have failed."""

    reason: str
    permanent: bool
    most: int


@dataclass(frozen=True)
class RetryDelivery:
    """Try a notice again that had failed for good."""

    at: datetime
    by: str


@dataclass(frozen=True)
class MarkRead:
    """The person has read it."""

    at: datetime
    by: str
