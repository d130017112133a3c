"""How an event changes what is known of a file."""

from __future__ import annotations

from typing import Any

from services.projects.domain.file_import.events import FileImported
from services.projects.domain.file_import.state import ImportedFile


def evolve(state: ImportedFile, event: Any) -> ImportedFile:
    if not isinstance(event, FileImported):
        return state
    return ImportedFile({**state.kinds, event.kind: event})
