"""Supervision and audit through the console: directives to their closing, findings with their events, services."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sevenx.declaration import services
from sevenx.local.home import Home
from tests.console.conftest import NewPerson
from tests.console.district import DISTRICT, UNIT, holder
from tests.console.forms import fill, form, give, refused
from tests.console.story import ZONE, Story

pytestmark = pytest.mark.timeout(600)
SUPERVISION, AUDITOR = f"{DISTRICT}-supervision-office", f"{DISTRICT}-auditor"
OPERATOR = f"{DISTRICT}-operator"


@pytest.fixture(scope="module")
def story(district: Home) -> Iterator[Story]:
    with Story(district, "oversight", 9000) as told:
        yield told


@pytest.fixture
def directive(story: Story) -> str:
    """A directive that waits for development-reform; its id."""
    body = {
        "title": "加快示例铝业用地手续（模拟）",
        "text": "7月底前完成用地预审并书面反馈。（模拟数据）",
        "basis": "第3次听取汇报会议纪要（模拟）",
        "issue": {"owner": UNIT, "due_on": "2026-07-31"},
    }
    made = str(story.api.post(SUPERVISION, "/reporting/directives", body)["id"])
    story.api.settle()
    return made


@pytest.fixture(scope="module")
def finding(story: Story) -> tuple[str, str]:
    """Two projects that show the same voucher: the finding's id, and the liaison of the unit that claimed."""
    liaison = story.appoint("liaison", ZONE)
    story.api.settle()
    for name in ("青川铝业", "赤水铝业"):
        story.claim(story.signed(name, landed=True), liaison, 9_000_000, "银收A009")
    story.api.settle()
    found = story.api.get(SUPERVISION, "/audit/findings?status=raised")
    story.api.settle()
    return next(one["id"] for one in found if one["kind"] == "voucher_used_twice"), liaison


def test_the_supervision_office_takes_a_matter_on_and_gives_it_out(visitor: NewPerson) -> None:
    with visitor() as one:
        page = one.log_in(SUPERVISION)
        assert one.at == "/directives"
        matter = form(page, "立项交办")
        fill(matter, {"title": "督促园区厂房腾退（模拟）", "text": "8月15日前腾退并反馈。（模拟数据）"})
        assert refused(matter, at="basis") == "请填写此项"
        fill(matter, {"basis": "会议纪要（模拟）", "issue.owner": UNIT, "issue.due_on": "2026-07-01"})
        assert "办理期限须晚于今天" in refused(matter, at="issue.due_on")
        fill(matter, {"issue.due_on": "2026-08-15"})
        give(matter)
        row = page.locator("tr", has_text="督促园区厂房腾退")
        expect(row).to_contain_text("待签收")
        expect(row).to_contain_text("发展和改革")
        one.shot("directives")


def test_the_owner_acknowledges_a_directive_and_says_that_it_is_done(visitor: NewPerson, directive: str) -> None:
    with visitor() as one:
        page = one.log_in(holder("head"))
        page.locator(f'a[href="/directives/{directive}"]').first.click()
        give(form(page, "签收"))
        expect(page.locator(".stepper .now")).to_contain_text("反馈办结")
        feedback = form(page, "提交反馈")
        assert refused(feedback, at="text") == "请填写此项"
        fill(feedback, {"text": "用地预审已批复。（模拟数据）", "done": True})
        give(feedback)
        expect(page.locator(".stepper .now")).to_contain_text("核验")
        expect(page.locator(".timeline")).to_contain_text("用地预审已批复")
        expect(form(page, "销号")).to_have_count(0)


