"""The rows of a filled-in sheet as bodies of the single request, or what is wrong with them, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from services.projects.sheet_cells import WrongCell, choice_of, day_of, not_computed, text_of, yuan_of
from services.projects.sheet_columns import Column, Kind, Sheet
from services.projects.sheet_files import read_workbook
from services.projects.sheet_names import Named
from services.projects.sheet_table import FileError, Limits, Line, Table, WrongFile, value_at
from sevenx.kernel.bodies import Body
from sevenx.kernel.errors import Problem, Rejection
from sevenx.kernel.field_errors import in_chinese

HEADER_ROW = 2
"""The first row says whose the sheet is; the headings stand under it."""
MOST_ROWS = 5_000
LIMITS = Limits(size=8 << 20, unpacked=96 << 20, rows=MOST_ROWS, last_row=2 * MOST_ROWS)
_DAYS = ("YYYY-MM-DD", "YYYY-M-D", "YYYY/M/D", "YYYY年M月D日")
BodyT = TypeVar("BodyT", bound=Body)


def sheet_table(content: bytes, sheet: Sheet) -> Table:
    """The table of a filled-in sheet. WrongFile for another file, another sheet, a column that is missing, or more rows
    than are taken at once."""
    table = read_workbook(content, sheet.name, HEADER_ROW, LIMITS)
    missing = [one.heading for one in sheet.read if table.times(one.heading) == 0]
    if missing:
        raise WrongFile(
            "columns-missing",
            f"第 {HEADER_ROW} 行缺少列：{'、'.join(missing)}。请对照模板补上",
            f"row {HEADER_ROW} lacks the columns {', '.join(missing)}; compare it with the template",
            line=HEADER_ROW,
        )
    twice = [one.heading for one in sheet.read if table.times(one.heading) > 1]
    if twice:
        raise WrongFile(
            "column-twice",
            f"第 {HEADER_ROW} 行有重复的列：{'、'.join(twice)}。请删去一列",
            f"row {HEADER_ROW} has the columns {', '.join(twice)} twice; delete one",
            line=HEADER_ROW,
        )
    if table.cut_at:
        raise WrongFile(
            "file-too-long",
            f"数据超过 {LIMITS.rows} 行或第 {LIMITS.last_row} 行，请拆分后分别导入",
            f"more than {LIMITS.rows} rows of data, or beyond row {LIMITS.last_row}; split it",
            line=table.cut_at,
        )
    return table


@dataclass(frozen=True)
class Filled(Generic[BodyT]):
    """A row that says what its single request would have to say."""

    line: Line
    values: Mapping[str, Any]
    """By the column's field; None for a cell that is blank."""
    body: BodyT

    @property
    def row(self) -> int:
        return self.line[0]


class SheetReader(Generic[BodyT]):
    """Reads the rows of one sheet; `body` is what the single request takes."""

    def __init__(self, table: Table, sheet: Sheet, names: Named, body: type[BodyT]) -> None:
        self._table, self._sheet, self._body = table, sheet, body
        self._columns = {one.field: table.column(one.heading) for one in sheet.read}
        self._in_body = [one for one in sheet.read if one.place.split(".")[0] in body.model_fields]
        self._names = {
            Kind.UNIT: (names.units, "单位", "unit"),
            Kind.GROUP: (names.groups, "小组", "group"),
            Kind.INDUSTRY: (names.industries, "产业", "industry"),
        }

    def read(self) -> tuple[list[Filled[BodyT]], list[FileError]]:
        """The rows that could be read, and every cell that could not."""
        found: list[Filled[BodyT]] = []
        errors: list[FileError] = []
        first: dict[tuple[Any, ...], int] = {}
        for line in self._table.rows:
            values, wrong = self.values(line)
            if not wrong and (same := first.setdefault(tuple(values.values()), line[0])) != line[0]:
                zh, en = f"与第 {same} 行完全相同，请删去一行", f"the same as row {same}; delete one"
                wrong = [self.at(line[0], self._sheet.read[0].field, zh, en)]
            if not wrong:
                try:
                    found.append(Filled(line, values, self._body.model_validate(self._nested(values))))
                except ValidationError as invalid:
                    wrong = [self._invalid(line[0], error) for error in invalid.errors()]
            errors += wrong
        return found, errors

    def at(self, row: int, field: str, zh: str, en: str) -> FileError:
        """An error at the cell of a field; of one that the sheet lacks, at its first column that is read."""
        column = self._columns.get(field, self._columns[self._sheet.read[0].field])
        return FileError(self._table.at(row, column), zh, en, row)

    def refused(self, row: int, wrong: Problem | Rejection) -> FileError:
        """What a rule says of a row, at the cell that it is about."""
        place = wrong.field if isinstance(wrong, Rejection) else "group"
        return self.at(row, self._field(place), wrong.zh, wrong.en)

    def values(self, line: Line) -> tuple[dict[str, Any], list[FileError]]:
        """By field what the cells of a row say, and those that say something else than they should."""
        values: dict[str, Any] = {}
        errors: list[FileError] = []
        for column in self._sheet.read:
            try:
                values[column.field] = self._value(column, value_at(line[1], self._columns[column.field]))
            except WrongCell as wrong:
                errors.append(self.at(line[0], column.field, wrong.zh, wrong.en))
                continue
            if column.needed and values[column.field] is None:
                errors.append(self.at(line[0], column.field, f"须填写{column.zh}", f"{column.en} is needed"))
        return values, errors

    def _value(self, column: Column, given: Any) -> Any:
        said = not_computed(given)
        if said is None:
            return None
        match column.kind:
            case Kind.TEXT:
                return text_of(said, column.most)
            case Kind.DAY:
                return day_of(said, _DAYS)
            case Kind.WAN:
                return yuan_of(said, "万元")
            case Kind.WORD:
                return choice_of(said, column.words or {}, column.zh, column.en)
            case _:
                return choice_of(said, *self._names[column.kind])

    def _nested(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The body that the values make, without what is blank: `a.b` nests, `a.0.b` is a list's first."""
        body: dict[str, Any] = {}
        for column in self._in_body:
            value = values[column.field]
            if value is None:
                continue
            *path, last = column.place.split(".")
            inner: Any = body
            if "0" in path:
                items = body.setdefault(path[0], [{}])
                inner = items[0]
            else:
                for part in path:
                    inner = inner.setdefault(part, {})
            inner[last] = value
        return body

    def _invalid(self, row: int, error: Any) -> FileError:
        place = ".".join(str(part) for part in error["loc"])
        return self.at(row, self._field(place), in_chinese(error), str(error["msg"]))

    def _field(self, place: str) -> str:
        """The column that a place in the body is about; a rule knows its own command, not what it came within."""
        for one in self._sheet.read:
            if place and (one.place == place or one.field == place):
                return one.field
        for one in self._sheet.read:
            if place and (one.place.endswith(f".{place}") or one.place.startswith(f"{place}.")):
                return one.field
        return ""
