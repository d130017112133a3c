"""Who brought whom (以企引企) through the console: recorded where it is known, seen as a chain, taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, UNIT, holder
from tests.console.forms import fill, fits, form, give, refused, turned_down
from tests.console.story import COMMERCE, Story

pytestmark = pytest.mark.timeout(600)
MASK = "未签约，已隐去"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "referrals", 9600) as told:
        yield told


def registered(story: Story, investor: dict[str, str]) -> str:
    """The enterprise's number in the register."""
    facts = {"origin": "province_external", "place": "浙江省宁波市", "registered_for": UNIT}
    return str(story.api.post(COMMERCE, "/projects/enterprises", {**investor, **facts})["id"])


def test_the_commerce_bureau_records_who_brought_whom_and_takes_a_mistake_back(
    visitor: NewPerson, story: Story
) -> None:
    head, one_of, other = (story.investor(name) for name in ("龙头铝业", "配套铝箔", "配套模具"))
    with visitor() as one:
        page = one.log_in(COMMERCE, at="/referrals")
        record = form(page, "登记引荐")
        fill(record, {"referrer.name": head["name"], "referrer.code": head["code"], "referred.name": one_of["name"]})
        fill(record, {"referred.code": "91000000MA0000002X"})
        assert "校验码不正确" in refused(record, at="referred.code")
        fill(record, {"referred.code": one_of["code"], "note": "供应链配套（模拟数据）"})
        give(record)
        row = page.locator("tr", has_text="龙头铝业")
        expect(row).to_contain_text("1家")
        row.get_by_role("link", name="引荐链").click()

        further = form(page, "登记引荐")
        fill(further, {"referred.name": other["name"], "referred.code": other["code"]})
        give(further)
        expect(page.locator("#chain-chart canvas")).to_be_visible()
        expect(page.locator("header.page-head")).to_contain_text("一带一批")
        expect(page.locator("tbody tr")).to_have_count(3)

        one.go("/referrals")
        circle = form(page, "登记引荐")
        fill(circle, {"referrer.name": other["name"], "referrer.code": other["code"]})
        fill(circle, {"referred.name": head["name"], "referred.code": head["code"]})
        assert "不能成环" in turned_down(circle)

        page.locator("tr", has_text="龙头铝业").get_by_role("link", name="引荐链").click()
        mistake = page.locator("details.fold", has_text="配套模具").locator("form.command")
        assert refused(mistake, at="reason") == "请填写此项"
        fill(mistake, {"reason": "登记有误（模拟数据）"})
        give(mistake)
        row = page.locator("tr", has_text="龙头铝业")
        expect(row).to_contain_text("1家")
        expect(row).not_to_contain_text("配套模具")


def test_a_liaison_tells_on_a_phone_who_brought_the_investor_and_others_see_no_name(
    visitor: NewPerson, story: Story
) -> None:
    """二（三）, 三（二）: a chain of three generations, of which one is signed; another group sees what is signed."""
    liaison, elsewhere = holder("liaison"), story.appoint("liaison", f"{DISTRICT}-G-4")
    names = ("引链集团", "引链铝板带", "引链轮毂", "引链热处理")
    first, second, third, fourth = (story.investor(name) for name in names)
    lead = story.lead(liaison, UNIT, second, "引链铝板带项目（模拟）")
    for referrer, referred in ((first, third), (second, fourth)):
        story.api.post(COMMERCE, "/projects/referrals", {"referrer": referrer, "referred": referred})
    project = story.signed("引链铝合金")
    story.api.settle()
    signed = story.api.get(COMMERCE, f"/projects/projects/{project}")
    contracted = {"name": signed["investor_name"], "code": signed["investor_code"]}
    story.api.post(COMMERCE, "/projects/referrals", {"referrer": first, "referred": contracted})
    number = registered(story, first)
    story.api.settle()
    with visitor(phone=True) as one:
        page = one.log_in(liaison, at=f"/leads/{lead}")
        told = form(page, "登记引荐方")
        fill(told, {"referrer.name": first["name"], "referrer.code": first["code"]})
        give(told)
        expect(page.locator("dl.facts").first).to_contain_text("引链集团")
        fits(page)
        one.go("/referrals")
        row = page.locator("tr", has_text="引链集团").first
        expect(row).to_contain_text("一带一批")
        expect(row).to_contain_text("1 亿元")
        expect(row).to_contain_text("2代")
        fits(page)
        one.shot("referrals")
        row.get_by_role("link", name="引荐链").click()
        expect(page.locator("tbody tr")).to_have_count(5)
        expect(page.locator("#chain-chart canvas")).to_be_visible()
        fits(page)
        one.shot("referral-chain")
        one.go(f"/enterprises/{number}")
        expect(page.locator("#referrals")).to_contain_text("带来企业4家（直接3家）")
        fits(page)
        one.shot("enterprise-referrals")
    with visitor() as one:
        page = one.log_in(elsewhere, at="/referrals")
        row = page.locator("tr", has_text="引链集团").first
        expect(row).to_contain_text("引链铝合金")
        expect(row).to_contain_text(MASK)
        expect(row).not_to_contain_text("引链铝板带")
        one.shot("referrals")
        row.get_by_role("link", name="引荐链").click()
        expect(page.locator("tbody")).to_contain_text(MASK)
        expect(page.locator("tbody")).not_to_contain_text("引链铝板带")
        assert "引链铝板带" not in (page.locator("#chain-chart").get_attribute("data-option") or "")
        expect(page.locator("#chain-chart canvas")).to_be_visible()
        one.shot("referral-chain")
        one.go(f"/enterprises/{number}")
        one.shot("enterprise-referrals")
