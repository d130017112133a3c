"""How stored documents become rows."""

from __future__ import annotations

from services.projects import tables as t
from services.projects.document_tables import document
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

document_projections = Projections(t.metadata)


@document_projections.on("projects.DocumentStored")
def document_stored(event: Recorded, rows: Changes) -> None:
    data = event.data
    kept = {key: data[key] for key in ("sha256", "size", "media_type", "paper", "stored_on")}
    rows.put(document, data["subject"], data["stored_by"], **kept)
