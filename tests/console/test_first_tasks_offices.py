"""Trips, money and the year's assessment through the console, by the offices whose work they are; notices and the
language by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sevenx.declaration import ROOT
from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, GROUP, UNIT, holder
from tests.console.forms import arrives, fill, fits, form, give, refused, turned_down
from tests.console.story import OFFICE, Story

pytestmark = pytest.mark.timeout(600)
LEADER, FINANCE = f"{DISTRICT}-district-leader", f"{DISTRICT}-finance-bureau"
ASSESSMENT = f"{DISTRICT}-assessment-office"
RULEBOOK = ROOT / "data" / "rulebooks" / "assessment-2026.yaml"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "offices", 6000) as told:
        yield told


def test_a_unit_head_reports_a_trip_beforehand_on_a_phone(visitor: NewPerson) -> None:
    with visitor(phone=True) as one:
        page = one.log_in(holder("head"), at="/trips")
        trip = form(page, "提交报备")
        assert trip.locator('[name="traveller"]').input_value() == holder("head")
        fill(trip, {"destinations.0.place": "江苏省苏州市", "destinations.0.province": "江苏"})
        fill(trip, {"starts_on": "2026-07-09", "ends_on": "2026-07-14", "enterprises": "示例铝业有限公司（模拟）"})
        assert refused(trip, at="purpose") == "请填写此项"
        fill(trip, {"purpose": "苏州对接铝加工企业（模拟）"})
        assert "外出须事前报备" in refused(trip, at="starts_on")
        fill(trip, {"starts_on": "2026-07-13"})
        give(trip)
        row = page.locator("tr", has_text="苏州对接铝加工企业")
        expect(row).to_contain_text("待批准")
        fits(page)


def test_the_district_leader_approves_a_heads_trip_and_reads_the_overview(visitor: NewPerson, story: Story) -> None:
    body = {
        "traveller": holder("head"),
        "unit": UNIT,
        "kind": "investment",
        "purpose": "宁波走访铝材企业（模拟）",
        "destinations": [{"place": "浙江省宁波市", "province": "浙江"}],
        "starts_on": "2026-07-15",
        "ends_on": "2026-07-17",
    }
    story.api.post(holder("head"), "/outreach/trips", body)
    story.signed("临江铝业")
    story.api.settle()
    with visitor() as one:
        page = one.log_in(LEADER)
        assert one.at == "/overview"
        expect(page.locator(".figure", has_text="在库项目")).not_to_contain_text("—")
        expect(page.locator("#stage-chart canvas")).to_be_visible()
        one.shot("overview")
        page.get_by_role("link", name="待办清单").first.click()
        page.locator("li", has_text="批准外出").filter(has_text="宁波走访").get_by_role("link").click()
        rejection = form(page, "不予批准")
        assert refused(rejection, at="reason") == "请填写此项"
        give(form(page, "批准外出"))
        expect(page.locator("header.page-head")).to_contain_text("已批准")
        expect(page.locator(".stepper .done").nth(1)).to_contain_text("区领导")
        expect(form(page, "批准外出")).to_have_count(0)


def test_the_finance_bureau_allocates_the_special_fund(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(FINANCE)
        assert one.at == "/budgets"
        allocation = form(page, "下达")
        fill(allocation, {"fund": "special", "amount": "五十万"})
        assert refused(allocation, at="amount") == "请输入数字，例如 1200000 或 12.5"
        fill(allocation, {"amount": "500000", "document_number": "模拟财预〔2026〕1号"})
        give(allocation)
        row = page.locator("tr", has_text="区级招商专项经费")
        expect(row).to_contain_text("50 万元")
        expect(row).to_contain_text("模拟财预〔2026〕1号")


def test_the_finance_bureau_records_the_payment_of_an_approved_expense(visitor: NewPerson, story: Story) -> None:
    budget = {"fund": "own", "unit": UNIT, "year": 2026, "amount": "80000.00", "document_number": "模拟财预〔2026〕2号"}
    made = story.api.post(FINANCE, "/outreach/budgets", budget)["id"]
    claim = {"unit": UNIT, "kind": "other", "purpose": "招商手册印刷（模拟）", "amount": "3600.00"}
    story.api.post(holder("head"), f"/outreach/budgets/{made}/expenses", claim)
    story.api.post(OFFICE, f"/outreach/budgets/{made}/expenses/1/approve", {})
    story.api.settle()
    with visitor() as one:
        page = one.log_in(FINANCE)
        expense = page.locator("article", has_text="招商手册印刷")
        expect(expense).to_contain_text("待支付")
        payment = form(page, "登记").filter(has=page.locator('[name="voucher_number"]'))
        assert refused(payment, at="voucher_number") == "请填写此项"
        fill(payment, {"voucher_number": "ZFK2026070001"})
        give(payment)
        expect(expense).to_contain_text("已支付")
        expect(expense).to_contain_text("ZFK2026070001")


def test_the_assessment_office_publishes_the_rulebook_and_explains_a_score_down_to_an_event(
    visitor: NewPerson, story: Story
) -> None:
    project = story.signed("云台铝业")
    story.api.settle()
    story.later()
    with visitor() as one:
        page = one.log_in(ASSESSMENT)
        assert one.at == "/ranking/2026"
        book = form(page, "公布办法")
        assert refused(book, at="document") == "请填写此项"
        fill(book, {"document": "year: 2026\nzh: 缺考核对象的办法\n"})
        assert "考核办法有" in turned_down(book)
        book.locator("input[type=file]").set_input_files(RULEBOOK)
        expect(book.locator('[name="document"]')).to_have_value(re.compile("马村区2026年度"))
        give(book)
        expect(page.get_by_text("第1版")).to_be_visible()
        give(form(page, "现在计算"))
        row = page.locator("tr", has_text="招商一组")
        expect(row).to_be_visible()
        one.shot("ranking")
        row.get_by_role("link", name="为什么").click()
        arrives(page, f"/ranking/2026/{GROUP}")
        item = page.locator("details.item#signed_amount")
        if item.get_attribute("open") is None:
            item.locator("summary").click()
        expect(item.locator(".formula")).to_be_visible()
        one.shot("score")
        item.locator("tr").filter(has_text=project).get_by_role("link").first.click()
        arrives(page, f"/projects/{project}")
        event = page.locator(".timeline > li:target")
        expect(event).to_contain_text("1亿元")


def test_everybody_has_an_inbox_that_leads_to_the_thing_in_either_language(visitor: NewPerson, story: Story) -> None:
    leader = story.reviewed(3)
    story.api.settle()
    with visitor(phone=True) as one:
        page = one.log_in(leader)
        page.get_by_role("link", name=re.compile("未读")).click()
        notice = page.locator(".notices .unread", has_text="招商三组").first
        expect(notice).to_contain_text("请签发")
        one.shot("inbox")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Inbox")
        page.locator(".notices .unread", has_text="Group Three").first.get_by_role("button", name="Open").click()
        arrives(page, f"/reports/{DISTRICT}-G-3/2026-07")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        give(form(page, "Sign off and submit"))
        expect(page.locator("header.page-head")).to_contain_text("Submitted")
        one.go("/leads")
        assert refused(form(page, "Register"), at="title") == "Please fill this in"
        page.get_by_role("link", name="中文").click()
        assert refused(form(page, "登记"), at="title") == "请填写此项"
