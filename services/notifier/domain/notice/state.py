"""What the rules need to remember of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.notifier.domain.notice.events import Channel


class Status(StrEnum):
    """Where a notice stands on its way."""

    UNKNOWN = "unknown"
    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Notice:
    """What one person is told of one event by one channel."""

    status: Status = Status.UNKNOWN
    person: str = ""
    channel: Channel = Channel.INBOX
    attempts: int = 0
    """Failed ones, since it was queued or asked for again."""
    read: bool = False
