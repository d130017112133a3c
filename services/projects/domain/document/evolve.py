"""How each event changes a document."""

from __future__ import annotations

from typing import Any

from services.projects.domain.document.events import DocumentStored
from services.projects.domain.document.state import StoredDocument


def evolve(state: StoredDocument, event: Any) -> StoredDocument:
    """The document after the event; an event that it does not know leaves it as it is."""
    match event:
        case DocumentStored():
            return StoredDocument(
                size=event.size,
                media_type=event.media_type,
                sent=state.sent | {(event.subject, event.stored_by)},
            )
        case _:
            return state
