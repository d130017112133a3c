"""A file as the events tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.projects.domain.file_import.events import FileImported, ImportKind


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What was taken in of a file, by its SHA-256: a workbook may hold a sheet of either kind."""

    kinds: Mapping[ImportKind, FileImported] = field(default_factory=dict)
