"""A table out of a file that somebody sent: headings, rows, and where each cell stands. What is wrong with it is told
by cell, in both languages. Read so are filled-in templates and old ledgers (历史台账)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from sevenx.kernel.errors import Problem

MOST_COLUMNS = 100
"""Columns that are read; what stands behind them is not."""
ERRORS_SHOWN = 200
"""Errors that an answer lists; how many there are it says."""
Line = tuple[int, Sequence[Any]]
"""A row as a spreadsheet numbers it, from 1 on, with its values by the column, from 0 on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken."""

    size: int
    """Bytes."""
    unpacked: int
    """Bytes of a workbook's parts together."""
    rows: int
    """Rows below the headings that are not empty."""
    last_row: int


class Computed:
    """Stands for a cell that is a formula or an error value: nothing in a file is computed."""


@dataclass(frozen=True, slots=True)
class FileError:
    """What is wrong, where, and how it is mended."""

    at: str
    """`线索!F7`, or the name of a file, or a place in a mapping such as `mapping: columns.stage`."""
    zh: str
    en: str
    row: int = 0


class WrongFile(ValueError):
    """The file is no table that can be read. `line` is where, when it is known; 0 otherwise."""

    def __init__(self, code: str, zh: str, en: str, status: int = 422, line: int = 0) -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.status, self.line = code, zh, en, status, line


@dataclass(frozen=True)
class Table:
    """The headings of a sheet by column, and its rows below them that are not empty."""

    sheet: str
    header_row: int
    headings: Sequence[str]
    """As they are compared; empty where a column has none."""
    rows: Sequence[Line]
    cut_at: int = 0
    """The row from which on nothing was read, as there are too many; 0: all was read."""

    def times(self, heading: str) -> int:
        """How often a heading stands there; a column is found by one that stands there once."""
        return self.headings.count(heading_of(heading))

    def column(self, heading: str) -> int:
        """The column of a heading; ValueError where there is none."""
        return self.headings.index(heading_of(heading))

    def at(self, row: int, column: int) -> str:
        """The address of a cell, `线索!C7`."""
        return f"{self.sheet}!{get_column_letter(column + 1)}{row}"


def table_of(sheet: str, lines: Iterable[Line], header_row: int, limits: Limits) -> Table:
    """The table whose headings stand in `header_row`, as far as a file may be long."""
    headings: list[str] = []
    rows: list[Line] = []
    for number, cells in lines:
        if number == header_row:
            headings = [heading_of(one) for one in cells]
        if number <= header_row or all(_empty(one) for one in cells):
            continue
        if number > limits.last_row or len(rows) == limits.rows:
            return Table(sheet, header_row, headings, rows, cut_at=number)
        rows.append((number, cells))
    return Table(sheet, header_row, headings, rows)


def value_at(cells: Sequence[Any], column: int) -> Any:
    """What a row has in a column, without the blanks around it; None for nothing."""
    value = cells[column] if column < len(cells) else None
    if isinstance(value, str):
        return value.strip() or None
    return value


def heading_of(value: Any) -> str:
    """A heading as it is compared: without the breaks and blanks around and in it."""
    return "".join(value.split()) if isinstance(value, str) else ""


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def problem_of(wrong: WrongFile, **details: Any) -> Problem:
    """A file that cannot be read, as the answer to whoever sent it."""
    return Problem(wrong.status, wrong.code, wrong.zh, wrong.en, details=details)


def refused(code: str, zh: str, en: str, errors: Sequence[FileError], sha256: str) -> Problem:
    """Problem 422 with everything that is wrong in a file and where, the first ERRORS_SHOWN of it."""
    first = errors[0]
    return Problem(
        422,
        code,
        f"{zh}有{len(errors)}处错误，未存入任何内容。第一处：{first.at}：{first.zh}",
        f"The {en} has {len(errors)} error(s) and nothing was stored. The first: {first.at}: {first.en}",
        details={
            "errors": [{"at": one.at, "zh": one.zh, "en": one.en} for one in errors[:ERRORS_SHOWN]],
            "count": len(errors),
            "sha256": sha256,
        },
    )
