"""Notices and escalations."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables import notices as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


@_on("notifier.NotificationQueued")
def queued(event: Recorded, rows: Changes) -> None:
    names = ("person", "channel", "kind", "about", "title_zh", "title_en", "body_zh", "body_en", "link", "queued_for")
    rows.put(t.notice, **{name: event.data[name] for name in names}, state="queued")


@_on("notifier.NotificationDelivered")
def delivered(event: Recorded, rows: Changes) -> None:
    rows.set(t.notice, state="delivered", delivered_at=event.data["delivered_at"])


@_on("notifier.NotificationFailed")
def failed(event: Recorded, rows: Changes) -> None:
    if event.data["final"]:
        rows.set(t.notice, state="failed")


@_on("notifier.NotificationRequeued")
def requeued(event: Recorded, rows: Changes) -> None:
    rows.set(t.notice, state="queued", queued_for=event.data["queued_for"])


@_on("notifier.NotificationRead")
def was_read(event: Recorded, rows: Changes) -> None:
    rows.set(t.notice, read_at=event.data["read_at"])


@_on("notifier.EscalationScheduled")
def escalation_scheduled(event: Recorded, rows: Changes) -> None:
    names = ("about", "obligation", "kind", "title_zh", "title_en", "unit", "link")
    said = {name: event.data[name] for name in names}
    rows.put(t.escalation, **said, group_id=event.data["group"], level=0, told=[])


@_on("notifier.EscalationRaised")
def escalation_raised(event: Recorded, rows: Changes) -> None:
    rows.set(t.escalation, level=event.data["level"], told=event.data["to"])


@_on("notifier.EscalationResolved")
def escalation_resolved(event: Recorded, rows: Changes) -> None:
    rows.set(t.escalation, resolved_at=event.data["resolved_at"])