def test_the_supervision_office_verifies_and_closes_what_the_owner_has_done(
    visitor: NewPerson, story: Story, directive: str
) -> None:
    done = {"text": "已办结，请核验。（模拟数据）", "done": True}
    story.api.post(holder("head"), f"/reporting/directives/{directive}/feedback", done)
    story.api.settle()
    with visitor() as one:
        page = one.log_in(SUPERVISION)
        page.locator(f'a[href="/directives/{directive}"]').click()
        verified = form(page, "提交核验")
        fill(verified, {"passed": "true", "note": "已核对批复文件。（模拟数据）"})
        give(verified)
        give(form(page, "销号"))
        expect(page.locator(".stepper .done")).to_have_count(6)
        expect(page.locator(".facts")).to_contain_text("办结")
        page.get_by_role("link", name="督办事项").first.click()
        expect(page.locator("tr").filter(has=page.locator(f'a[href="/directives/{directive}"]'))).to_contain_text(
            "已销号"
        )


def test_the_auditor_reads_a_finding_to_its_events_and_the_seals_and_is_offered_no_form(
    visitor: NewPerson, story: Story, finding: tuple[str, str]
) -> None:
    story.api.post(OPERATOR, "/audit/seals", {})
    story.api.settle()
    with visitor() as one:
        page = one.log_in(AUDITOR)
        assert one.at == "/audit"
        expect(page.locator(".callout.good")).to_contain_text(re.compile("最近封存：第[0-9]+号.*根 [0-9a-f]{16}"))
        expect(page.locator("form.command")).to_have_count(0)
        one.shot("audit")
        page.locator(f'a[href="/audit/findings/{finding[0]}"]').click()
        evidence = page.locator(".card", has_text="证据（事件原样）").locator(".timeline > li")
        expect(evidence).to_have_count(2)
        expect(evidence.first.locator("code")).to_contain_text(re.compile(r"projects/.*-P-.*@[0-9]+ · [0-9a-f]{12}"))
        expect(page.locator("form.command")).to_have_count(0)
        one.shot("finding")
        page.locator(".facts a").first.click()
        expect(page).to_have_url(re.compile("/projects/"))
        expect(page.locator(".stepper")).to_be_visible()
        expect(page.locator("form.command")).to_have_count(0)


def test_a_unit_answers_a_finding_and_the_supervision_office_concludes_it(
    visitor: NewPerson, finding: tuple[str, str]
) -> None:
    found, liaison = finding
    with visitor() as one:
        page = one.log_in(liaison)
        assert one.at == "/reviews"
        page.locator(f'a[href="/audit/findings/{found}"]').click()
        answer = form(page, "提交说明")
        assert refused(answer, at="text") == "请填写此项"
        fill(answer, {"text": "经办人误传同一凭证，已更正。（模拟数据）"})
        give(answer)
        expect(page.locator("header.page-head")).to_contain_text("待结论")
        expect(page.locator(".prose").first).to_have_text("经办人误传同一凭证，已更正。（模拟数据）")
    with visitor() as one:
        page = one.log_in(SUPERVISION, at=f"/audit/findings/{found}")
        conclusion = form(page, "作出结论")
        fill(conclusion, {"outcome": "confirmed"})
        assert refused(conclusion, at="reason") == "请填写此项"
        fill(conclusion, {"reason": "重复申报属实，责成冲回。（模拟数据）"})
        give(conclusion)
        expect(page.locator(".callout.bad")).to_contain_text("结论：属实")
        expect(form(page, "作出结论")).to_have_count(0)


def test_the_operator_sees_every_service_at_work_and_seals_the_log(visitor: NewPerson, story: Story) -> None:
    story.later()
    with visitor() as one:
        page = one.log_in(OPERATOR)
        assert one.at == "/services"
        expect(page.locator("#services tbody .badge.good")).to_have_count(len(services()))
        expect(page.locator("#services .badge.bad")).to_have_count(0)
        one.shot("services")
        page.get_by_role("link", name="审计与封存").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("审计与封存")
        demanded = page.locator("tr", has_text="临时")
        before = demanded.count()
        give(form(page, "立即封存"))
        expect(demanded).to_have_count(before + 1)
