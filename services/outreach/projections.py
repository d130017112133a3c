"""What outreach keeps of the events that it follows."""

from __future__ import annotations

from services.outreach.tables import POSTS, metadata
from sevenx.kernel.projection import Projections

projections = Projections(metadata, version=1, include=[POSTS.projections])
