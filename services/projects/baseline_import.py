"""The import of an old ledger (历史台账): what would come in, and then all of it in one transaction or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.projects import baseline_queries as q
from services.projects.baseline_file import LedgerFile, read_rows
from services.projects.baseline_mapping import LedgerMapping, read_mapping
from services.projects.baseline_rows import Importing, ReadRow, commands_of, keys_of, known_error
from services.projects.deciders import PROJECT
from services.projects.domain.project.state import Project
from services.projects.roster import roster_of
from services.projects.rulebooks import evidence_rulebook
from services.projects.sheet_table import FileError, refused
from sevenx.kernel.desk import Answer, CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.reads import Reads


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger that can be taken over as a whole."""

    rows: Sequence[ReadRow]
    imported: bool
    """This very file was taken over before."""


async def ledger_of(desk: CommandDesk, reads: Reads, file: LedgerFile, mapping_text: str) -> Ledger:
    """The rows of a file. Problem 422 `mapping-invalid` or `ledger-invalid` with everything that is wrong and where;
    409 `ledger-number-taken` where another file has the same numbers."""
    mapping = await asyncio.to_thread(read_mapping, mapping_text)
    if isinstance(mapping, list):
        raise refused("mapping-invalid", "映射", "mapping", mapping, file.sha256)
    roster = await roster_of(reads)
    importing = Importing(
        file, mapping, roster, evidence_rulebook(), desk.principal.district, desk.today(), desk.principal.subject
    )
    rows, errors = await asyncio.to_thread(_read, importing, mapping)
    if errors:
        raise refused("ledger-invalid", "台账", "ledger", errors, file.sha256)
    imported = await _imported(desk, rows, file)
    if not imported and (known := await _on_record(reads, rows)):
        raise refused("ledger-invalid", "台账", "ledger", known, file.sha256)
    return Ledger(rows, imported)


def _read(importing: Importing, mapping: LedgerMapping) -> tuple[list[ReadRow], list[FileError]]:
    cells, errors = read_rows(importing.file, mapping)
    rows, more = commands_of(cells, importing)
    return rows, [*errors, *more]


async def _imported(desk: CommandDesk, rows: Sequence[ReadRow], file: LedgerFile) -> bool:
    """Whether the file was taken over before, as a whole: all or nothing of it is. By the log, in one query."""
    states: dict[str, Project] = await desk.states([(PROJECT, one.stream) for one in rows])
    taken = [stream for stream, state in states.items() if state.opened is not None]
    others = [stream for stream in taken if _digest(states[stream]) != file.sha256]
    if others:
        raise Problem(
            409,
            "ledger-number-taken",
            f"编号 {others[0]} 已属于另一份台账；请在台账中加一行备注（文件内容随之改变）后重新导入。",
            f"{others[0]} belongs to another ledger; change anything in the file, a remark say, and import it again.",
        )
    return bool(taken)


def _digest(state: Project) -> str | None:
    return state.baseline.source.sha256 if state.baseline else None


async def _on_record(reads: Reads, rows: Sequence[ReadRow]) -> list[FileError]:
    """Rows whose projects are on record already, by name with investor, or by contract."""
    names = [one.command.name for one in rows]
    contracts = [one.command.contract_number for one in rows if one.command.contract_number]
    known: dict[tuple[str, ...], str] = {}
    for found in await reads.rows(q.on_record(names, contracts)):
        known[found["name"], found["investor_name"]] = found["stream"]
        if found["contract_number"]:
            known[(found["contract_number"],)] = found["stream"]
    return [known_error(one, field, known[key]) for one in rows for field, key in keys_of(one.command) if key in known]


async def take_over(desk: CommandDesk, ledger: Ledger) -> Answer:
    """Give a command for each row, all or nothing."""
    given: list[tuple[Any, str, Any]] = [(PROJECT, one.stream, one.command) for one in ledger.rows]
    return await desk.give_all(given)
