"""The roster through the console: a vacancy is filled where it is shown; the roster goes out as files, comes in with
its difference shown before anything is stored, and is taken back, or it is said why it cannot be (一, 三（三）)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from services.registry.roster_zip import read_sent
from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import BASIS, BEGINS, DISTRICT
from tests.console.forms import fill, fits, give, refused, unfold
from tests.console.story import COMMERCE, OFFICE, Story

pytestmark = pytest.mark.timeout(600)
HILL, YANMA = f"{DISTRICT}-U-jiulishan", f"{DISTRICT}-U-yanma"
NEW = f"{DISTRICT}-N-roster-import"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "roster", 9400) as told:
        yield told


def vacancy(page: Page, unit: str) -> Locator:
    return page.locator("#vacancies li", has=page.locator(f'a[href="/roster/units/{unit}"]')).filter(
        has_text="主要负责"
    )


def test_the_district_office_fills_a_vacancy_with_somebody_who_is_registered_there(
    visitor: NewPerson, story: Story
) -> None:
    """一: who heads a sub-district; the person's name comes first, and the form waits meanwhile."""
    with visitor(phone=True) as one:
        page = one.log_in(OFFICE, at="/roster")
        fits(page)
        missing = vacancy(page, HILL)
        button = missing.locator("a.button")
        unfold(button)
        button.click()
        filling = page.locator("#fill")
        expect(filling).to_contain_text("九里山街道办事处")
        one.shot("roster-filling")
        appointment = filling.locator("form.command").filter(has=page.locator('[name="effective"]'))
        assert refused(appointment, at="person") == "请填写此项"

        person = filling.locator("form.command").filter(has=page.locator('[name="zh"]'))
        fill(person, {"zh": "酉模拟", "en": "You Moni", "id": f"{DISTRICT}-N-Roster", "basis": BASIS})
        assert refused(person, at="id")
        fill(person, {"id": f"{DISTRICT}-N-roster-head"})
        give(person)
        expect(page.locator("#fill")).to_contain_text("九里山街道办事处")
        appointment = page.locator("#fill form.command").filter(has=page.locator('[name="effective"]'))
        fill(
            appointment, {"person": f"{DISTRICT}-N-roster-head", "effective": BEGINS.date().isoformat(), "basis": BASIS}
        )
        give(appointment)
        expect(page.locator("#vacancies")).to_be_visible()
        expect(vacancy(page, HILL)).to_have_count(0)
        group = page.locator(f'[id="{DISTRICT}-G-1"]')
        units = group.get_by_role("link", name="演马街道办事处")
        expect(units).to_have_count(0)
        group.locator("summary", has_text="责任单位").click()
        expect(units).to_be_visible()
        one.shot("roster")
        one.go(f"/roster/units/{HILL}")
        expect(page.locator("#posts")).to_contain_text("酉模拟")
        fits(page)
        one.shot("roster-unit")
    with visitor() as one:
        one.log_in(OFFICE, at="/roster")
        one.shot("roster")
        one.go(f"/roster/groups/{DISTRICT}-G-1")
        one.shot("roster-group")


def exported(page: Page) -> FilePayload:
    """The roster as the page's link gives it."""
    with page.expect_download() as begun:
        page.get_by_role("link", name="导出 YAML（zip）", exact=True).click()
    content = Path(begun.value.path()).read_bytes()
    return {"name": begun.value.suggested_filename, "mimeType": "application/zip", "buffer": content}


def people_with(roster: FilePayload, unit: str) -> FilePayload:
    """The roster's people, and one more who heads a unit."""
    files = read_sent(roster["name"], roster["buffer"]).files
    post = f"{{unit: {unit}, as: head, from: {BEGINS.date()}, basis: 模拟}}"
    somebody = f"people:\n  - {{id: {NEW}, zh: 申模拟, en: Shen Moni, basis: 模拟, posts: [{post}]}}\n"
    text = files["people.yaml"].replace("people:\n", somebody, 1)
    return {"name": "people.yaml", "mimeType": "application/yaml", "buffer": text.encode()}


def check(where: Locator, file: FilePayload) -> None:
    where.locator("input[type=file]").set_input_files(file)
    where.get_by_role("button", name="核对", exact=True).click()


