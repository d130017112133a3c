"""Hearings and directives."""

from __future__ import annotations

from typing import Any

from services.portal.tables import metadata
from services.portal.tables.supervision import directive, hearing
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

PACK = ("groups", "units", "reports", "projects", "directives")
"""The parts of a briefing pack."""

projections = Projections(metadata)
_on = projections.on


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}


@_on("reporting.HearingScheduled")
def scheduled(event: Recorded, rows: Changes) -> None:
    said = _of(event, "number", "year", "covers_from", "covers_until", "planned_on", "reporters", "provisional")
    rows.put(hearing, **said, state="scheduled")


@_on("reporting.HearingPostponed")
def postponed(event: Recorded, rows: Changes) -> None:
    rows.set(hearing, **_of(event, "planned_on", "covers_until"))


@_on("reporting.BriefingPackPrepared")
def pack_prepared(event: Recorded, rows: Changes) -> None:
    data = event.data
    parts = {name: plain(data[name]) for name in PACK}
    rows.set(hearing, pack=data["pack"], pack_as_of=data["as_of"], pack_sha256=data["sha256"], pack_parts=parts)


@_on("reporting.HearingHeld")
def held(event: Recorded, rows: Changes) -> None:
    rows.set(hearing, state="held", **_of(event, "held_on", "chair", "attended", "absent", "summary"))


@_on("reporting.MinutesDrafted")
def minutes_drafted(event: Recorded, rows: Changes) -> None:
    rows.set(hearing, minutes="drafted", minutes_draft=event.data["draft"])


@_on("reporting.MinutesSentBack")
def minutes_sent_back(_: Recorded, rows: Changes) -> None:
    rows.set(hearing, minutes="sent_back")


@_on("reporting.MinutesApproved")
def minutes_approved(_: Recorded, rows: Changes) -> None:
    rows.set(hearing, minutes="approved")


@_on("reporting.MinutesIssued")
def minutes_issued(event: Recorded, rows: Changes) -> None:
    rows.set(hearing, state="issued", minutes="issued", **_of(event, "document_number", "issued_on"))


@_on("reporting.DirectiveRegistered")
def registered(event: Recorded, rows: Changes) -> None:
    said = _of(event, "title", "text", "basis", "hearing")
    rows.put(directive, **said, status="registered", overdue=False, times_overdue=0, feedback=0)


@_on("reporting.DirectiveIssued")
def issued(event: Recorded, rows: Changes) -> None:
    said = _of(event, "title", "text", "owner", "hearing", "due_on")
    rows.set(directive, status="issued", group_id=event.data["group"], **said)


@_on("reporting.DirectiveAcknowledged")
def acknowledged(_: Recorded, rows: Changes) -> None:
    rows.set(directive, status="acknowledged")


@_on("reporting.DirectiveFeedbackGiven")
def feedback_given(event: Recorded, rows: Changes) -> None:
    status = {"status": "answered"} if event.data["done"] else {}
    rows.set(directive, feedback=event.data["feedback"], **status)


@_on("reporting.DirectiveExtensionRequested")
def extension_requested(event: Recorded, rows: Changes) -> None:
    rows.set(directive, extension=event.data["request"], asked_until=event.data["new_due_on"])


@_on("reporting.DirectiveExtended")
def extended(event: Recorded, rows: Changes) -> None:
    rows.set(directive, due_on=event.data["due_on"], overdue=False, extension=None, asked_until=None)


@_on("reporting.DirectiveExtensionRefused")
def extension_refused(_: Recorded, rows: Changes) -> None:
    rows.set(directive, extension=None, asked_until=None)


@_on("reporting.DirectiveVerified")
def verified(event: Recorded, rows: Changes) -> None:
    rows.set(directive, status="verified" if event.data["passed"] else "acknowledged")


@_on("reporting.DirectiveOverdue")
def overdue(event: Recorded, rows: Changes) -> None:
    rows.set(directive, overdue=True, times_overdue=event.data["times"])


@_on("reporting.DirectiveClosed")
def closed(event: Recorded, rows: Changes) -> None:
    rows.set(directive, status="closed", **_of(event, "outcome", "closed_on", "late"))
