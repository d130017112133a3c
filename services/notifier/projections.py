"""What notifier keeps of the events that it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.notice.state import Status
from services.notifier.tables import (
    CALENDARS,
    POSTS,
    SETTINGS,
    called,
    deadline,
    escalation,
    metadata,
    notice,
    subject,
)
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

LEVEL = "level"
"""Name of the one deadline of an escalation: its next level."""

projections = Projections(metadata, version=2, include=[POSTS.projections, SETTINGS.projections, CALENDARS.projections])


@projections.on("registry.GroupFormed", "registry.UnitRegistered", "registry.UnitRenamed", "registry.PersonRegistered")
def named(event: Recorded, rows: Changes) -> None:
    rows.put(called, zh=event.data["zh"], en=event.data["en"])


# -- what events are about --------------------------------------------------------------------------------------------

SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "projects.LeadRegistered": {"title": "title", "group": "group", "unit": "finder", "person": "registered_by"},
    "projects.ProjectOpened": {"title": "name", "group": "group", "unit": "finder", "person": "opened_by"},
    "projects.ProjectBaselined": {"title": "name", "group": "group", "unit": "finder", "person": "baselined_by"},
    "reporting.ReportPeriodOpened": {"title": "period", "group": "group"},
    "reporting.DirectiveRegistered": {"title": "title"},
    "reporting.HearingScheduled": {"title": "number", "parties": "reporters"},
    "outreach.TripRequested": {"title": "purpose", "group": "group", "unit": "unit", "person": "traveller"},
}
"""The first event of a thing, and which of its fields tell what."""
PARTS: Mapping[str, tuple[str, Mapping[str, str | tuple[str, ...]]]] = {
    "projects.LeadContested": (
        "contest",
        {"group": "group", "unit": "by_unit", "person": "contested_by", "parties": ("holder_unit",)},
    ),
    "projects.LeadTransferAsked": (
        "transfer",
        {"group": "from_group", "unit": "from_unit", "person": "asked_by", "parties": ("to_unit", "to_group")},
    ),
    "projects.FundsClaimed": ("claim", {"unit": "claimant", "person": "claimed_by"}),
    "assessment.AppealFiled": ("appeal", {"unit": "appellant", "person": "filed_by"}),
}
"""An event that begins a part of a thing: the field that numbers it, and which fields tell what; several of them are
the parties to it."""
MORE: Mapping[str, Mapping[str, str]] = {
    "projects.LeadTransferred": {"group": "to_group", "unit": "to_unit"},
    "reporting.ReportDrafted": {"person": "drafted_by"},
    "reporting.SignOffDelegated": {"delegate": "delegate"},
    "reporting.DirectiveIssued": {"group": "group", "unit": "owner"},
}
"""What later events add."""
SETTLING = (
    "reporting.ReportSubmitted",
    "reporting.DirectiveClosed",
    "reporting.DirectiveExtended",
)
"""Events after which nothing is overdue in their stream any more."""


def _keep(name: str) -> None:
    columns = SUBJECTS[name]

    @projections.on(name)
    def began(event: Recorded, rows: Changes) -> None:
        rows.put(subject, "", **_told(event.data, columns))


def _keep_part(name: str) -> None:
    number, columns = PARTS[name]

    @projections.on(name)
    def part_began(event: Recorded, rows: Changes) -> None:
        rows.put(subject, str(event.data[number]), **_told(event.data, columns))


def _keep_more(name: str) -> None:
    columns = MORE[name]

    @projections.on(name)
    def went_on(event: Recorded, rows: Changes) -> None:
        rows.set(subject, "", **_told(event.data, columns))


def _told(data: Mapping[str, Any], columns: Mapping[str, str | tuple[str, ...]]) -> dict[str, Any]:
    return {name: _said(data, name, of) for name, of in columns.items()}


def _said(data: Mapping[str, Any], name: str, of: str | tuple[str, ...]) -> Any:
    if isinstance(of, tuple):
        return [data[one] for one in of]
    return str(data[of]) if name == "title" else data[of]


_PARTS_OF_SUBJECTS: tuple[tuple[Iterable[str], Callable[[str], None]], ...] = (
    (SUBJECTS, _keep),
    (PARTS, _keep_part),
    (MORE, _keep_more),
)
for _names, _register in _PARTS_OF_SUBJECTS:
    for _name in _names:
        _register(_name)


@projections.on(*SETTLING)
def settled(event: Recorded, rows: Changes) -> None:
    rows.set(subject, "", settled_version=event.version, settled_at=event.meta.occurred_at)


# -- notices ----------------------------------------------------------------------------------------------------------


@projections.on("notifier.NotificationQueued")
def queued(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("person", "channel", "kind", "about", "told_as", "link", "queued_for")
    texts = ("title_zh", "title_en", "body_zh", "body_en")
    rows.put(
        notice,
        **{name: data[name] for name in (*same, *texts)},
        queued_at=event.meta.occurred_at,
        recorded_at=event.meta.recorded_at,
        status=Status.QUEUED,
        attempts=0,
        unread=data["channel"] == Channel.INBOX,
    )


@projections.on("notifier.NotificationDelivered")
def delivered(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(notice, status=Status.DELIVERED, delivered_at=data["delivered_at"], receipt=data["receipt"], reason=None)


@projections.on("notifier.NotificationFailed")
def failed(event: Recorded, rows: Changes) -> None:
    data = event.data
    status = Status.FAILED if data["final"] else Status.QUEUED
    rows.set(notice, status=status, attempts=data["attempt"], reason=data["reason"], tried_at=event.meta.recorded_at)


@projections.on("notifier.NotificationRequeued")
def requeued(event: Recorded, rows: Changes) -> None:
    rows.set(notice, status=Status.QUEUED, attempts=0, tried_at=None, queued_for=event.data["queued_for"])


@projections.on("notifier.NotificationRead")
def read(event: Recorded, rows: Changes) -> None:
    rows.set(notice, unread=False, read_at=event.data["read_at"], read_by=event.data["read_by"])


# -- escalations ------------------------------------------------------------------------------------------------------


@projections.on("notifier.EscalationScheduled")
def escalation_scheduled(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("obligation", "kind", "title_zh", "title_en", "group", "unit", "link", "due_at")
    rows.put(escalation, data["about"], **{name: data[name] for name in same}, level=0, told=[])
    _next_level(rows, data["about"], data["steps"][0])


@projections.on("notifier.EscalationRaised")
def escalation_raised(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(escalation, data["about"], level=data["level"], raised_at=data["raised_for"], told=data["to"])
    if data["next"] is None:
        rows.delete(deadline, LEVEL)
    else:
        _next_level(rows, data["about"], data["next"])


@projections.on("notifier.EscalationResolved")
def escalation_resolved(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(escalation, data["about"], settled_by=data["settled_by"], resolved_at=data["resolved_at"])
    rows.delete(deadline, LEVEL)


def _next_level(rows: Changes, about: str, step: Mapping[str, Any]) -> None:
    rows.put(
        deadline,
        LEVEL,
        due_at=step["at"],
        about=about,
        level=step["level"],
        working_days_after=step["working_days_after"],
    )
