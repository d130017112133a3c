"""How the events of all areas become the portal's rows. A handler writes what follows from its event alone."""

from __future__ import annotations

from services.portal.projections import (
    assessment,
    audit,
    baselines,
    commitments,
    contracts,
    documents,
    enterprises,
    events,
    figures,
    leads,
    matters,
    notices,
    outreach,
    projects,
    protection,
    reports,
    roster,
    supervision,
    transfers,
)
from services.portal.tables import POSTS, SETTINGS, UNITS, metadata
from sevenx.kernel.projection import Projections

_PARTS = (
    events,
    roster,
    leads,
    protection,
    transfers,
    projects,
    baselines,
    commitments,
    contracts,
    documents,
    matters,
    enterprises,
    figures,
    reports,
    supervision,
    outreach,
    assessment,
    notices,
    audit,
)

projections = Projections(metadata, version=7, include=[part.projections for part in (POSTS, SETTINGS, UNITS, *_PARTS)])

__all__ = ["projections"]