def test_a_roster_goes_out_comes_in_changed_and_is_taken_back(visitor: NewPerson, story: Story) -> None:
    story.api.settle()
    with visitor() as one:
        page = one.log_in(OFFICE, at="/roster")
        page.get_by_role("link", name="导入与导出").click()
        where, bring = page.locator("form[data-roster]"), page.get_by_role("button", name="导入", exact=True)
        where.get_by_role("button", name="核对", exact=True).click()
        expect(where.locator(".field-error")).to_have_text("请选择文件。")
        roster = exported(page)
        check(where, roster)
        expect(where.locator(".said")).to_contain_text("与现有名册一致，没有变动")
        expect(bring).to_be_hidden()

        check(where, people_with(roster, "演马街办"))
        expect(where.locator(".problem")).to_contain_text("未存入任何内容")
        wrong = where.locator(".wrongs tbody tr")
        expect(wrong).to_have_count(1)
        expect(wrong).to_contain_text("people.yaml:")
        expect(wrong).to_contain_text("演马街办")
        expect(bring).to_be_hidden()
        one.shot("roster-import-refused")

        check(where, people_with(roster, "演马街道办事处"))
        expect(where.locator(".said")).to_have_text("核对无误：新增 2 项。尚未存入。")
        expect(where.locator(".problem")).to_be_hidden()
        row = where.locator(".differences tbody tr", has_text="演马街道办事处")
        expect(row).to_contain_text("新增")
        expect(row).to_contain_text("主要负责同志申模拟")
        expect(row).to_contain_text("people.yaml:")
        one.shot("roster-import-checked")
        bring.click()
        expect(page.locator("#toast")).to_have_text("已保存")
        expect(page.get_by_role("heading", level=1)).to_contain_text("次导入")
        path = one.at
        story.api.settle()
        one.go(path)
        changes = page.locator("#changes tbody tr")
        expect(changes).to_have_count(2)
        expect(changes.filter(has_text="申模拟任主要负责人")).to_contain_text("演马街道办事处")
        one.shot("roster-import")

        back = page.locator("#rollback form")
        see, take = (back.get_by_role("button", name=name, exact=True) for name in ("查看影响", "回滚"))
        expect(take).to_be_hidden()
        see.click()
        expect(back.locator('[data-field="reason"] .field-error')).to_have_text("请填写此项")
        back.locator('[name="reason"]').fill("误导入（模拟）")
        see.click()
        expect(back.locator(".said")).to_have_text("将撤回 2 项，没有障碍。尚未存入。")
        expect(back.locator(".differences tbody tr", has_text="演马街道办事处")).to_contain_text("申模拟卸任")
        one.shot("roster-rollback")
        take.click()
        expect(page.locator("header.page-head")).to_contain_text("已回滚")
        expect(page.get_by_text("误导入（模拟）")).to_be_visible()
        expect(back).to_have_count(0)
        story.api.settle()
        page.get_by_role("navigation", name="内容").get_by_role("link", name="回滚").click()
        expect(page.locator("#changes")).to_contain_text("撤销人员登记申模拟")
        page.get_by_role("link", name="导入与导出").click()
        expect(page.locator("#imports tbody tr").first).to_contain_text("误导入（模拟）")
        one.shot("roster-imports")
    head = story.api.get(COMMERCE, f"/registry/units/{YANMA}")["head"]
    assert head is None


def test_what_was_decided_since_is_named_and_keeps_an_import_from_being_taken_back(
    visitor: NewPerson, story: Story
) -> None:
    story.api.settle()
    with visitor(phone=True) as one:
        page = one.log_in(OFFICE, at="/roster/imports")
        fits(page)
        where = page.locator("form[data-roster]")
        check(where, people_with(exported(page), "演马街道办事处"))
        expect(where.locator(".said")).to_contain_text("核对无误")
        fits(page)
        one.shot("roster-import-checked")
        where.get_by_role("button", name="导入", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("次导入")
        path = one.at
        successor = story.appoint("liaison", YANMA)
        body = {"person": successor, "effective": "2026-07-08", "items": ["台账（模拟）"]}
        story.api.post(OFFICE, f"/registry/units/{YANMA}/head/handover", body)
        story.api.settle()
        one.go(path)
        back = page.locator("#rollback form")
        fill(back, {"reason": "误导入（模拟）"})
        back.get_by_role("button", name="查看影响", exact=True).click()
        expect(back.locator(".said")).to_contain_text("不能回滚；未存入任何内容")
        bars = back.locator(".wrongs tbody tr", has_text="演马街道办事处")
        expect(bars.filter(has_text="申模拟向")).to_contain_text("交接，2026-07-08")
        expect(back.get_by_role("button", name="回滚", exact=True)).to_be_hidden()
        fits(page)
        one.shot("roster-rollback-barred")
    with visitor() as one:
        page = one.log_in(f"{DISTRICT}-auditor", at=f"{path}?lang=en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Import ")
        expect(page.locator("form[data-roster]")).to_have_count(0)
        one.shot("roster-import-en")


def test_the_units_are_found_on_a_phone(visitor: NewPerson) -> None:
    """Some fifty: folded by kind until one is looked into, and found by any of their names."""
    with visitor(phone=True) as one:
        page = one.log_in(f"{DISTRICT}-auditor", at="/roster/units")
        expect(page.locator("details.unit-kind[open]")).to_have_count(0)
        fits(page)
        one.shot("roster-units")
        towns = page.locator("details.unit-kind", has_text="街道办事处").first
        towns.locator("summary").click()
        expect(towns.locator("tbody tr")).to_have_count(7)
        expect(towns.locator("tbody tr").first).to_be_visible()
        fits(page)
        one.shot("roster-units-open")
        page.get_by_label("检索名称").fill("演马办事处")
        page.get_by_role("button", name="检索").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.get_by_role("link", name="演马街道办事处")).to_be_visible()
        one.shot("roster-units-found")
    with visitor() as one:
        one.log_in(f"{DISTRICT}-auditor", at="/roster/units")
        one.shot("roster-units")
