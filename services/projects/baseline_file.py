"""The cells of an old ledger (历史台账): an Excel workbook or a CSV file. Nothing in it is computed."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from services.projects.baseline_mapping import LedgerError, LedgerMapping, said_of

LARGEST = 640 * 1024
"""Bytes of a file; what a request may hold besides leaves room for no more."""
LARGEST_UNPACKED = 32 * 1024 * 1024
"""Bytes of a workbook's parts together."""
MOST_ROWS = 500
LAST_ROW = 999
MOST_COLUMNS = 100


class Computed:
    """Stands for a cell that is a formula or an error value: nothing in a ledger is computed."""


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


_Line = tuple[int, Sequence[Any]]


class Unreadable(ValueError):
    """The file is no table at all; the argument is the one error."""

    def __init__(self, at: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.error = LedgerError(at, zh, en)


def read_rows(file: LedgerFile, mapping: LedgerMapping) -> tuple[list[LedgerRow], list[LedgerError]]:
    """The rows below the header that are not empty, and what is wrong with the file or its header. What the cells say
    is read by `baseline_rows`."""
    try:
        sheet, lines = _workbook(file, mapping) if _is_workbook(file) else _text(file, mapping)
        return _rows(sheet, lines, mapping)
    except Unreadable as wrong:
        return [], [wrong.error]


def _is_workbook(file: LedgerFile) -> bool:
    if not file.content:
        raise Unreadable(file.name, "文件为空，请核对所选文件", "the file is empty; check which one you chose")
    if len(file.content) > LARGEST:
        size = LARGEST // 1024
        raise Unreadable(
            file.name, f"文件超过 {size} KiB，请拆分后分别导入", f"the file is larger than {size} KiB; split it"
        )
    if file.content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            file.name,
            "旧版 .xls 或加密工作簿不能读取，请另存为不加密的 .xlsx",
            "an old .xls or an encrypted workbook cannot be read; save it as a plain .xlsx",
        )
    return file.content.startswith(b"PK")


def _workbook(file: LedgerFile, mapping: LedgerMapping) -> tuple[str, list[_Line]]:
    broken = Unreadable(
        file.name, "不是有效的 Excel 工作簿，请重新另存为 .xlsx", "no valid Excel workbook; save it as .xlsx again"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(file.name, "工作簿解压后过大，请拆分", "the workbook is too large unpacked; split it")
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=False, keep_links=False)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do: zip, XML, key and value errors
        raise broken from error
    try:
        if mapping.sheet is not None and mapping.sheet not in book.sheetnames:
            known = "、".join(book.sheetnames)
            raise Unreadable(
                file.name,
                f"没有名为“{mapping.sheet}”的工作表；现有：{known}。请更正映射的 sheet",
                f"no sheet is called {mapping.sheet!r}; there are: {known}. Mend `sheet` of the mapping",
            )
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        found: list[_Line] = [
            (number, [Computed() if cell.data_type in ("f", "e") else cell.value for cell in row])
            for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW + 1, max_col=MOST_COLUMNS), 1)
        ]
        return sheet.title, found
    except Unreadable:
        raise
    except Exception as error:
        raise broken from error
    finally:
        book.close()


def _text(file: LedgerFile, mapping: LedgerMapping) -> tuple[str, list[_Line]]:
    reader = csv.reader(io.StringIO(_decoded(file, mapping.encoding), newline=""), strict=True)
    try:
        found = list(enumerate(islice(reader, LAST_ROW + 1), 1))
    except csv.Error as error:
        at = f"{PurePosixPath(file.name).stem}!{reader.line_num}"
        raise Unreadable(
            at, "CSV 引号不配对或含非法字符，请更正该行", f"the CSV cannot be read here: {error}"
        ) from error
    lines: list[_Line] = [(number, [_computed(one) for one in row[:MOST_COLUMNS]]) for number, row in found]
    return PurePosixPath(file.name).stem, lines


def _computed(text: str) -> Any:
    return Computed() if text.lstrip().startswith("=") else text


def _decoded(file: LedgerFile, encoding: str | None) -> str:
    """UTF-8 with or without its mark; GB18030 where the mapping says so, or where it is no UTF-8."""
    for one in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            text = file.content.decode("utf-8-sig" if one == "utf-8" else one)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    said = encoding or "UTF-8 / GB18030"
    raise Unreadable(
        file.name,
        f"不是 {said} 文本，也不是 Excel 工作簿；请另存为 UTF-8 的 CSV 或 .xlsx",
        f"neither {said} text nor an Excel workbook; save it as CSV in UTF-8 or as .xlsx",
    )


def _rows(sheet: str, lines: list[_Line], mapping: LedgerMapping) -> tuple[list[LedgerRow], list[LedgerError]]:
    head = next((cells for number, cells in lines if number == mapping.header_row), ())
    headers = [said.strip() if isinstance(said, str) else "" for said in head]
    errors = list(_header_errors(sheet, headers, mapping))
    if errors:
        return [], errors
    at = {field: headers.index(header) for field, header in mapping.columns.items()}
    rows: list[LedgerRow] = []
    for number, cells in lines:
        if number <= mapping.header_row or all(_empty(one) for one in cells):
            continue
        if number > LAST_ROW or len(rows) == MOST_ROWS:
            zh = f"超过 {MOST_ROWS} 个项目或第 {LAST_ROW} 行，请拆分后分别导入"
            errors.append(LedgerError(f"{sheet}!{number}", zh, f"more than {MOST_ROWS} projects, or rows; split it"))
            break
        row = LedgerRow(number, {field: _cell(sheet, number, column, cells) for field, column in at.items()})
        rows.append(row)
    if not rows and not errors:
        errors.append(LedgerError(sheet, "表头下没有任何项目", "no project stands below the header"))
    return rows, errors


def _header_errors(sheet: str, headers: Sequence[str], mapping: LedgerMapping) -> Iterator[LedgerError]:
    for field, header in mapping.columns.items():
        times = headers.count(header)
        if times == 1:
            continue
        shown = "、".join(said_of(one) for one in headers if one) or "（空行）"
        zh = f"第 {mapping.header_row} 行没有表头“{header}”（{field}）；该行有：{shown}。请更正映射或 header_row"
        en = f"row {mapping.header_row} has no header {header!r} ({field}); mend the mapping, or `header_row`"
        if times:
            zh, en = f"表头“{header}”出现 {times} 次，请改名", f"the header {header!r} stands {times} times; rename it"
        yield LedgerError(f"{sheet}!{mapping.header_row}", zh, en)


def _cell(sheet: str, number: int, column: int, cells: Sequence[Any]) -> LedgerCell:
    value = cells[column] if column < len(cells) else ""
    text = value.strip() if isinstance(value, str) else value
    return LedgerCell(f"{sheet}!{get_column_letter(column + 1)}{number}", "" if text is None else text)


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
