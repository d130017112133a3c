"""`/services`: the state of every service, for operators and auditors.

The portal asks no other service. What it knows is its own read model: how far it has read each area, and when an area
last wrote. The rest is asked by the operator's browser, which may ask each service for its status.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select

from services.portal.render import page
from services.portal.tables.events import event
from services.portal.visit import Visitor
from sevenx.declaration import services
from sevenx.kernel.auth import require
from sevenx.kernel.http import ReadModel, runtime_of
from sevenx.kernel.topics import parse_events_topic

router = APIRouter()


@router.get("/services")
async def state_of_services(request: Request, visitor: Visitor, reads: ReadModel) -> Response:
    """Reader, outbox, quarantine and the last event of each area."""
    require(visitor.principal, "operator", "auditor")
    query = select(event.c.area, func.count().label("events"), func.max(event.c.recorded_at).label("last"))
    written = {row["area"]: row for row in await reads.rows(query.group_by(event.c.area))}
    reader = runtime_of(request).reader
    status = reader.status() if reader is not None else None
    return await page(
        request,
        "services.html",
        services=[{"area": one.area, "writes": one.writes, **dict(written.get(one.area, {}))} for one in services()],
        behind=_behind(status) if status else {},
        reader=status,
    )


def _behind(status: dict[str, Any]) -> dict[str, int]:
    """Records of each area that are on the bus and not yet read here."""
    found: dict[str, int] = defaultdict(int)
    for place, one in status["partitions"].items():
        parsed = parse_events_topic(place.rpartition("/")[0])
        if parsed is not None:
            found[parsed[1]] += one["lag_records"]
    return dict(found)
