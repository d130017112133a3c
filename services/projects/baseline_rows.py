"""From the rows of an old ledger to commands: everything that is wrong in the file is said at once, by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.projects.baseline_file import LedgerCell, LedgerFile, LedgerRow
from services.projects.baseline_mapping import AMOUNTS, NEEDED, LedgerMapping
from services.projects.baseline_values import code_of, id_of, text_of
from services.projects.domain.project.baseline_commands import BaselineProject
from services.projects.domain.project.baselining import faults
from services.projects.domain.project.events import BaselineSource, StageDate
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import STAGES, Origin, Party, ProjectType, Stage, Status
from services.projects.roster import Roster
from services.projects.sheet_cells import WrongCell, day_of, not_computed, yuan_of
from services.projects.sheet_table import FileError
from sevenx.kernel.errors import Rejection

_CODES: dict[str, Iterable[str]] = {"project_type": ProjectType, "origin": Origin, "stage": Stage, "status": Status}
_CELL_OF = {"investor.code": "investor_code", "investor.name": "investor_name"}
"""How a rule calls what stands in a column of another name."""


@dataclass(frozen=True, slots=True)
class Importing:
    """What the rows are read by, and for whom."""

    file: LedgerFile
    mapping: LedgerMapping
    roster: Roster
    rulebook: EvidenceRulebook
    district: str
    today: date
    by: str

    def stream(self, row: int) -> str:
        """The project's id: of the file's digest and the row alone, so that the same row is the same project whenever
        it comes. Years of four zeros are none of those that new projects are numbered by."""
        return f"{self.district}-P-0000-{int(self.file.sha256[:12], 16) % 10**6:06d}{row:03d}"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that says what it has to."""

    row: LedgerRow
    stream: str
    command: BaselineProject


def commands_of(rows: Iterable[LedgerRow], importing: Importing) -> tuple[list[ReadRow], list[FileError]]:
    """A command for each row that can be read, and everything that is wrong with any of them."""
    found: list[ReadRow] = []
    errors: list[FileError] = []
    for row in rows:
        values, wrong = _values(row, importing)
        if wrong:
            errors += wrong
            continue
        command = _command(row, values, importing)
        refusals = [_said(row, one) for one in faults(command)]
        errors += refusals
        if not refusals:
            found.append(ReadRow(row, importing.stream(row.number), command))
    return found, [*errors, *_twice(found)]


def _values(row: LedgerRow, importing: Importing) -> tuple[dict[str, Any], list[FileError]]:
    """The fields of a row that say something, as our types."""
    values: dict[str, Any] = {}
    errors: list[FileError] = []
    for field in dict.fromkeys([*row.cells, *importing.mapping.defaults]):
        cell = row.cells.get(field) or LedgerCell(_place(row, field), "")
        said = importing.mapping.defaults.get(field, "") if cell.value == "" else cell.value
        if said == "":
            if field in NEEDED:
                errors.append(FileError(cell.at, f"须填写（{field}）", f"`{field}` is needed"))
            continue
        try:
            values[field] = _value(field, said, importing)
        except WrongCell as wrong:
            errors.append(FileError(cell.at, wrong.zh, wrong.en))
    return values, errors


def _value(field: str, said: Any, importing: Importing) -> Any:
    mapping, roster = importing.mapping, importing.roster
    said = not_computed(said)
    if field in STAGES:
        return day_of(said, mapping.dates)
    if field in AMOUNTS:
        return yuan_of(said, mapping.amounts[field])
    if field in _CODES:
        return code_of(said, field, mapping, _CODES[field])
    if field == "industry":
        return code_of(said, field, mapping, roster.industries)
    if field in ("finder", "landing_unit"):
        return id_of(said, "unit", mapping, importing.district, roster.unit_kinds)
    if field == "group":
        return id_of(said, field, mapping, importing.district, roster.groups)
    text = text_of(said, field)
    return text.upper() if field in ("investor_code", "industry_code") else text


def _command(row: LedgerRow, values: dict[str, Any], importing: Importing) -> BaselineProject:
    landing = values.get("landing_unit")
    return BaselineProject(
        name=values["name"],
        project_type=ProjectType(values["project_type"]),
        content=values["content"],
        investor=Party(values["investor_name"], values.get("investor_code")),
        origin=Origin(values["origin"]),
        origin_place=values["origin_place"],
        industry=values["industry"],
        group=values["group"],
        finder=values["finder"],
        stage=Stage(values["stage"]),
        status=Status(values.get("status", Status.ACTIVE)),
        reached=tuple(StageDate(stage, values[stage]) for stage in STAGES if stage in values),
        source=BaselineSource(importing.file.name, importing.file.sha256, row.number),
        rulebook=importing.rulebook,
        today=importing.today,
        by=importing.by,
        landing_unit=landing,
        landing_kind=importing.roster.unit_kinds[landing] if landing else None,
        contract_number=values.get("contract_number"),
        contract_amount=values.get("contract_amount"),
        baselined_funds=values.get("baselined_funds"),
        industry_code=values.get("industry_code"),
        planned_investment=values.get("planned_investment"),
    )


def _said(row: LedgerRow, refusal: Rejection) -> FileError:
    """A rule's refusal at the cell that it is about."""
    field = _CELL_OF.get(refusal.field, refusal.field.removeprefix("reached."))
    return FileError(_place(row, field), refusal.zh, refusal.en)


def _place(row: LedgerRow, field: str) -> str:
    """The cell of a field, or its row where the ledger has no such column."""
    if field in row.cells:
        return row.cells[field].at
    sheet = next(iter(row.cells.values())).at.rpartition("!")[0]
    return f"{sheet}!{row.number}"


def _twice(rows: Iterable[ReadRow]) -> Iterator[FileError]:
    """One project counts once: a contract number, or a name with its investor, stands in one row."""
    seen: dict[tuple[str, ...], int] = {}
    for one in rows:
        for field, key in keys_of(one.command):
            first = seen.setdefault(key, one.row.number)
            if first != one.row.number:
                yield FileError(
                    _place(one.row, field),
                    f"与第 {first} 行是同一项目，请删去一行",
                    f"the same project as in row {first}; take one out",
                )


def known_error(one: ReadRow, field: str, project: str) -> FileError:
    """A row whose project is on record already."""
    return FileError(
        _place(one.row, field),
        f"已有同一项目 {project}，请从台账中删去该行",
        f"the same project is on record as {project}; take the row out of the ledger",
    )


def keys_of(command: BaselineProject) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By what a project is recognised, with the field that says it."""
    yield "name", (command.name, command.investor.name)
    if command.contract_number is not None:
        yield "contract_number", (command.contract_number,)
