"""How each event changes a notice."""

from __future__ import annotations

from dataclasses import replace

from services.notifier.domain.notice.events import (
    NotificationDelivered,
    NotificationFailed,
    NotificationQueued,
    NotificationRead,
    NotificationRequeued,
)
from services.notifier.domain.notice.state import Notice, Status


def evolve(state: Notice, event: object) -> Notice:
    """The notice after the event."""
    match event:
        case NotificationQueued(person=person, channel=channel):
            return Notice(Status.QUEUED, person, channel)
        case NotificationDelivered():
            return replace(state, status=Status.DELIVERED)
        case NotificationFailed(attempt=attempt, final=final):
            return replace(state, status=Status.FAILED if final else Status.QUEUED, attempts=attempt)
        case NotificationRequeued():
            return replace(state, status=Status.QUEUED, attempts=0)
        case NotificationRead():
            return replace(state, read=True)
        case _:
            return state
