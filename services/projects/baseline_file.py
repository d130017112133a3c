"""The cells of an old ledger (历史台账): an Excel workbook or a CSV file, read by its mapping."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from services.projects.baseline_mapping import LedgerMapping
from services.projects.sheet_cells import said_of
from services.projects.sheet_files import is_workbook, read_csv, read_workbook
from services.projects.sheet_table import FileError, Limits, Table, WrongFile, value_at

LARGEST = 640 * 1024
"""Bytes of a file; what a request may hold besides leaves room for no more."""
MOST_ROWS = 500
LAST_ROW = 999
LIMITS = Limits(LARGEST, 32 * 1024 * 1024, MOST_ROWS, LAST_ROW)
_MEND = ("请更正映射的 sheet", "mend `sheet` of the mapping")


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """A cell with its address as a spreadsheet writes it, `台账!F7`. Empty text for an empty one."""

    at: str
    value: Any


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row by the fields of the mapping."""

    number: int
    """As a spreadsheet numbers it, from 1 on."""
    cells: dict[str, LedgerCell]


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_rows(file: LedgerFile, mapping: LedgerMapping) -> tuple[list[LedgerRow], list[FileError]]:
    """The rows below the header that are not empty, and what is wrong with the file or its header. What the cells say
    is read by `baseline_rows`."""
    name = PurePosixPath(file.name).stem
    try:
        if is_workbook(file.content, LIMITS):
            table = read_workbook(file.content, mapping.sheet, mapping.header_row, LIMITS, _MEND)
        else:
            table = read_csv(file.content, mapping.encoding, name, mapping.header_row, LIMITS)
    except WrongFile as wrong:
        at = f"{name}!{wrong.line}" if wrong.line else file.name
        return [], [FileError(at, wrong.zh, wrong.en)]
    return _rows(table, mapping)


def _rows(table: Table, mapping: LedgerMapping) -> tuple[list[LedgerRow], list[FileError]]:
    errors = list(_header_errors(table, mapping))
    if errors:
        return [], errors
    at = {field: table.column(header) for field, header in mapping.columns.items()}
    rows = [
        LedgerRow(number, {field: _cell(table, number, column, cells) for field, column in at.items()})
        for number, cells in table.rows
    ]
    if table.cut_at:
        zh = f"超过 {MOST_ROWS} 个项目或第 {LAST_ROW} 行，请拆分后分别导入"
        en = f"more than {MOST_ROWS} projects, or rows; split it"
        errors.append(FileError(f"{table.sheet}!{table.cut_at}", zh, en))
    elif not rows:
        errors.append(FileError(table.sheet, "表头下没有任何项目", "no project stands below the header"))
    return rows, errors


def _header_errors(table: Table, mapping: LedgerMapping) -> Iterator[FileError]:
    for field, header in mapping.columns.items():
        times = table.times(header)
        if times == 1:
            continue
        shown = "、".join(said_of(one) for one in table.headings if one) or "（空行）"
        zh = f"第 {mapping.header_row} 行没有表头“{header}”（{field}）；该行有：{shown}。请更正映射或 header_row"
        en = f"row {mapping.header_row} has no header {header!r} ({field}); mend the mapping, or `header_row`"
        if times:
            zh, en = f"表头“{header}”出现 {times} 次，请改名", f"the header {header!r} stands {times} times; rename it"
        yield FileError(f"{table.sheet}!{mapping.header_row}", zh, en)


def _cell(table: Table, number: int, column: int, cells: Sequence[Any]) -> LedgerCell:
    value = value_at(cells, column)
    return LedgerCell(table.at(number, column), "" if value is None else value)
