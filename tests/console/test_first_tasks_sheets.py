"""Leads in Excel through the console: the template, what is wrong in it by cell, and then all of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import FilePayload, Locator, Page, expect

from services.projects.sheet_columns import LEADS
from sevenx.district.sheets import MEDIA_TYPE
from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import GROUP, UNIT, holder
from tests.console.forms import unfold
from tests.console.story import Story

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "sheets", 8800) as told:
        yield told


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as begun:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(begun.value.path()).read_bytes()


def filled(headings: list[Any], *rows: dict[str, Any]) -> FilePayload:
    """A template filled in, by the fields of its columns."""
    of = {one.heading: one.field for one in LEADS.read}
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = LEADS.name
    for line in (["模拟数据"], headings, *([row.get(of[one]) for one in headings] for row in rows)):
        sheet.append(line)
    file = BytesIO()
    book.save(file)
    return {"name": "线索（模拟）.xlsx", "mimeType": MEDIA_TYPE, "buffer": file.getvalue()}


def choose(where: Locator, file: FilePayload, button: str) -> None:
    chooser = where.locator("input[type=file]")
    unfold(chooser)
    chooser.set_input_files(file)
    where.get_by_role("button", name=button, exact=True).click()


def test_a_liaison_brings_leads_in_out_of_a_template(visitor: NewPerson, story: Story) -> None:
    investors = [story.investor("南岭铝业"), story.investor("北岭铝业")]
    rows = [
        {
            "title": f"表格线索{n}（模拟）",
            "intent": "新建铝箔生产线（模拟数据）",
            "investor_name": one["name"],
            "investor_code": one["code"],
            "origin": "省外境内",
            "origin_place": "浙江省",
            "source": "外出招商",
            "industry": "aluminium",
            "group_id": GROUP,
            "finder": UNIT,
            "expected_investment": 30_000,
        }
        for n, one in enumerate(investors)
    ]
    with visitor() as one:
        page = one.log_in(holder("liaison"), at="/leads")
        template = load_workbook(BytesIO(downloaded(page, "下载模板"))).worksheets[0]
        headings = [cell.value for cell in template[2]]
        where = page.locator("form[data-sheet]")

        choose(where, filled(headings, rows[0], {**rows[1], "expected_investment": "三亿"}), "核对")
        expect(where.locator(".problem")).to_contain_text("1处错误，未存入任何内容")
        cell = where.locator("tbody tr")
        expect(cell).to_have_count(1)
        expect(cell).to_contain_text("线索!")
        expect(cell).to_contain_text("不是金额")
        expect(where.get_by_role("button", name="导入", exact=True)).to_be_hidden()

        choose(where, filled(headings, *rows), "核对")
        expect(where.locator(".said")).to_contain_text("共 2 行可以导入，尚未存入")
        expect(where.locator(".problem")).to_be_hidden()
        where.get_by_role("button", name="导入", exact=True).click()
        expect(where.locator(".said")).to_contain_text("已导入 2 行")
        where.get_by_role("link", name="查看更新后的列表").click()
        expect(page.locator("tr", has_text="表格线索1（模拟）")).to_contain_text("受保护")
        one.go("/leads?q=%E8%A1%A8%E6%A0%BC%E7%BA%BF%E7%B4%A2")
        expect(page.locator("tr", has_text="表格线索0（模拟）")).to_contain_text("受保护")
        exported = load_workbook(BytesIO(downloaded(page, "导出 Excel"))).worksheets[0]
        titles = {str(row[0]) for row in exported.iter_rows(min_row=3, min_col=2, max_col=2, values_only=True)}
        assert titles == {"表格线索0（模拟）", "表格线索1（模拟）"}
