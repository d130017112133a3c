"""Documents that are stored (文件库)."""

from __future__ import annotations

from services.portal.tables import metadata
from services.portal.tables.documents import document
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

projections = Projections(metadata)


@projections.on("projects.DocumentStored")
def stored(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(document, data["subject"], **{key: data[key] for key in ("sha256", "size", "media_type")})
