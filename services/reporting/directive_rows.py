"""How a directive's events become rows. Rows of `deadline` stand while the clock has a due day to judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.reporting.domain.directive.state import DirectiveStatus
from services.reporting.tables import deadline, directive, directive_step, metadata
from sevenx.kernel.cut_offs import day_end
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

DIRECTIVE_DUE = "directive"
"""Name of the deadline at which a directive's due day is judged."""
DIRECTIVE_REMINDER = "directive_reminder"
"""Name of the next reminder before it."""

directive_rows = Projections(metadata)
_on = directive_rows.on


@_on("reporting.DirectiveRegistered")
def registered(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("title", "text", "basis", "hearing", "registered_on")
    said = {name: data[name] for name in names}
    rows.put(directive, **said, status=DirectiveStatus.REGISTERED, overdue=False, overdue_times=0)
    _step(event, rows, "registered", data["registered_by"])


@_on("reporting.DirectiveIssued")
def issued(event: Recorded, rows: Changes) -> None:
    data = event.data
    said = {name: data[name] for name in ("owner", "group", "due_on", "issued_on")}
    rows.set(directive, status=DirectiveStatus.ISSUED, **said)
    rows.put(deadline, DIRECTIVE_DUE, due_at=day_end(data["due_on"]))
    _next_reminder(rows, [one["at"] for one in data["reminders"]])
    _step(event, rows, "issued", data["issued_by"], owner=data["owner"], due_on=data["due_on"])


@_on("reporting.DirectiveAcknowledged")
def acknowledged(event: Recorded, rows: Changes) -> None:
    rows.set(directive, status=DirectiveStatus.ACKNOWLEDGED)
    _step(event, rows, "acknowledged", event.data["acknowledged_by"])


@_on("reporting.DirectiveFeedbackGiven")
def feedback_given(event: Recorded, rows: Changes) -> None:
    data = event.data
    if data["done"]:
        rows.set(directive, status=DirectiveStatus.ANSWERED, finished_on=data["given_on"])
        _nothing_to_judge(rows)
    told = {name: data[name] for name in ("feedback", "text", "done", "documents", "late")}
    _step(event, rows, "feedback", data["given_by"], **told)


@_on("reporting.DirectiveExtensionRequested")
def extension_requested(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(directive, asked_until=data["new_due_on"])
    if data["in_time"]:
        _nothing_to_judge(rows)
    told = {name: data[name] for name in ("request", "new_due_on", "reason", "in_time")}
    _step(event, rows, "extension_requested", data["requested_by"], **told)


@_on("reporting.DirectiveExtended")
def extended(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(directive, due_on=data["due_on"], asked_until=None, overdue=False)
    _to_judge(rows, data)
    _step(event, rows, "extended", data["decided_by"], due_was=data["due_was"], due_on=data["due_on"])


@_on("reporting.DirectiveExtensionRefused")
def extension_refused(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(directive, asked_until=None)
    _to_judge(rows, data)
    _step(event, rows, "extension_refused", data["decided_by"], request=data["request"], reason=data["reason"])


@_on("reporting.DirectiveVerified")
def verified(event: Recorded, rows: Changes) -> None:
    data = event.data
    if data["passed"]:
        rows.set(directive, status=DirectiveStatus.VERIFIED, asked_until=None)
    else:
        rows.set(directive, status=DirectiveStatus.ACKNOWLEDGED, finished_on=None)
        _to_judge(rows, data)
    _step(event, rows, "verified", data["verified_by"], passed=data["passed"], note=data["note"])


@_on("reporting.DirectiveClosed")
def closed(event: Recorded, rows: Changes) -> None:
    data = event.data
    said = {name: data[name] for name in ("outcome", "late", "closed_on", "finished_on")}
    rows.set(directive, status=DirectiveStatus.CLOSED, asked_until=None, **said)
    _nothing_to_judge(rows)
    _step(event, rows, "closed", data["closed_by"], outcome=data["outcome"], reason=data["reason"])


@_on("reporting.DirectiveOverdue")
def overdue(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(directive, overdue=True, overdue_times=data["times"])
    _nothing_to_judge(rows)
    _step(event, rows, "overdue", None, due_on=data["due_on"], times=data["times"])


@_on("reporting.DirectiveReminderDue")
def reminder_due(event: Recorded, rows: Changes) -> None:
    data = event.data
    _next_reminder(rows, [data["next_at"]] if data["next_at"] else [])
    _step(event, rows, "reminded", None, due_on=data["due_on"], working_days_before=data["working_days_before"])


def _to_judge(rows: Changes, data: Mapping[str, Any]) -> None:
    """The owner has the next step again, where the event says of a due day that it is still to judge."""
    if data["to_judge"] is not None:
        rows.put(deadline, DIRECTIVE_DUE, due_at=day_end(data["to_judge"]))
        _next_reminder(rows, [one["at"] for one in data["reminders"]])


def _nothing_to_judge(rows: Changes) -> None:
    rows.delete(deadline, DIRECTIVE_DUE)
    rows.delete(deadline, DIRECTIVE_REMINDER)


def _next_reminder(rows: Changes, instants: list[datetime]) -> None:
    if instants:
        rows.put(deadline, DIRECTIVE_REMINDER, due_at=min(instants))
    else:
        rows.delete(deadline, DIRECTIVE_REMINDER)


def _step(event: Recorded, rows: Changes, step: str, by: str | None, **details: Any) -> None:
    rows.put(directive_step, event.version, step=step, at=event.meta.occurred_at, by=by, details=plain(details))
