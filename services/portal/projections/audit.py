"""Audit's seals and conclusions, and the forks that owners report."""

from __future__ import annotations

from services.portal.tables import audit as t
from services.portal.tables import metadata
from sevenx.declaration import writing_services
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)
_on = projections.on


@_on("audit.LogSealed")
def sealed(event: Recorded, rows: Changes) -> None:
    names = ("kind", "period", "as_of", "sealed_at", "leaves", "tree_size", "root", "key_id")
    rows.put(t.seal, event.data["number"], **{name: event.data[name] for name in names})


@_on("audit.TamperingDetected", "audit.RecordDiscarded")
def concluded(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        t.conclusion,
        "tampering" if event.name == "TamperingDetected" else "discarded",
        **{name: data[name] for name in ("record_hash", "area", "version", "reason", "decided_by")},
        about=data["stream"],
        decided_at=event.meta.recorded_at,
    )


@_on(*(f"{one.area}.StreamForkFound" for one in writing_services()))
def forked(event: Recorded, rows: Changes) -> None:
    data = event.data
    about = {name: data[name] for name in ("forked_stream", "forked_version")}
    rows.put(t.fork, data["found_hash"], area=event.area, found_at=event.meta.recorded_at, **about)


@_on("audit.FindingRaised")
def finding_raised(event: Recorded, rows: Changes) -> None:
    names = (
        *("kind", "subjects", "evidence", "title_zh", "title_en", "detail", "detail_en", "units", "groups", "amount"),
        *("days", "resubmission", "raised_for", "answer_by"),
    )
    rows.put(t.finding, **{name: event.data[name] for name in names}, state="open")


@_on("audit.FindingAnswered")
def finding_answered(event: Recorded, rows: Changes) -> None:
    names = ("text", "unit", "sha256", "answered_by", "answered_on")
    rows.put(t.finding_answer, event.data["answer"], **{name: event.data[name] for name in names})
    rows.set(t.finding, state="answered")


@_on("audit.FindingConcluded")
def finding_concluded(event: Recorded, rows: Changes) -> None:
    names = ("outcome", "reason", "concluded_by", "concluded_on")
    rows.set(t.finding, state="concluded", **{name: event.data[name] for name in names})
