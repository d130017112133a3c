"""The monthly report (三(三)) through the console: drafted on a phone, reviewed, signed off, accepted or returned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, GROUP, PERIOD, holder
from tests.console.forms import fill, fits, form, give, refused
from tests.console.story import COMMERCE, Story

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "reports", 7000) as told:
        yield told


def test_a_liaison_drafts_the_month_on_a_phone_and_a_number_that_no_event_bears_out_is_marked(
    visitor: NewPerson, story: Story
) -> None:
    story.signed("星河铝材")
    story.api.settle()
    borne_out = next(one for one in story.report(1)["figures_now"] if one["indicator"] == "signed_count")
    known = int(Decimal(borne_out["month"]))
    with visitor(phone=True) as one:
        page = one.log_in(holder("liaison"))
        assert one.at == f"/reports/{GROUP}/{PERIOD}"
        draft = form(page, "提交审核")
        expect(draft.locator('[name="narrative"]')).to_have_value(re.compile("签约.*星河铝材", re.DOTALL))
        fill(draft, {"narrative": ""})
        assert refused(draft, at="narrative") == "请填写此项"
        fill(draft, {"narrative": "本月签约星河铝材项目，园区厂房已腾空。（模拟数据）"})
        fill(draft, {"claims.0.indicator": "signed_count", "claims.0.month": "三个"})
        assert refused(draft, at="claims.0.month") == "请输入数字，例如 1200000 或 12.5"
        fill(draft, {"claims.0.month": str(known + 2), "claims.0.explanation": "两份合同扫描件在途"})
        one.shot("report-form")
        give(draft)
        expect(page.locator(".callout.bad")).to_have_text(
            f"签约项目：填报 {known + 2}，事件印证 {known}。两份合同扫描件在途"
        )
        expect(page.locator(".prose").first).to_have_text("本月签约星河铝材项目，园区厂房已腾空。（模拟数据）")
        expect(page.locator(".stepper .now")).to_contain_text("牵头单位审核")
        fits(page)
        one.shot("report-drafted")


def test_the_head_of_a_lead_unit_finds_the_draft_and_reviews_it(visitor: NewPerson, story: Story) -> None:
    _, heads = story.drafted(2)
    with visitor() as one:
        page = one.log_in(*heads.values())
        assert one.at == "/reviews"
        page.get_by_role("link", name="审核月报").click()
        back = form(page, "退回")
        assert refused(back, at="reasons") == "请填写此项"
        give(form(page, "审核通过（马村区商务局）"))
        expect(page.locator(".stepper .now")).to_contain_text("组长签发")
        expect(page.locator(".stepper .done")).to_have_count(2)
        page.get_by_role("link", name="待我办理").first.click()
        expect(page.get_by_role("link", name="审核月报")).to_have_count(0)


def test_a_group_leader_signs_off_on_a_phone_and_that_submits_the_report(visitor: NewPerson, story: Story) -> None:
    leader = story.reviewed(5)
    with visitor(phone=True) as one:
        page = one.log_in(leader)
        assert one.at == f"/groups/{DISTRICT}-G-5"
        fits(page)
        page.get_by_role("link", name="2026年7月").click()
        expect(page.get_by_text("模拟数据，第5组")).to_be_visible()
        give(form(page, "签发并报送"))
        expect(page.locator("header.page-head")).to_contain_text("已报送")
        expect(page.locator(".stepper .now")).to_contain_text("商务局接收")
        expect(form(page, "签发并报送")).to_have_count(0)
        fits(page)


def test_the_commerce_bureau_accepts_a_report_from_its_work_list(visitor: NewPerson, story: Story) -> None:
    story.submitted(6)
    with visitor() as one:
        page = one.log_in(COMMERCE)
        assert one.at == "/work"
        item = page.locator("li", has_text="接收月报").filter(has_text="招商六组")
        one.shot("work-list")
        item.get_by_role("link").click()
        give(form(page, "接收"))
        expect(page.locator("header.page-head")).to_contain_text("已接收")
        expect(page.locator(".stepper .done")).to_have_count(5)
        one.go("/work")
        expect(item).to_have_count(0)


def test_the_commerce_bureau_returns_a_report_in_english_and_the_liaison_is_told_why(
    visitor: NewPerson, story: Story
) -> None:
    story.submitted(7)
    with visitor() as one:
        page = one.log_in(COMMERCE, at=f"/reports/{DISTRICT}-G-7/{PERIOD}?lang=en")
        back = form(page, "Return")
        assert refused(back, at="reasons") == "Please fill this in"
        fill(back, {"reasons": "合同数与备案不符，请核对。（模拟数据）"})
        give(back)
        expect(page.locator("header.page-head")).to_contain_text("Returned")
        expect(page.locator(".callout.bad")).to_contain_text("合同数与备案不符")
        page.get_by_role("link", name="中文").click()
        expect(page.locator("header.page-head")).to_contain_text("商务局退回")
