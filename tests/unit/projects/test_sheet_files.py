"""Files that somebody sends to be imported: what they are not, and what their cells say (模拟数据)."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.portal.pages import wording
from services.projects import sheet_words
from services.projects.domain.values import LIGHT_ZH, STAGE_ZH, STATUS_ZH
from services.projects.sheet_cells import FORMS, UNITS, WrongCell, choice_of, day_of, not_computed, text_of, yuan_of
from services.projects.sheet_columns import LEADS
from services.projects.sheet_files import read_csv, read_workbook
from services.projects.sheet_reader import LIMITS, MOST_ROWS, sheet_table
from services.projects.sheet_table import Computed, Limits, WrongFile, value_at

FEW = Limits(size=1 << 20, unpacked=1 << 20, rows=3, last_row=20)


def workbook(*rows: list[Any], sheet: str = "线索") -> bytes:
    book = Workbook()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    file = BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, part)
    return file.getvalue()


HEADED = workbook(["标题", "日期"], ["甲（模拟）", date(2026, 7, 20)])
HEADINGS = [one.heading for one in LEADS.read]


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"", "file-empty", 422),
        ("标题,日期".encode(), "not-excel", 422),
        (b"PK\x03\x04 not really", "not-excel", 422),
        (b"\xd0\xcf\x11\xe0" + bytes(512), "not-excel", 422),
        (with_part(b"", "readme.txt", b"hello"), "not-excel", 422),
        (with_part(HEADED, "xl/vbaProject.bin", b"\0" * 10), "macro-file", 422),
        (workbook(["标题"], ["甲"], sheet="项目"), "sheet-missing", 422),
        (HEADED + bytes(1 << 20), "file-too-large", 413),
        (with_part(HEADED, "xl/media/zeros.bin", bytes(2 << 20)), "file-unpacks-too-large", 413),
    ],
    ids=["empty", "text", "no zip", "xls", "other zip", "macros", "sheet", "large", "bomb"],
)
def test_a_wrong_file_is_refused_with_what_to_do(content: bytes, code: str, status: int) -> None:
    with pytest.raises(WrongFile) as refused:
        read_workbook(content, "线索", 1, FEW)
    assert (refused.value.code, refused.value.status) == (code, status)
    assert refused.value.zh
    assert refused.value.en


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["模拟"], HEADINGS[1:]], "columns-missing"),
        ([["模拟"], [*HEADINGS, HEADINGS[0]]], "column-twice"),
        ([["模拟"]], "columns-missing"),
        ([["模拟"], HEADINGS, *[["甲"]] * (MOST_ROWS + 1)], "file-too-long"),
        ([["模拟"], HEADINGS, *[[None]] * LIMITS.last_row, ["甲"]], "file-too-long"),
    ],
    ids=["lacks one", "twice", "none", "rows", "far down"],
)
def test_a_sheet_that_is_not_the_template_is_refused(rows: list[list[Any]], code: str) -> None:
    with pytest.raises(WrongFile) as refused:
        sheet_table(workbook(*rows), LEADS)
    assert refused.value.code == code


def test_rows_are_counted_as_excel_counts_them_and_empty_ones_are_left_out() -> None:
    table = read_workbook(workbook(["题"], ["标题"], [None], [" "], ["甲 "]), None, 2, FEW)
    assert [(number, value_at(cells, 0)) for number, cells in table.rows] == [(5, "甲")]
    assert table.at(5, 2) == "线索!C5"
    assert (table.times(" 标 题"), table.times("日期"), table.cut_at) == (1, 0, 0)


def test_no_more_rows_are_read_than_are_taken() -> None:
    table = read_workbook(workbook(["标题"], *[["甲"]] * 9), None, 1, FEW)
    assert (len(table.rows), table.cut_at) == (3, 5)


@pytest.mark.parametrize("read", ["xlsx", "csv"])
def test_a_formula_is_neither_computed_nor_taken_for_text(read: str) -> None:
    table = (
        read_workbook(workbook(["标题"], ["=1+1"]), None, 1, FEW)
        if read == "xlsx"
        else read_csv("标题\n=1+1".encode(), None, "台账", 1, FEW)
    )
    cell = value_at(table.rows[0][1], 0)
    assert isinstance(cell, Computed)
    with pytest.raises(WrongCell, match="formula"):
        not_computed(cell)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: day_of("2026-07", ["YYYY-MM-DD"]),
        lambda: day_of("2026-02-30", ["YYYY-MM-DD"]),
        lambda: day_of(46_000, ["YYYY-MM-DD"]),
        lambda: day_of(time(8, 30), ["YYYY-MM-DD"]),
        lambda: yuan_of("5亿", "万元"),
        lambda: yuan_of(True, "元"),
        lambda: yuan_of(float("inf"), "元"),
        lambda: yuan_of(0.001, "元"),
        lambda: yuan_of(10**12, "亿元"),
        lambda: text_of(date(2026, 1, 1), 10),
        lambda: text_of(910000000000000000, 18),
        lambda: text_of("a\x07", 10),
        lambda: text_of("甲" * 11, 10),
        lambda: choice_of("某局", {"区财政局": "x"}, "单位", "unit"),
    ],
)
def test_a_cell_that_is_something_else_says_how_it_is_mended(wrong: Any) -> None:
    with pytest.raises(WrongCell) as fault:
        wrong()
    assert fault.value.zh
    assert fault.value.en


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(sorted(UNITS)))
def test_an_amount_is_the_figure_times_its_unit(figure: Decimal, unit: str) -> None:
    assert yuan_of(str(figure), unit) == figure * UNITS[unit]
    assert yuan_of(f"{figure}{unit}", "亿元") == figure * UNITS[unit]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_day_is_read_in_the_forms_that_are_stated(on: date) -> None:
    for form in FORMS:
        written = form.replace("YYYY", f"{on.year}").replace("MM", f"{on:%m}").replace("DD", f"{on:%d}")
        written = written.replace("M", str(on.month)).replace("D", str(on.day))
        assert day_of(written, [form]) == on
    assert day_of(datetime(on.year, on.month, on.day), []) == on


def test_the_words_in_cells_are_those_of_the_console() -> None:
    for kind, words in (
        ("origin", sheet_words.ORIGINS),
        ("project_type", sheet_words.PROJECT_TYPES),
        ("lead_source", sheet_words.LEAD_SOURCES),
        ("lead_status", sheet_words.LEAD_STATUSES),
        ("baseline_standing", sheet_words.BASELINES),
    ):
        for code, (zh, en) in words.items():
            assert (wording.word(kind, code, wording.ZH), wording.word(kind, code, wording.EN)) == (zh, en)
    for kind, zh_of in (("stage", STAGE_ZH), ("status", STATUS_ZH), ("light", LIGHT_ZH)):
        for code, zh in zh_of.items():
            assert wording.word(kind, str(code), wording.ZH) == zh
