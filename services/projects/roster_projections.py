"""How the registry's events become rows: who holds which post, settings, calendars, units, groups and industries."""

from __future__ import annotations

from services.projects import tables as t
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

_SHARED = (t.POSTS, t.SETTINGS, t.CALENDARS, t.UNITS)
roster_projections = Projections(t.metadata, include=[part.projections for part in _SHARED])


@roster_projections.on("registry.IndustryListed")
def industry_listed(event: Recorded, rows: Changes) -> None:
    rows.put(t.industry, event.data["industry"], **{key: event.data[key] for key in ("zh", "en", "indicator")})


@roster_projections.on("registry.IndustryWithdrawn")
def industry_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(t.industry, event.data["industry"])
