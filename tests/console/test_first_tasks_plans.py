"""A group's annual action plan through the console: its liaison drafts it on a phone, where every refusal stands at its
field; its leader approves it and puts it in force; what came without a version is broken down to units (三（二）)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, GROUP, UNIT, holder
from tests.console.forms import fill, fits, form, give, refused
from tests.console.story import COMMERCE, Story

pytestmark = pytest.mark.timeout(600)
PLAN = f"/plans/{GROUP}/2027"
AMOUNT, COUNT = "targets.0", "targets.2"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "plans", 8000) as told:
        yield told


def test_a_liaison_drafts_a_plan_on_a_phone_and_every_refusal_stands_at_its_field(
    visitor: NewPerson, story: Story
) -> None:
    """What is left empty is no target, an empty month is nothing; gaps do not lead a refusal to another field."""
    with visitor(phone=True) as one:
        page = one.log_in(holder("liaison"), at=PLAN)
        fits(page)
        draft = form(page, "保存草稿")
        assert refused(draft, at="document_sha256") == "请填写此项"
        fill(draft, {"title": "招商一组2027年度行动方案（模拟）", "document_sha256": "c" * 64})
        fill(draft, {f"{COUNT}.months.0": "2"})
        assert refused(draft, at=f"{COUNT}.value") == "请填写此项"
        fill(draft, {f"{COUNT}.value": "十二"})
        assert refused(draft, at=f"{COUNT}.value") == "请输入数字，例如 1200000 或 12.5"
        fill(draft, {f"{COUNT}.value": "12"})
        expect(draft.locator(f'[data-field="{COUNT}.months"] [data-sum]')).to_have_text("合计 2，比全年目标少 10")
        assert "少10" in refused(draft, at=f"{COUNT}.months")
        one.shot("plan-refused")
        draft.locator(f'[data-field="{COUNT}.months"] [data-spread]').click()
        expect(draft.locator(f'[name="{COUNT}.months.11"]')).to_have_value("1")
        units = draft.locator(f'[data-field="{COUNT}.parts"] label')
        own = units.filter(has=page.locator(f'[value="{UNIT}"]')).locator("[data-kind]")
        own.fill("7")
        assert "少5" in refused(draft, at=f"{COUNT}.parts")
        own.fill("12")
        give(draft)
        expect(page.locator("header.page-head")).to_contain_text("草稿")
        expect(page.locator("#signed_count")).to_contain_text("合计与全年目标一致")
        expect(page.locator("#signed_count canvas")).to_be_visible()
        expect(page.locator("#signed_amount")).to_have_count(0)
        fits(page)
        one.shot("plan-drafted")
        give(form(page, "提交报批"))
        expect(page.locator("header.page-head")).to_contain_text("待审批")
        expect(form(page, "批准")).to_have_count(0)
    found = story.api.get(COMMERCE, f"/registry/plans?group={GROUP}&year=2027")["items"][-1]
    assert [target["indicator"] for target in found["targets"]] == ["signed_count"]
    assert len(found["targets"][0]["months"]) == 12


def test_the_leader_returns_a_plan_and_puts_the_next_version_in_force(visitor: NewPerson, story: Story) -> None:
    liaison, path = holder("liaison"), f"/registry/groups/{GROUP}/plans"
    amount = {
        "indicator": "signed_amount",
        "measure": "yuan",
        "value": "1200000000.00",
        "months": ["100000000.00"] * 12,
    }
    body = {"year": 2028, "title": "招商一组2028年度行动方案（模拟）", "document_sha256": "d" * 64}
    for version in (1, 2):
        parts = [{"unit": UNIT, "value": "1200000000.00"}] if version == 2 else []
        story.api.post(liaison, path, {**body, "targets": [{**amount, "parts": parts}]})
        if version == 1:
            story.api.post(liaison, f"{path}/2028/1/submit", {})
            story.api.settle()
            _returned(visitor)
    story.api.post(liaison, f"{path}/2028/2/submit", {})
    story.api.settle()
    with visitor() as one:
        page = one.log_in(holder("leader"), at="/plans?year=2028")
        page.locator("tr", has_text="招商一组").get_by_role("link").first.click()
        expect(page.locator("#signed_amount")).to_contain_text("12亿元")
        give(form(page, "批准"))
        expect(page.locator("header.page-head")).to_contain_text("已批准")
        give(form(page, "施行"))
        expect(page.locator("header.page-head")).to_contain_text("已施行")
        expect(page.locator("#signed_amount canvas")).to_be_visible()
        expect(page.locator("#timeline")).to_contain_text("2028年行动方案第2版施行")
        one.shot("plan-in-force")
        draft = form(page, "保存草稿")
        assert draft.locator(f'[name="{AMOUNT}.months.4"]').input_value() == "100000000"
        fill(draft, {f"{AMOUNT}.value": "1300000000"})
        gap = "合计 1,200,000,000，比全年目标少 100,000,000"
        expect(draft.locator(f'[data-field="{AMOUNT}.months"] [data-sum]')).to_have_text(gap)
        one.shot("plan-draft")
        one.go("/plans?year=2028")
        expect(page.locator("tr", has_text="招商一组")).to_contain_text("已全部分解")
        expect(page.locator("#chart-signed_amount canvas")).to_be_visible()
        one.shot("plans")
    with visitor(phone=True) as one:
        page = one.log_in(f"{DISTRICT}-auditor", at="/plans?year=2028")
        fits(page)
        one.shot("plans")
        one.go(f"/plans/{GROUP}/2028?lang=en")
        expect(page.locator("header.page-head")).to_contain_text("in force")
        fits(page)
        one.shot("plan-in-force-en")


def _returned(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(holder("leader"), at="/reviews")
        page.locator("li", has_text="审批行动方案").filter(has_text="2028年第1版").get_by_role("link").click()
        expect(page.locator("header.page-head")).to_contain_text("待审批")
        assert refused(form(page, "退回"), at="reason") == "请填写此项"
        fill(form(page, "退回"), {"reason": "请分解到单位（模拟）"})
        give(form(page, "退回"))
        expect(page.get_by_text("退回理由：请分解到单位（模拟）")).to_be_visible()
        expect(form(page, "批准")).to_have_count(0)


def test_the_commerce_bureau_breaks_a_target_down_to_a_unit(visitor: NewPerson, story: Story) -> None:
    """三（二）: the parts never exceed the whole."""
    second, body = f"{DISTRICT}-G-2", {"year": 2029, "indicator": "landed_count", "measure": "projects"}
    story.api.post(COMMERCE, f"/registry/groups/{second}/targets", {**body, "value": "6.00"})
    story.api.settle()
    with visitor() as one:
        page = one.log_in(COMMERCE, at=f"/plans/{second}/2029")
        part = form(page, "分解：落地项目")
        fill(part, {"unit": f"{DISTRICT}-U-commerce", "value": "7"})
        assert "超过总目标6" in refused(part, at="value")
        fill(part, {"value": "4"})
        give(part)
        expect(page.locator("#landed_count")).to_contain_text("还有2未分解")
