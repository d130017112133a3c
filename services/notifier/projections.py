"""What notifier keeps of the events that it follows."""

from __future__ import annotations

from services.notifier.tables import POSTS, metadata
from sevenx.kernel.projection import Projections

projections = Projections(metadata, version=1, include=[POSTS.projections])
