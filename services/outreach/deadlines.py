"""What falls due in outreach: a trip's result, and the monthly look at the year's quotas. Both are rows of one table,
so that a look at the clock costs one query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.outreach.deciders import QUOTA_YEAR, TRIP
from services.outreach.domain.quota.commands import MakeForecast
from services.outreach.domain.trip.commands import NoteResultOverdue
from services.outreach.projections.quotas import FORECAST
from services.outreach.tables import deadline
from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.deadlines import Deadlines, Given


def command(row: Mapping[str, Any], _: datetime) -> Given:
    """What decides a row that is due: as of its own day, however late the clock looks."""
    on = row["due_at"].astimezone(SHANGHAI).date()
    if row["name"] == FORECAST:
        return QUOTA_YEAR, row["stream"], MakeForecast(on)
    return TRIP, row["stream"], NoteResultOverdue(on)


DEADLINES = Deadlines(deadline, command)
