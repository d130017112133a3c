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
    imports,
    leads,
    matters,
    notices,
    outreach,
    plans,
    projects,
    protection,
    referrals,
    registry,
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
    registry,
    imports,
    plans,
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
    referrals,
    figures,
    reports,
    supervision,
    outreach,
    assessment,
    notices,
    audit,
)

projections = Projections(metadata, version=9, include=[part.projections for part in (POSTS, SETTINGS, UNITS, *_PARTS)])

__all__ = ["projections"]
