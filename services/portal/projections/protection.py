"""The protection of first reports (首报首谈): who holds an investor's intent, who waits behind, who contests."""

from __future__ import annotations

from typing import Any

from services.portal.tables import metadata
from services.portal.tables.projects import contest, protection
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on
_REPORT = ("intent_key", "unit", "report", "registered_on")
_NOT_IDLE = {"idle_since": None, "idle_days": None, "release_proposed": False}


def _of(event: Recorded, *names: str) -> dict[str, Any]:
    return {name: event.data[name] for name in names}


def _row(event: Recorded, rows: Changes, **changed: Any) -> None:
    rows.set(protection, event.data["lead"], **changed)


@_on("projects.ProtectionGranted")
def granted(event: Recorded, rows: Changes) -> None:
    said = _of(event, *_REPORT, "from_date", "until", "basis")
    state = {"state": "active", "extended": False, "release_proposed": False}
    rows.put(protection, event.data["lead"], **said, group_id=event.data["group"], **state)


@_on("projects.LeadQueued")
def queued(event: Recorded, rows: Changes) -> None:
    said = _of(event, *_REPORT, "position")
    state = {"state": "queued", "extended": False, "release_proposed": False}
    rows.put(protection, event.data["lead"], **said, group_id=event.data["group"], **state)


@_on("projects.QueueLeft")
def left_queue(event: Recorded, rows: Changes) -> None:
    _row(event, rows, state="left", reason=event.data["reason"])


@_on("projects.ProtectionExtended")
def extended(event: Recorded, rows: Changes) -> None:
    _row(event, rows, until=event.data["until"], extended=True)


@_on("projects.ProtectionWarned")
def warned(event: Recorded, rows: Changes) -> None:
    _row(event, rows, **_of(event, "idle_since", "idle_days"))


@_on("projects.ReleaseProposed")
def release_proposed(event: Recorded, rows: Changes) -> None:
    _row(event, rows, **_of(event, "idle_since", "idle_days"), release_proposed=True)


@_on("projects.ReleaseDeclined")
def release_declined(event: Recorded, rows: Changes) -> None:
    _row(event, rows, **_NOT_IDLE)


@_on("projects.ProtectionReleased")
def released(event: Recorded, rows: Changes) -> None:
    _row(event, rows, state="released", reason=event.data["reason"])


@_on("projects.ProtectionExpired")
def expired(event: Recorded, rows: Changes) -> None:
    _row(event, rows, state="expired")


@_on("projects.ProtectionFulfilled")
def fulfilled(event: Recorded, rows: Changes) -> None:
    _row(event, rows, state="fulfilled", **_NOT_IDLE)


@_on("projects.ProtectionReopened")
def reopened(event: Recorded, rows: Changes) -> None:
    _row(event, rows, state="active")


@_on("projects.FirstTalkProved")
def talk_proved(event: Recorded, rows: Changes) -> None:
    _row(event, rows, talked_on=event.data["talked_on"])


@_on("projects.IntentDecided")
def intent_decided(event: Recorded, rows: Changes) -> None:
    _row(event, rows, intent_key=event.data["intent_key"])


@_on("projects.LeadContested")
def contested(event: Recorded, rows: Changes) -> None:
    said = _of(
        event,
        *("lead", "by_unit", "holder", "holder_unit", "intent_key", "grounds", "contested_on", "decide_by", "referee"),
    )
    rows.put(contest, event.data["contest"], **said, group_id=event.data["group"], state="open", overdue=False)


@_on("projects.ContestDecided")
def contest_decided(event: Recorded, rows: Changes) -> None:
    state = "upheld" if event.data["upheld"] else "dismissed"
    rows.set(contest, event.data["contest"], state=state, **_of(event, "reason", "decided_by", "decided_on"))


@_on("projects.ContestLapsed")
def contest_lapsed(event: Recorded, rows: Changes) -> None:
    rows.set(contest, event.data["contest"], state="lapsed", reason=event.data["reason"])


@_on("projects.ContestOverdue")
def contest_overdue(event: Recorded, rows: Changes) -> None:
    rows.set(contest, event.data["contest"], overdue=True)
