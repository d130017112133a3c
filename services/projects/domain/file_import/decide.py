"""The rules about a file: it is taken in once."""

from __future__ import annotations

from services.projects.domain.file_import.commands import ImportFile
from services.projects.domain.file_import.events import FileImported
from services.projects.domain.file_import.state import ImportedFile
from services.projects.domain.identity import check_free_text, check_hash
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide(command: ImportFile, state: ImportedFile) -> Decision:
    """A file that was taken in is not taken in again, whatever it is called now: one investor's interest is reported
    once (首报)."""
    before = state.kinds.get(command.kind)
    if before is not None:
        return Rejection(
            "file-imported",
            f"该文件已于 {before.imported_on} 以“{before.file}”导入（{before.rows} 行），未重复导入；"
            "如有新增，请另建文件，只填新的行。",
            f"This file was imported on {before.imported_on} as {before.file} ({before.rows} rows) and is not taken in "
            "again; put new rows into a file of their own.",
            details={"imported_on": before.imported_on.isoformat(), "file": before.file, "sha256": before.sha256},
            status=409,
        )
    wrong = check_hash(command.sha256) or check_free_text(name=command.file)
    if wrong is not None:
        return wrong
    if command.rows < 1:
        return Rejection("file-without-rows", "表头下没有任何数据行。", "There is no row of data below the headings.")
    return [
        FileImported(
            kind=command.kind,
            file=command.file,
            sha256=command.sha256,
            rows=command.rows,
            imported_on=command.today,
            imported_by=command.by,
        )
    ]
