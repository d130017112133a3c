"""Leads and funds through the console: registered, qualified, contested; claimed, checked, never by the claimant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, expect

from sevenx.demo.documents import sha256
from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, GROUP, UNIT, holder
from tests.console.forms import arrives, fill, fits, form, give, refused, unfold
from tests.console.story import COMMERCE, ZONE, Story

pytestmark = pytest.mark.timeout(600)
SUB_DISTRICT = f"{DISTRICT}-U-macun"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "projects", 8000) as told:
        yield told


@pytest.fixture(scope="module")
def zone(story: Story) -> str:
    """The liaison of the industry zone, where projects land."""
    liaison = story.appoint("liaison", ZONE)
    story.api.settle()
    return liaison


def test_a_liaison_registers_a_lead_and_holds_its_protection_at_once(visitor: NewPerson, story: Story) -> None:
    investor = story.investor("东湖铝业")
    with visitor() as one:
        page = one.log_in(holder("liaison"), at="/leads")
        lead = form(page, "登记")
        fill(
            lead,
            {
                "title": "年产8万吨汽车铝板（模拟）",
                "investor.name": investor["name"],
                "investor.code": "91000000MA000000",
                "expected_investment": "三亿",
                "origin": "province_external",
                "origin_place": "浙江省",
                "source": "own_visit",
                "industry": "aluminium",
                "finder": UNIT,
            },
        )
        assert lead.locator('[name="group"]').input_value() == GROUP
        assert refused(lead, at="expected_investment") == "请输入数字，例如 1200000 或 12.5"
        fill(lead, {"expected_investment": "300,000,000", "intent": "新建汽车铝板生产线（模拟数据）"})
        assert refused(lead, at="investor.code") == "至少18个字"
        fill(lead, {"investor.code": investor["code"]})
        give(lead)
        row = page.locator("tr", has_text="年产8万吨汽车铝板")
        expect(row).to_contain_text("受保护")
        row.get_by_role("link").click()
        expect(page.locator(".callout.good")).to_contain_text("本线索受首报保护")
        expect(page.locator(".facts")).to_contain_text("3 亿元")
        expect(page.locator("#timeline li")).not_to_have_count(0)


def test_the_head_of_a_lead_unit_qualifies_a_lead_that_waits_for_him(visitor: NewPerson, story: Story) -> None:
    story.lead(holder("liaison"), UNIT, story.investor("西岭铝业"), "西岭铝箔（模拟）")
    story.api.settle()
    with visitor() as one:
        page = one.log_in(holder("head"))
        page.locator("li", has_text="西岭铝箔").get_by_role("link").click()
        judged = form(page, "研判通过")
        fill(judged, {"note": "已与投资方通话核实（模拟数据）"})
        give(judged)
        expect(page.locator("header.page-head")).to_contain_text("研判通过")
        expect(form(page, "研判通过")).to_have_count(0)


def test_the_landing_units_liaison_claims_funds_and_the_claim_waits_for_the_bureau(
    visitor: NewPerson, story: Story, zone: str
) -> None:
    project = story.signed("北辰铝箔", landed=True)
    story.api.settle()
    with visitor() as one:
        page = one.log_in(zone, at=f"/projects/{project}")
        claim = form(page, "申报")
        assert claim.locator('[name="claimant"] option').count() == 1
        fill(claim, {"amount": "三千万"})
        assert refused(claim, at="amount") == "请输入数字，例如 1200000 或 12.5"
        fill(
            claim,
            {
                "amount": "30000000",
                "vouchers.0.number": "银收K001",
                "vouchers.0.amount": "30000000",
                "vouchers.0.paid_on": "2026-07-09",
                "vouchers.0.payer": "北辰铝箔（模拟）有限公司",
                "vouchers.0.sha256": "不是指纹",
            },
        )
        assert refused(claim, at="vouchers.0.sha256") == "格式不正确"
        place = claim.locator('[data-field="vouchers.0.sha256"]')
        chooser = place.get_by_label("选择文件：凭证指纹 SHA-256")
        chooser.set_input_files(FilePayload(name="凭证.txt", mimeType="text/plain", buffer=b"text"))
        expect(place.locator(".field-error")).to_contain_text("不接受 .txt 类型的文件；可上传：PDF 文件")
        scan = "%PDF-1.7 凭证K001（模拟数据）"
        chooser.set_input_files(FilePayload(name="凭证.pdf", mimeType="application/pdf", buffer=scan.encode()))
        expect(claim.locator('[name="vouchers.0.sha256"]')).to_have_value(sha256(scan))
        expect(place.get_by_role("status")).to_have_text("已上传 · 凭证.pdf")
        expect(place.locator(".field-error")).to_be_hidden()
        give(claim)
        link = page.get_by_role("link", name="下载 银收K001")
        with page.expect_download() as downloaded:
            link.click()
        assert downloaded.value.path().read_bytes() == scan.encode()
        assert downloaded.value.suggested_filename.endswith(".pdf")
        row = page.locator("tr", has_text="待初审")
        expect(row).to_contain_text("3,000万元")
        expect(form(page, "初审")).to_have_count(0)
        one.shot("project")


def test_a_groups_liaison_claims_funds_for_a_lead_unit(visitor: NewPerson, story: Story) -> None:
    project = story.signed("南屏铝材")
    story.api.settle()
    with visitor() as one:
        page = one.log_in(holder("liaison"), at=f"/projects/{project}")
        claim = form(page, "申报")
        fill(
            claim,
            {
                "claimant": UNIT,
                "amount": "12000000",
                "vouchers.0.number": "银收K002",
                "vouchers.0.amount": "12000000",
                "vouchers.0.paid_on": "2026-07-09",
                "vouchers.0.payer": "南屏铝材（模拟）有限公司",
                "vouchers.0.sha256": sha256("凭证K002（模拟数据）"),
            },
        )
        give(claim)
        expect(page.locator("tr", has_text="待初审")).to_contain_text("1,200万元")


def test_the_commerce_bureau_checks_claimed_funds_and_accepts_less_with_a_reason(
    visitor: NewPerson, story: Story, zone: str
) -> None:
    project = story.signed("中原铝带", landed=True)
    story.claim(project, zone, 20_000_000, "银收K003")
    story.api.settle()
    with visitor() as one:
        page = one.log_in(COMMERCE)
        item = page.locator("li", has_text="初审到位资金").filter(has_text="中原铝带")
        expect(item).to_contain_text("2,000万元")
        item.get_by_role("link").click()
        check = form(page, "初审")
        fill(check, {"amount": "两千万"})
        assert refused(check, at="amount") == "请输入数字，例如 1200000 或 12.5"
        fill(check, {"amount": "15000000"})
        assert refused(check, at="reason") == "须写明原因。"
        fill(check, {"reason": "一笔凭证为借款，核减（模拟数据）"})
        give(check)
        expect(page.locator(".figure", has_text="初审到位")).to_contain_text("1,500 万元")
        expect(form(page, "初审")).to_have_count(0)
        expect(form(page, "认定")).to_have_count(1)


def test_the_commerce_bureau_decides_a_contest_and_the_protection_moves(visitor: NewPerson, story: Story) -> None:
    liaison = story.appoint("liaison", SUB_DISTRICT)
    story.api.settle()
    investor = story.investor("同源铝业")
    first = story.lead(holder("liaison"), UNIT, investor)
    second = story.lead(liaison, SUB_DISTRICT, investor)
    body = {"grounds": "本街道首谈在先，有投资方确认函。（模拟数据）", "evidence": [sha256("确认函（模拟数据）")]}
    story.api.post(liaison, f"/projects/leads/{second}/contests", body)
    story.api.settle()
    with visitor() as one:
        page = one.log_in(COMMERCE)
        page.locator("li", has_text="裁定异议").get_by_role("link").click()
        arrives(page, f"/leads/{second}")
        expect(page.locator(".callout.warn")).to_contain_text("备案，排第")
        decision = form(page, "裁定")
        fill(decision, {"upheld": "true"})
        assert refused(decision, at="reason") == "请填写此项"
        fill(decision, {"reason": "确认函经投资方核实，早于首报。（模拟数据）"})
        give(decision)
        expect(page.locator(".callout.good")).to_contain_text("本线索受首报保护，由马村街道")
        one.go(f"/leads/{first}")
        expect(page.locator(".callout.good")).to_have_count(0)


def test_the_commerce_bureau_approves_a_project_of_an_old_ledger_and_sees_what_it_lacks(
    visitor: NewPerson, story: Story
) -> None:
    [project] = story.old_ledger(row=9)
    story.api.settle()
    with visitor() as one:
        page = one.log_in(COMMERCE, at="/work")
        page.locator("li", has_text="审定历史台账").filter(has_text="新能源电池托盘").get_by_role("link").click()
        arrives(page, f"/projects/{project}")
        card = page.locator("#baseline")
        expect(card).to_contain_text("待审定")
        expect(card).to_contain_text("待补材料")
        rejection = form(page, "不通过")
        unfold(rejection)
        assert refused(rejection, at="reason") == "请填写此项"
        approval = form(page, "通过")
        fill(approval, {"note": "已核对合同原件（模拟）"})
        give(approval)
        expect(card).to_contain_text("已审定")
        expect(card).to_contain_text("已核对合同原件（模拟）")
        expect(form(page, "通过")).to_have_count(0)
        one.shot("old-ledger")
    with visitor(phone=True) as one:
        page = one.log_in(COMMERCE, at=f"/projects/{project}")
        expect(page.locator("#baseline")).to_be_visible()
        fits(page)
        one.shot("old-ledger")
