"""What an export writes under the template's headings, an import reads back as it was (property-based)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.projects.api_models import NegotiateBody, RegisterLeadBody
from services.projects.domain.lead.state import LeadStatus
from services.projects.domain.project.state import BaselineStanding
from services.projects.domain.values import LeadSource, Light, Origin, ProjectType, Stage, Status
from services.projects.sheet_columns import LEADS, PROJECTS, Column, Kind, Sheet
from services.projects.sheet_names import Named
from services.projects.sheet_reader import SheetReader, sheet_table
from services.projects.sheet_writer import SheetWriter, template
from sevenx.district.sheets import FORMULA_BEGINS, SIMULATED

NAMES = Named(
    units={"区发展和改革委员会": "410804-U-development-reform", "马村街道办事处": "410804-U-macun"},
    groups={"招商一组": "410804-G-1", "招商二组": "410804-G-2"},
    industries={"铝精深加工制造产业": "aluminium"},
)
CODES: dict[str, Any] = {
    "origin": Origin, "source": LeadSource, "project_type": ProjectType, "stage": Stage, "light": Light,
    "baseline_standing": BaselineStanding,
    "proof_kind": ("talk_minutes", "investor_confirmation"),
}  # fmt: skip
TEXTS: dict[str, st.SearchStrategy[Any]] = {
    "lead": st.from_regex(r"410804-L-2026-[0-9]{4}", fullmatch=True),
    "investor_id": st.from_regex(r"410804-E-2026-[0-9]{4}", fullmatch=True),
    "extends": st.from_regex(r"410804-P-2026-[0-9]{4}", fullmatch=True),
    "contact": st.from_regex(r"410804-C-[0-9]{4}", fullmatch=True),
    "proof_sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "investor_code": st.from_regex(r"[0-9A-Z]{18}", fullmatch=True),
    "referrer_code": st.from_regex(r"[0-9A-Z]{18}", fullmatch=True),
    "industry_code": st.from_regex(r"[A-T][0-9]{4}", fullmatch=True),
}
"""Texts of a form of their own."""
_LETTERS = st.characters(categories=("L", "N", "P", "S"), include_characters=FORMULA_BEGINS[:4])


def cells(column: Column, sheet: Sheet) -> st.SearchStrategy[Any]:
    match column.kind:
        case Kind.DAY:
            some: st.SearchStrategy[Any] = st.dates(date(1990, 1, 1), date(2100, 1, 1))
        case Kind.WAN:
            some = st.decimals(Decimal("0.01"), Decimal(10**12), places=2)
        case Kind.UNIT:
            some = st.sampled_from(sorted(NAMES.units.values()))
        case Kind.GROUP:
            some = st.sampled_from(sorted(NAMES.groups.values()))
        case Kind.INDUSTRY:
            some = st.just("aluminium")
        case Kind.WORD:
            status = LeadStatus if sheet is LEADS else Status
            codes = CODES.get(column.field, [one for one in status if one != "none"])
            some = st.sampled_from([str(one) for one in codes])
        case _:
            some = TEXTS.get(column.field, st.text(_LETTERS, min_size=1, max_size=12))
    return some if column.needed else st.none() | some


def rows_of(sheet: Sheet) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({one.field: cells(one, sheet) for one in sheet.columns}).map(_named)
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda one: tuple(one[c.field] for c in sheet.read))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """A code of a referrer stands beside its name."""
    return {**row, "referrer_code": None} if row.get("referred_by") is None and "referrer_code" in row else row


def written(sheet: Sheet, rows: list[dict[str, Any]]) -> bytes:
    writer = SheetWriter(sheet, f"410804 {sheet.name}，{SIMULATED}", NAMES)
    writer.add(rows)
    with writer.save() as file:
        return file.read()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([LEADS, PROJECTS]).flatmap(lambda sheet: st.tuples(st.just(sheet), rows_of(sheet))))
def test_what_goes_out_comes_back_as_it_was(made: tuple[Sheet, list[dict[str, Any]]]) -> None:
    sheet, rows = made
    body = RegisterLeadBody if sheet is LEADS else NegotiateBody
    filled, errors = SheetReader(sheet_table(written(sheet, rows), sheet), sheet, NAMES, body).read()
    assert errors == []
    assert [dict(one.values) for one in filled] == [{c.field: row[c.field] for c in sheet.read} for row in rows]


def test_cells_are_typed_and_the_headings_stay_in_sight() -> None:
    row = {"stream": "410804-L-2026-0001", "title": "=1+1", "expected_investment": Decimal("500000000.00"),
           "registered_on": date(2026, 7, 20), "status": "qualified", "group_id": "410804-G-1"}  # fmt: skip
    page = load_workbook(BytesIO(written(LEADS, [row]))).worksheets[0]
    found = {page.cell(2, n).value: page.cell(3, n) for n in range(1, page.max_column + 1)}
    assert page.freeze_panes == "A3"
    assert SIMULATED in page.cell(1, 1).value
    assert (found["标题 title"].value, found["标题 title"].data_type) == ("=1+1", "s")
    assert found["意向投资（万元） expected investment (10,000 yuan)"].value == 50_000
    assert found["登记日期 registered on"].is_date
    assert (found["状态 status"].value, found["小组 group"].value) == ("研判通过", "招商一组")


def test_a_template_explains_itself_and_offers_what_may_be_chosen() -> None:
    for sheet in (LEADS, PROJECTS):
        book = load_workbook(BytesIO(template(sheet, "410804", NAMES)))
        page, notes, lists = book.worksheets
        assert [cell.value for cell in page[2]] == [one.heading for one in sheet.read]
        rules = page.data_validations.dataValidation
        assert {rule.type for rule in rules} == {"list", "date", "decimal"} - ({"date"} if sheet is LEADS else set())
        told = [row[0].value for row in notes.iter_rows() if row[0].value]
        assert {one.heading for one in sheet.read} <= set(told)
        chosen = [rule for rule in rules if rule.type == "list"]
        assert len(chosen) == lists.max_column
        for n, rule in enumerate(chosen, 1):
            allowed = [lists.cell(row, n).value for row in range(2, lists.max_row + 1)]
            values = [one for one in allowed if one is not None]
            assert rule.formula1.endswith(f"${len(values) + 1}")


def test_an_empty_template_has_no_row() -> None:
    assert sheet_table(template(LEADS, "410804", NAMES), LEADS).rows == []
