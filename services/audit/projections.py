"""What audit keeps of the events of all areas."""

from __future__ import annotations

from services.audit.finding_rows import finding_rows
from services.audit.tables import POSTS, SETTINGS, conclusion, fork, leaf, metadata, period_closed, seal
from sevenx.declaration import writing_services
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_names import every_event
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata, version=2, include=[POSTS.projections, SETTINGS.projections, finding_rows])
AREAS = tuple(service.area for service in writing_services())


@projections.on(*every_event())
def recorded(event: Recorded, rows: Changes) -> None:
    rows.put(leaf, event.area, event.version, hash=event.hash)


@projections.on(*(f"{area}.PeriodClosed" for area in AREAS))
def closed(event: Recorded, rows: Changes) -> None:
    said = event.data
    rows.put(
        period_closed, said["kind"], said["period"], area=event.area, partition=said["partition"], as_of=said["as_of"]
    )


@projections.on(*(f"{area}.StreamForkFound" for area in AREAS))
def forked(event: Recorded, rows: Changes) -> None:
    names = ("forked_stream", "forked_version", "partition", "offset", "own_hash")
    said = {name: event.data[name] for name in names}
    rows.put(fork, event.data["found_hash"], area=event.area, found_at=event.meta.recorded_at, **said)


@projections.on("audit.TamperingDetected", "audit.RecordDiscarded")
def concluded(event: Recorded, rows: Changes) -> None:
    kind = "tampering" if event.name == "TamperingDetected" else "discarded"
    names = ("record_hash", "area", "version", "topic", "partition", "offset", "reason", "decided_by")
    said = {name: event.data[name] for name in names}
    rows.put(conclusion, kind, about=event.data["stream"], decided_at=event.meta.recorded_at, **said)


@projections.on("audit.LogSealed")
def sealed(event: Recorded, rows: Changes) -> None:
    names = ("kind", "period", "as_of", "sealed_at", "leaves", "tree_size", "root", "statement_hash", "key_id")
    rows.put(seal, event.data["number"], **{name: event.data[name] for name in names})
