"""How a hearing's events become rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.reporting.domain.hearing.state import HearingStatus
from services.reporting.tables import deadline, hearing, hearing_pack, hearing_step, metadata
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

PACK = "pack"
"""Name of the deadline at which a hearing's briefing pack is prepared."""
PACK_AFTER = timedelta(hours=6)
"""From the end of what is covered to the pack: at six in the morning the other areas' events of the day before have
long been read, and the pack lies on the desk when the office opens."""

hearing_rows = Projections(metadata)
_on = hearing_rows.on


@_on("reporting.HearingScheduled")
def scheduled(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("year", "month", "number", "covers_from", "covers_until", "planned_on", "reporters", "provisional")
    rows.put(
        hearing,
        **{name: data[name] for name in names},
        settings={one["key"]: one["value"] for one in data["settings"]},
        status=HearingStatus.SCHEDULED,
        pack=0,
        draft=0,
    )
    rows.put(deadline, PACK, due_at=data["covers_until"] + PACK_AFTER)
    _step(event, rows, "scheduled", data["scheduled_by"], planned_on=data["planned_on"])


@_on("reporting.HearingPostponed")
def postponed(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(hearing, planned_on=data["planned_on"], covers_until=data["covers_until"])
    if data["covers_until"] + PACK_AFTER > event.meta.occurred_at:
        rows.put(deadline, PACK, due_at=data["covers_until"] + PACK_AFTER)
    told = {name: data[name] for name in ("planned_was", "planned_on", "reason")}
    _step(event, rows, "postponed", data["postponed_by"], **told)


@_on("reporting.BriefingPackPrepared")
def pack_prepared(event: Recorded, rows: Changes) -> None:
    data = event.data
    sections = ("groups", "units", "reports", "projects", "directives")
    rows.put(
        hearing_pack,
        data["pack"],
        **{name: data[name] for name in ("covers_from", "covers_until", "as_of", "sha256", "prepared_by")},
        content=plain({name: data[name] for name in sections}),
    )
    rows.set(hearing, pack=data["pack"])
    if data["as_of"] >= data["covers_until"]:
        rows.delete(deadline, PACK)
    _step(event, rows, "pack_prepared", data["prepared_by"], pack=data["pack"], sha256=data["sha256"])


@_on("reporting.HearingHeld")
def held(event: Recorded, rows: Changes) -> None:
    data = event.data
    names = ("held_on", "chair", "attended", "absent", "summary")
    rows.set(hearing, status=HearingStatus.HELD, **{name: data[name] for name in names})
    rows.delete(deadline, PACK)
    _step(event, rows, "held", data["recorded_by"], held_on=data["held_on"], chair=data["chair"])


@_on("reporting.MinutesDrafted")
def minutes_drafted(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(hearing, status=HearingStatus.MINUTES_DRAFTED, draft=data["draft"], draft_sha256=data["sha256"])
    _step(event, rows, "minutes_drafted", data["drafted_by"], draft=data["draft"], sha256=data["sha256"])


@_on("reporting.MinutesSentBack")
def minutes_sent_back(event: Recorded, rows: Changes) -> None:
    rows.set(hearing, status=HearingStatus.HELD)
    _step(event, rows, "minutes_sent_back", event.data["sent_back_by"], reasons=event.data["reasons"])


@_on("reporting.MinutesApproved")
def minutes_approved(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.set(hearing, status=HearingStatus.MINUTES_APPROVED, approved_by=data["approved_by"])
    _step(event, rows, "minutes_approved", data["approved_by"], sha256=data["sha256"])


@_on("reporting.MinutesIssued")
def minutes_issued(event: Recorded, rows: Changes) -> None:
    data = event.data
    number, digest = data["document_number"], data["sha256"]
    rows.set(
        hearing,
        status=HearingStatus.MINUTES_ISSUED,
        document_number=number,
        minutes_sha256=digest,
        issued_on=data["issued_on"],
    )
    _step(event, rows, "minutes_issued", data["issued_by"], document_number=number, sha256=digest)


def _step(event: Recorded, rows: Changes, step: str, by: str | None, **details: Any) -> None:
    rows.put(hearing_step, event.version, step=step, at=event.meta.occurred_at, by=by, details=plain(details))
