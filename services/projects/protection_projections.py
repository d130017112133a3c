"""How events of protections and referrals become rows."""

from __future__ import annotations

from typing import Any

from services.projects import protection_tables as t
from services.projects.domain.protection.state import Standing
from services.projects.tables import metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

protection_projections = Projections(metadata)
_on = protection_projections.on


@_on("projects.ProtectionGranted")
def granted(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("from_date", "until", "basis", "warn_days", "release_days")}
    _report(
        event, rows, Standing.HOLDING, data["from_date"],
        **kept, extended=False, fulfilled=False, idle_from=data["from_date"],
    )  # fmt: skip


@_on("projects.LeadQueued")
def queued(event: Recorded, rows: Changes) -> None:
    _report(event, rows, Standing.QUEUED, event.data["queued_on"])


def _report(event: Recorded, rows: Changes, standing: Standing, since: Any, **more: Any) -> None:
    data = event.data
    rows.put(
        t.protection,
        data["lead"],
        finder=data["unit"],
        group_id=data["group"],
        investor_name=data["investor"]["name"],
        intent=data["intent_key"],
        report=data["report"],
        registered_on=data["registered_on"],
        standing=standing.value,
        since=since,
        **more,
    )


@_on("projects.QueueLeft")
def queue_left(event: Recorded, rows: Changes) -> None:
    _ended(event, rows, event.data["left_on"], "queue_left")


@_on("projects.ProtectionReleased")
def released(event: Recorded, rows: Changes) -> None:
    _ended(event, rows, event.data["released_on"], event.data["cause"])


@_on("projects.ProtectionExpired")
def expired(event: Recorded, rows: Changes) -> None:
    _ended(event, rows, event.data["until"], "expired")


def _ended(event: Recorded, rows: Changes, on: Any, cause: str) -> None:
    rows.set(t.protection, event.data["lead"], standing=Standing.ENDED.value, since=on, ended_cause=cause)


@_on("projects.ProtectionExtended")
def extended(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], until=event.data["until"], extended=True)


@_on("projects.ProtectionWarned")
def warned(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], warned_since=event.data["idle_since"])


@_on("projects.ReleaseProposed")
def release_proposed(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], proposed_since=event.data["idle_since"])


@_on("projects.ReleaseDeclined")
def release_declined(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], idle_from=event.data["decided_on"], proposed_since=None)


@_on("projects.ProtectionConverted")
def converted(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], project=event.data["project"])


@_on("projects.ProtectionFulfilled")
def fulfilled(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], project=event.data["project"], fulfilled=True)


@_on("projects.ProtectionReopened")
def reopened(event: Recorded, rows: Changes) -> None:
    rows.set(t.protection, event.data["lead"], fulfilled=False)


@_on("projects.FirstTalkProved")
def first_talk_proved(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("lead", "talked_on", "sha256")}
    rows.put(t.first_talk, data["intent_key"], **kept, finder=data["unit"])


@_on("projects.LeadContested")
def contested(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("lead", "holder", "holder_unit", "grounds", "contested_on", "decide_by", "referee")
    rows.put(
        t.contest,
        data["contest"],
        **{key: data[key] for key in same},
        finder=data["by_unit"],
        group_id=data["group"],
        intent=data["intent_key"],
        evidence=list(data["evidence"]),
        state="open",
        overdue=False,
    )


@_on("projects.ContestDecided")
def contest_decided(event: Recorded, rows: Changes) -> None:
    data = event.data
    state = "upheld" if data["upheld"] else "dismissed"
    rows.set(t.contest, data["contest"], state=state, closed_on=data["decided_on"], reason=data["reason"])


@_on("projects.ContestLapsed")
def contest_lapsed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(t.contest, data["contest"], state="lapsed", closed_on=data["lapsed_on"], reason=data["reason"])


@_on("projects.ContestOverdue")
def contest_overdue(event: Recorded, rows: Changes) -> None:
    rows.set(t.contest, event.data["contest"], overdue=True)


@_on("projects.ReferralRecorded")
def referral_recorded(event: Recorded, rows: Changes) -> None:
    data = event.data
    same = ("referrer_key", "referred_key", "lead", "note", "recorded_on")
    rows.put(
        t.referral,
        data["referral"],
        **{key: data[key] for key in same},
        referrer_name=data["referrer"]["name"],
        referred_name=data["referred"]["name"],
    )


@_on("projects.ReferralWithdrawn")
def referral_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.set(t.referral, event.data["referral"], withdrawn_on=event.data["withdrawn_on"])
