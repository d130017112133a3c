"""Every event becomes a row of the one table behind all timelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.portal.tables import metadata
from services.portal.tables.events import event as event_row
from sevenx.declaration import services
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

PORTAL = "portal"
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "LogSealed": frozenset({"subtrees"}),
    "BriefingPackPrepared": frozenset({"groups", "units", "reports", "projects", "directives"}),
    "ReportFiguresFrozen": frozenset({"cut"}),
    "RulebookPublished": frozenset({"document"}),
    "AssessmentFrozen": frozenset({"cut"}),
    "CalculationMade": frozenset({"ranking"}),
    "ScoreCalculated": frozenset({"items"}),
    "ScoreFactsListed": frozenset({"facts"}),
    "NotificationQueued": frozenset({"body_zh", "body_en"}),
}
"""Fields that no timeline shows: long, and to be read where they belong."""

projections = Projections(metadata)


def every_event() -> Iterator[str]:
    """`area.EventName` of every event that any area may write; the portal itself writes none."""
    areas = [one.area for one in services() if one.area != PORTAL]
    for name, namespace in dict.fromkeys((schema.name, schema.namespace) for schema in catalog().schemas()):
        for area in areas if namespace == "kernel" else (namespace,):
            yield f"{area}.{name}"


@projections.on(*every_event())
def recorded(event: Recorded, rows: Changes) -> None:
    meta, left_out = event.meta, LEFT_OUT.get(event.name, frozenset())
    rows.put(
        event_row,
        event.version,
        area=event.area,
        name=event.name,
        occurred_at=meta.occurred_at,
        recorded_at=meta.recorded_at,
        actor=meta.actor,
        hash=event.hash,
        data={key: plain(value) for key, value in event.data.items() if key not in left_out},
    )


def plain(value: Any) -> Any:
    """A field's value as JSON has it: amounts, days and instants as text, bytes in hex."""
    match value:
        case str() | int() | None:
            return value
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return value
