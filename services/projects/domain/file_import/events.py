"""What is recorded of a file that was brought in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ImportKind(StrEnum):
    """What the rows of a file became: 线索、项目."""

    LEADS = "leads"
    PROJECTS = "projects"


@dataclass(frozen=True, slots=True)
class FileImported:
    """All rows of a sheet were taken in, each as events of its own that the same command caused. The file itself is not
    on the bus: whoever has it can check it against the hash."""

    kind: ImportKind
    file: str
    """Its name, without a folder."""
    sha256: str
    rows: int
    imported_on: date
    imported_by: str


FILE_IMPORT_EVENTS = (FileImported,)
