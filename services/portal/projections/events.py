"""Every event becomes a row of the one table behind all timelines."""

from __future__ import annotations

from collections.abc import Mapping

from services.portal.tables import metadata
from services.portal.tables.events import event as event_row
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.event_names import every_event
from sevenx.kernel.json_values import plain
from sevenx.kernel.projection import Changes, Projections

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
