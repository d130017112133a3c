"""What may be asked about a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.file_import.events import ImportKind


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Take in a file whose rows are commands given together with this one."""

    kind: ImportKind
    file: str
    sha256: str
    rows: int
    today: date
    by: str
