"""Imports of the roster in the console: who may bring one in, what each changed, and what its rollback took back."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest

from services.portal.queries import imports
from services.registry.domain.district.events import ImportRolledBack, RosterImported
from services.registry.domain.person.events import PersonRegistered, PersonWithdrawn
from services.registry.domain.unit.events import UnitHeadAppointed
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP, LEAD_UNITS
from tests.unit.given import at

DISTRICT, OFFICE, NOON = "410804-D", "410804-district-office", at("2026-08-10 12:00")
ON = date(2026, 8, 10)
FORM = 'data-roster="/api/registry/roster/import/file"'


def imported(bus: pages.Both, number: int, people: int) -> None:
    """An import of so many people, the first of whom heads a unit; each stream's events under the import's command."""
    command = bytes([number]) * 32
    for n in range(people):
        person = f"410804-N-import-{number}-{n:03}"
        bus.tell("registry", person, NOON, PersonRegistered(f"甲{n}模拟", f"A{n}", "模拟"), command=command)
    head = UnitHeadAppointed(f"410804-N-import-{number}-000", "甲0模拟", ON, False, "模拟")
    bus.tell("registry", LEAD_UNITS[0], NOON, head, command=command)
    told = RosterImported(number, "ab" * 32, OFFICE, ON, 52, 7, people, 18, 30, 8, people + 1)
    bus.tell("registry", DISTRICT, NOON, told, command=command)


async def page_of(reads: Reads, grant: str, path: str, language: str = "zh", status: int = 200) -> str:
    async with pages.console(reads, pages.principal(grant), language) as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


async def test_the_district_office_is_offered_the_import_and_everybody_the_exports(
    bus: pages.Both, reads: Reads
) -> None:
    imported(bus, 1, 1)
    office = await page_of(reads, "district_office@410804", "/roster/imports")
    assert FORM in office
    known = json.loads(unescape(office.split('data-names="')[1].split('"')[0]))
    assert known[GROUP] == "招商1组", "the names by which a difference is told"
    for grant in ("commerce_bureau@410804", "auditor@410804", "liaison@410804-G-1"):
        page = await page_of(reads, grant, "/roster/imports")
        assert FORM not in page
        assert 'href="/api/registry/roster/export.zip"' in page
        assert 'href="/api/registry/roster/export.xlsx"' in page
    assert "Import and export" in await page_of(reads, "auditor@410804", "/roster/imports", "en")
    await page_of(reads, "finance@410804", "/roster/imports", status=403)


async def test_before_the_founding_the_operator_brings_in_the_first_roster(bus: pages.Both, reads: Reads) -> None:
    page = await page_of(reads, "operator@410804", "/roster/imports")
    assert FORM in page
    assert "尚未建立" in page
    assert "export.zip" not in page


async def test_an_import_shows_what_it_changed_and_nothing_else(bus: pages.Both, reads: Reads) -> None:
    imported(bus, 1, 2)
    bus.tell("registry", "410804-N-else", NOON, PersonRegistered("旁人模拟", "Else", "模拟"), command=b"e" * 32)
    imported(bus, 2, 1)
    listed = await page_of(reads, "auditor@410804", "/roster/imports")
    assert listed.index("第2次导入") < listed.index("第1次导入")
    assert "区政府办" in listed
    page = await page_of(reads, "auditor@410804", "/roster/imports/1")
    for words in ("登记人员甲0模拟", "登记人员甲1模拟", "甲0模拟任主要负责人", "ab" * 32, "3项"):
        assert words in page, words
    assert "旁人模拟" not in page
    assert "data-roster" not in page
    assert "正在更新到本页" not in page
    rollback = 'data-roster="/api/registry/roster/imports/1/rollback"'
    assert rollback in await page_of(reads, "district_office@410804", "/roster/imports/1")
    assert rollback not in await page_of(reads, "commerce_bureau@410804", "/roster/imports/1")
    await page_of(reads, "auditor@410804", "/roster/imports/3", status=404)
    await page_of(reads, "auditor@410804", "/roster/imports/1?back=true", status=404)


async def test_what_is_still_on_its_way_to_the_page_is_said(bus: pages.Both, reads: Reads) -> None:
    """An import speaks in many streams, and their order across partitions is not given."""
    told = RosterImported(1, "ab" * 32, OFFICE, ON, 52, 7, 2, 18, 30, 8, 3)
    bus.tell("registry", DISTRICT, NOON, told, command=b"1" * 32)
    assert "还有3项正在更新到本页" in await page_of(reads, "auditor@410804", "/roster/imports/1")


async def test_a_long_import_is_shown_page_by_page_and_every_change_once(bus: pages.Both, reads: Reads) -> None:
    imported(bus, 1, imports.PAGE + 20)
    first = await page_of(reads, "auditor@410804", "/roster/imports/1")
    beyond = first.split("beyond=")[1].split('"')[0]
    second = await page_of(reads, "auditor@410804", f"/roster/imports/1?beyond={beyond}")
    shown = [text.count('<td class="head">') for text in (first, second)]
    assert shown == [imports.PAGE, 21]
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


async def test_a_rollback_is_told_with_its_reason_and_what_it_took_back(bus: pages.Both, reads: Reads) -> None:
    imported(bus, 1, 1)
    withdrawn = PersonWithdrawn("甲0模拟", "回滚第1次导入")
    bus.tell("registry", "410804-N-import-1-000", NOON, withdrawn, command=b"r" * 32)
    note = ImportRolledBack(1, OFFICE, date(2026, 8, 11), "误导入旧版（模拟）", 1)
    bus.tell("registry", DISTRICT, NOON, note, command=b"r" * 32)
    listed = await page_of(reads, "auditor@410804", "/roster/imports")
    assert "已回滚" in listed
    assert "误导入旧版（模拟）" in listed
    page = await page_of(reads, "district_office@410804", "/roster/imports/1")
    assert "登记人员甲0模拟" in page
    assert "撤销人员登记" not in page
    assert "data-roster" not in page, "once is enough"
    back = await page_of(reads, "auditor@410804", "/roster/imports/1?back=true")
    assert "撤销人员登记甲0模拟" in back


@pytest.mark.parametrize("path", ["/roster/imports/0", "/roster/imports/x", "/roster/imports/1?beyond=%00"])
async def test_no_address_makes_us_fail(bus: pages.Both, reads: Reads, path: str) -> None:
    imported(bus, 1, 1)
    await page_of(reads, "auditor@410804", path, status=422)
