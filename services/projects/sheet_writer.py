"""Workbooks of leads and projects, written row by row: an export of any length takes no more memory than a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from services.projects.sheet_columns import Column, Kind, Sheet
from services.projects.sheet_names import Named
from services.projects.sheet_reader import HEADER_ROW, MOST_ROWS
from sevenx.district.sheets import put

_WAN = Decimal(10_000)
_IN_MEMORY = 1 << 20
_DAY_FORMAT, _WAN_FORMAT = "yyyy-mm-dd", "#,##0.######"
_LISTS = "可选值 lists"


class SheetWriter:
    """Writes one sheet: a line that says whose it is, the headings, then rows as they come."""

    def __init__(self, sheet: Sheet, head: str, names: Named, columns: Iterable[Column] | None = None) -> None:
        self._columns = tuple(columns or sheet.columns)
        self._words = {
            one.field: {code: zh for zh, code in one.words.items()} for one in self._columns if one.words is not None
        }
        self._names = names.of
        self.book = Workbook(write_only=True)
        self._page: Any = self.book.create_sheet(sheet.name)
        self._page.freeze_panes = f"A{HEADER_ROW + 1}"
        for n, column in enumerate(self._columns, 1):
            self._page.column_dimensions[get_column_letter(n)].width = column.width
        self._page.append([self._cell(head)])
        self._page.append([self._cell(one.heading, bold=True) for one in self._columns])

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of the read model, by the columns' fields; what a row lacks is left blank."""
        for row in rows:
            self._page.append([self._typed(one, row.get(one.field)) for one in self._columns])

    def validate(self, rule: DataValidation) -> None:
        self._page.data_validations.append(rule)

    def save(self) -> IO[bytes]:
        """The workbook's file, at its beginning; in memory while it is small. The reader closes it."""
        file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 handed to the answer that streams it
        self.book.save(file)
        file.seek(0)
        return file

    def discard(self) -> None:
        """Give up a workbook that nobody waits for any more, with what openpyxl keeps of it on the disk."""
        self.save().close()

    def _typed(self, column: Column, value: Any) -> Any:
        if value is None or value == "":
            return None
        match column.kind:
            case Kind.WAN:
                cell = self._cell((Decimal(value) / _WAN).normalize() + 0)
                cell.number_format = _WAN_FORMAT
                return cell
            case Kind.DAY:
                cell = self._cell(value)
                cell.number_format = _DAY_FORMAT
                return cell
            case Kind.WORD:
                return self._cell(self._words[column.field].get(value, value))
            case Kind.TEXT:
                return self._cell(value)
            case _:
                return self._cell(self._names.get(value, value))

    def _cell(self, value: Any, bold: bool = False) -> Any:
        cell = WriteOnlyCell(self._page)
        put(cell, value)
        if bold:
            cell.font = Font(bold=True)
        return cell


def template(sheet: Sheet, head: str, names: Named) -> bytes:
    """An empty sheet to be filled in, with a sheet that explains it and the lists that its cells are chosen from."""
    writer = SheetWriter(sheet, head, names, sheet.read)
    lists = {one.field: _allowed(one, names) for one in sheet.read}
    chosen = [(one, lists[one.field]) for one in sheet.read if lists[one.field]]
    for n, column in enumerate(sheet.read, 1):
        letter = get_column_letter(n)
        rule = _rule(column, [one.field for one, _ in chosen], len(lists[column.field]))
        if rule is not None:
            rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + MOST_ROWS}")
            writer.validate(rule)
    _explain(writer.book, sheet)
    page: Any = writer.book.create_sheet(_LISTS)
    page.append([_plain(page, one.heading) for one, _ in chosen])
    for n in range(max((len(some) for _, some in chosen), default=0)):
        page.append([_plain(page, some[n]) if n < len(some) else None for _, some in chosen])
    file = BytesIO()
    writer.book.save(file)
    return file.getvalue()


def _allowed(column: Column, names: Named) -> list[str]:
    of_kind = {Kind.UNIT: names.units, Kind.GROUP: names.groups, Kind.INDUSTRY: names.industries}
    return list(column.words or of_kind.get(column.kind, {}))


def _rule(column: Column, listed: list[str], values: int) -> DataValidation | None:
    if values:
        letter = get_column_letter(listed.index(column.field) + 1)
        rule = DataValidation("list", formula1=f"'{_LISTS}'!${letter}$2:${letter}${values + 1}", allow_blank=True)
        rule.error = f"请从“{_LISTS}”中选择{column.zh}。"
    elif column.kind is Kind.DAY:
        rule = DataValidation("date", operator="greaterThan", formula1="32874", allow_blank=True)
        rule.error = "请填写日期，如 2026-07-20。"
    elif column.kind is Kind.WAN:
        rule = DataValidation("decimal", operator="greaterThan", formula1="0", allow_blank=True)
        rule.error = "请填写数字，单位为万元。"
    else:
        return None
    rule.errorTitle, rule.showErrorMessage = column.zh, True
    return rule


def _explain(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet("填写说明 notes")
    page.column_dimensions["A"].width, page.column_dimensions["D"].width = 44, 60
    for note in sheet.notes:
        page.append([_plain(page, note)])
    page.append([_plain(page, one) for one in ("列 column", "是否必填 needed", "格式 form", "说明 note")])
    for column in sheet.read:
        needed = "必填 needed" if column.needed else "可空 may be blank"
        note = column.note or "—"
        page.append([_plain(page, one) for one in (column.heading, needed, _FORMS[column.kind], note)])


_FORMS = {
    Kind.TEXT: "文本 text",
    Kind.DAY: "日期 date",
    Kind.WAN: "数字，万元 number, 10,000 yuan",
    Kind.UNIT: "单位名称 unit",
    Kind.GROUP: "小组名称 group",
    Kind.INDUSTRY: "产业名称 industry",
    Kind.WORD: "从列表选择 from the list",
}


def _plain(page: Any, value: str) -> Any:
    cell = WriteOnlyCell(page)
    put(cell, value)
    return cell
