"""The portal's read model: rows of one stream each, filled from the bus, joined when a page is read.

Each table can be dropped and filled again. Sessions and saved filters are not here: they are the portal's own.
"""

from __future__ import annotations

from services.portal.tables import (
    assessment,
    audit,
    baselines,
    contracts,
    documents,
    enterprises,
    events,
    matters,
    notices,
    outreach,
    projects,
    referrals,
    registry,
    reports,
    roster,
    supervision,
    totals,
    transfers,
)
from services.portal.tables.base import POSTS, SETTINGS, UNITS, metadata

__all__ = [
    "POSTS",
    "SETTINGS",
    "UNITS",
    "assessment",
    "audit",
    "baselines",
    "contracts",
    "documents",
    "enterprises",
    "events",
    "matters",
    "metadata",
    "notices",
    "outreach",
    "projects",
    "referrals",
    "registry",
    "reports",
    "roster",
    "supervision",
    "totals",
    "transfers",
]
