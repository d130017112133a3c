"""Old ledgers (历史台账) as files: what is read from them, and what is said of a wrong one. 模拟数据."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import yaml
from openpyxl import Workbook

from services.projects.baseline_file import LARGEST, LedgerFile, read_rows
from services.projects.baseline_mapping import LedgerMapping, read_mapping
from services.projects.baseline_rows import Importing, ReadRow, commands_of
from services.projects.domain.values import Stage
from services.projects.roster import Roster
from services.projects.sheet_cells import WrongCell, day_of, yuan_of
from services.projects.sheet_table import FileError
from sevenx.declaration import ROOT
from sevenx.district.settings import DistrictSettings
from tests.unit.projects.stories import OFFICER, RULES, TODAY

EXAMPLE = ROOT / "data" / "baseline" / "example-ledger.csv"
MAPPING = (ROOT / "data" / "baseline" / "example-mapping.yaml").read_text("utf-8")
DISTRICT = "410804"
ROSTER = Roster(
    unit_kinds={f"{DISTRICT}-U-industry-zone": "zone", f"{DISTRICT}-U-macun": "sub_district"},
    groups=[f"{DISTRICT}-G-1", f"{DISTRICT}-G-2"],
    industries=["aluminium"],
    published=DistrictSettings.of([]),
    leads=[],
)
Table = list[list[Any]]
Change = Callable[[Table], None]


def table() -> Table:
    return list(csv.reader(io.StringIO(EXAMPLE.read_text("utf-8-sig"))))


def as_csv(rows: Table, encoding: str = "utf-8", name: str = "台账.csv") -> LedgerFile:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return LedgerFile(name, text.getvalue().encode(encoding))


def as_workbook(rows: Table) -> LedgerFile:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return LedgerFile("台账（模拟）.xlsx", file.getvalue())


def mapping(**changes: Any) -> LedgerMapping:
    found = read_mapping(yaml.safe_dump({**yaml.safe_load(MAPPING), **changes}, allow_unicode=True))
    assert isinstance(found, LedgerMapping), found
    return found


def read(file: LedgerFile, by: LedgerMapping | None = None) -> tuple[list[ReadRow], list[FileError]]:
    by = by or mapping()
    cells, errors = read_rows(file, by)
    rows, more = commands_of(cells, Importing(file, by, ROSTER, RULES, DISTRICT, TODAY, OFFICER))
    return rows, [*errors, *more]


def test_the_example_is_read_whole() -> None:
    rows, errors = read(LedgerFile(EXAMPLE.name, EXAMPLE.read_bytes()))
    assert errors == []
    assert [one.row.number for one in rows] == list(range(3, 15))
    first = rows[0].command
    assert (first.stage, first.contract_amount) == (Stage.AT_CAPACITY, Decimal(10_000_000))
    assert (first.planned_investment, first.baselined_funds) == (Decimal(110_000_000), Decimal(2_000_000))
    assert [one.on for one in first.reached][:4] == [
        date(2022, 3, 1), date(2022, 9, 10), date(2023, 1, 15), date(2023, 5, 20),
    ]  # fmt: skip
    assert (first.group, first.landing_unit) == (f"{DISTRICT}-G-1", f"{DISTRICT}-U-industry-zone")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_the_encodings_that_ledgers_have(encoding: str) -> None:
    rows, errors = read(as_csv(table(), encoding))
    assert (len(rows), errors) == (12, [])
    stated = "gb18030" if encoding == "gb18030" else "utf-8"
    assert read(as_csv(table(), encoding), mapping(encoding=stated))[1] == []


def test_a_workbook_is_read_with_its_numbers_and_days() -> None:
    rows = table()
    rows[2][14], rows[2][22] = datetime(2022, 3, 1), 1000.5
    found, errors = read(as_workbook(rows), mapping(sheet="台账"))
    assert errors == []
    assert found[0].command.contract_amount == Decimal("10005000.00")
    assert found[0].command.reached[0].on == date(2022, 3, 1)


def test_a_row_is_the_same_project_whenever_the_file_comes() -> None:
    file = as_csv(table())
    ids = [one.stream for one in read(file)[0]]
    assert ids == [one.stream for one in read(LedgerFile("另名.csv", file.content))[0]]
    assert len(set(ids)) == 12
    assert not set(ids) & {one.stream for one in read(as_csv(table(), "gb18030"))[0]}


def cell(row: int, column: int, value: Any) -> Change:
    def change(rows: Table) -> None:
        rows[row - 1][column] = value

    return change


WRONG: list[tuple[str, Change, str, str]] = [
    ("no day", cell(7, 15, "2023年2月30日"), "台账!P7", "不是日期"),
    ("a formula", cell(3, 22, "=SUM(A1:A2)"), "台账!W3", "公式"),
    ("no amount", cell(4, 22, "约两千万"), "台账!W4", "不是金额"),
    ("an unknown word", cell(5, 12, "已签"), "台账!M5", "没有对应的代码"),
    ("an unknown unit", cell(6, 11, "河东街道"), "台账!L6", "不在名册中"),
    ("days out of order", cell(3, 16, "2021-01-01"), "台账!Q3", "早于"),
    ("a day ahead", cell(3, 19, "2099-01-01"), "台账!T3", "晚于今天"),
    ("no day of a stage", cell(3, 17, ""), "台账!R3", "须填写开工日期"),
    ("a stage too many", cell(13, 15, "2022-09-10"), "台账!P13", "不应有签约日期"),
    ("a wrong code", cell(8, 5, "91000000MA0000501X"), "台账!F8", "校验码"),
    ("no landing unit", cell(3, 20, "马村街道x"), "台账!U3", "不在名册中"),
    ("a telephone", cell(9, 3, "联系13812345678"), "台账!D9", "电话"),
    ("the same contract", cell(4, 21, "马招合〔2022〕1号（模拟）"), "台账!V4", "第 3 行"),
    ("an empty name", cell(10, 1, " "), "台账!B10", "须填写"),
    ("a header that is not there", cell(2, 1, "名称"), "台账!2", "没有表头“项目名称”"),
    ("a header twice", cell(2, 0, "项目名称"), "台账!2", "出现 2 次"),
    ("no contract amount", cell(3, 22, ""), "台账!W3", "须填写合同金额"),
    ("a negative amount", cell(3, 24, "-1"), "台账!Y3", "须大于零"),
    ("too exact an amount", cell(3, 24, "1.1234567"), "台账!Y3", "分"),
]


@pytest.mark.parametrize("write", [as_csv, as_workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("change", "at", "zh"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_wrong_cell_is_named_with_what_to_mend(write: Any, change: Change, at: str, zh: str) -> None:
    rows = table()
    change(rows)
    _, errors = read(write(rows))
    assert [one.at for one in errors] == [at]
    assert zh in errors[0].zh
    assert errors[0].en


def test_all_errors_are_said_at_once() -> None:
    rows = table()
    for one in (WRONG[0], WRONG[2], WRONG[3], WRONG[9]):
        one[1](rows)
    _, errors = read(as_csv(rows))
    assert {one.at for one in errors} == {"台账!P7", "台账!W4", "台账!M5", "台账!F8"}


FILES: list[tuple[str, LedgerFile, str]] = [
    ("empty", LedgerFile("空.csv", b""), "文件为空"),
    ("too large", LedgerFile("大.csv", b"a" * (LARGEST + 1)), "KiB"),
    ("old Excel", LedgerFile("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1"), ".xls"),
    ("a broken workbook", LedgerFile("坏.xlsx", b"PK\x03\x04nothing"), "不是有效的 Excel"),
    ("binary", LedgerFile("图.csv", b"\x89PNG\x00\xff\xfe\x00"), "不是 UTF-8"),
    ("quotes", LedgerFile("引号.csv", b'a,"b\n1,"2" x\n'), "CSV"),
    ("no rows", as_csv(table()[:2]), "没有任何项目"),
    ("too many rows", as_csv([*table()[:2], *([["1", "x"]] * 501)]), "超过 500"),
]


@pytest.mark.parametrize(("file", "zh"), [one[1:] for one in FILES], ids=[one[0] for one in FILES])
def test_a_file_that_is_no_ledger_is_refused(file: LedgerFile, zh: str) -> None:
    _, errors = read_rows(file, mapping())
    assert any(zh in one.zh for one in errors), errors


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    _, errors = read_rows(as_workbook(table()), mapping(sheet="项目"))
    assert "台账" in errors[0].zh


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: [", "mapping: line 1"),
        ("a: &x 1\nb: *x", "mapping"),
        ("[]", "mapping"),
        ("[" * 5000, "mapping: line 1"),
        ("header_row: 2023-13-45", "mapping"),
        (MAPPING.replace("unit: 万元", "unit: 千元"), "mapping: amounts.unit"),
        (MAPPING.replace("达产: at_capacity", "达产: done"), "mapping: words.stage.达产"),
        (MAPPING.replace("  name: 项目名称\n", ""), "mapping: columns.name"),
        (MAPPING.replace("content: 建设内容", "content: 投资方"), "mapping: columns.investor_name"),
        (MAPPING.replace("YYYY.M.D", "dd/mm"), "mapping: dates.2"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_place(text: str, at: str) -> None:
    found = read_mapping(text)
    assert isinstance(found, list)
    assert at in [one.at for one in found]
    assert all(one.zh and one.en for one in found)


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        (1200, "万元", "12000000.00"),
        (0.1 + 0.2, "亿元", "30000000.00"),
        ("1,200.5", "万元", "12005000.00"),
        ("3亿元", "万元", "300000000.00"),
        ("12.34元", "万元", "12.34"),
    ],
)
def test_an_amount_is_read_in_yuan(value: Any, unit: str, yuan: str) -> None:
    assert yuan_of(value, unit) == Decimal(yuan)


@pytest.mark.parametrize("value", [True, "1 2", "1,2,3", "∞", float("nan"), float("inf"), 10**30, "￥5"])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    with pytest.raises(WrongCell):
        yuan_of(value, "万元")


@pytest.mark.parametrize("value", ["20220301", "2022-3-1", "22-03-01", "2022年3月", 44621])
def test_a_day_is_not_guessed_at(value: Any) -> None:
    with pytest.raises(WrongCell):
        day_of(value, mapping().dates)
