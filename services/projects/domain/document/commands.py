"""What may be asked of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.document.events import Paper


@dataclass(frozen=True, slots=True)
class StoreDocument:
    """Say that the bytes of a document are in the store. Its size and type are facts that the store has checked."""

    sha256: str
    size: int
    media_type: str
    subject: str
    paper: Paper
    today: date
    by: str


DocumentCommand = StoreDocument
