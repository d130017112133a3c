"""Annual action plans in the console: what is shown of a version, who is offered which action before and after it is
approved, and what can be broken down to units (三（二）)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from services.registry.domain.group.events import (
    AnnualPlanAdopted,
    MonthlyTargetsSet,
    PlanAdopted,
    PlanApproved,
    PlanDrafted,
    PlannedPart,
    PlannedTarget,
    PlanReturned,
    PlanSubmitted,
    TargetSet,
)
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP, LEAD_UNITS
from tests.unit.given import at

SECOND = "410804-G-2"
LIAISON, LEADER = "410804-N-bing", "410804-N-jia"
NOON, ON = at("2026-08-10 12:00"), date(2026, 8, 10)
API = f'data-command="/api/registry/groups/{GROUP}'
MONTHS = tuple(map(Decimal, [10_000_000] * 11 + [90_000_000]))
WHOLE = Decimal(200_000_000)
PARTS = (PlannedPart(LEAD_UNITS[0], Decimal(150_000_000)), PlannedPart(LEAD_UNITS[1], Decimal(50_000_000)))
AMOUNT = PlannedTarget("signed_amount", "yuan", WHOLE, MONTHS, PARTS)
COUNT = PlannedTarget("signed_count", "projects", Decimal(12), (Decimal(1),) * 12, ())


def drafted(version: int = 1, supersedes: int | None = None) -> PlanDrafted:
    return PlanDrafted(2026, version, "招商一组方案（模拟）", "a" * 64, (AMOUNT, COUNT), LIAISON, ON, supersedes)


@pytest.fixture
def plans(bus: pages.Both) -> pages.Both:
    bus.tell("registry", GROUP, NOON, drafted(), PlanSubmitted(2026, 1, LIAISON, ON))
    return bus


async def page_of(
    reads: Reads,
    grant: str,
    path: str = f"/plans/{GROUP}/2026",
    subject: str = "410804-N-somebody",
    language: str = "zh",
    status: int = 200,
) -> str:
    async with pages.console(reads, pages.principal(grant, subject=subject), language) as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


async def test_a_version_is_shown_with_its_months_its_units_and_whether_they_make_the_whole(
    plans: pages.Both, reads: Reads
) -> None:
    """三（二）: targets by month and by unit, whose parts sum to the year's."""
    page = await page_of(reads, "auditor@410804")
    for words in ("第1版", "待审批", "合同金额", "9,000", "2亿元", "1.5亿元", "合计与全年目标一致", "未分解到单位"):
        assert words in page, words
    assert 'id="chart-signed_amount"' in page
    assert "js/charts.js" in page
    assert "提交2026年行动方案第1版报批" in page
    assert "data-command" not in page
    english = await page_of(reads, "auditor@410804", language="en")
    for words in ("version 1", "to be approved", "sums to the year", "Targets by month"):
        assert words in english, words


async def test_only_somebody_else_with_the_office_is_offered_to_decide(plans: pages.Both, reads: Reads) -> None:
    """三（二）: nobody approves the plan that he drafted or submitted."""
    for action in ("approve", "return"):
        offered = f'{API}/plans/2026/1/{action}"'
        assert offered in await page_of(reads, f"group_leader@{GROUP}")
        assert offered in await page_of(reads, "district_leader@410804")
        for grant in (f"group_leader@{SECOND}", f"liaison@{GROUP}", "commerce_bureau@410804", "auditor@410804"):
            assert offered not in await page_of(reads, grant), grant
        own = await page_of(reads, f"group_leader@{GROUP}", subject=LIAISON)
        assert offered not in own
        assert "须由其他有权人员审批" in own
    assert f'{API}/plans"' not in await page_of(reads, f"liaison@{GROUP}")


APPROVE, ADOPT, REDRAFT = "审批行动方案", "施行行动方案", "修改行动方案"
TO_DO = f'href="/plans/{GROUP}/2026?version=1"'


async def waiting_for(reads: Reads, grant: str, subject: str = "410804-N-somebody") -> str | None:
    """Which step of the plan stands in somebody's to-do, with its link."""
    page = await page_of(reads, grant, "/work", subject)
    steps = [step for step in (APPROVE, ADOPT, REDRAFT) if step in page]
    assert bool(steps) is (TO_DO in page)
    return steps[0] if steps else None


async def test_a_plan_that_was_submitted_is_in_the_to_do_of_who_may_approve_it(plans: pages.Both, reads: Reads) -> None:
    """三（二）: of who neither drafted nor submitted it; once it is decided, of whoever takes the next step."""
    leader, district, bureau = f"group_leader@{GROUP}", "district_leader@410804", "commerce_bureau@410804"
    for grant, step in ((leader, APPROVE), (district, APPROVE), (bureau, None), (f"liaison@{GROUP}", None)):
        assert await waiting_for(reads, grant) == step, grant
    assert await waiting_for(reads, f"group_leader@{SECOND}") is None
    assert await waiting_for(reads, leader, LIAISON) is None, "nobody approves the plan that he submitted"
    assert "Decide on the action plan" in await page_of(reads, leader, "/work", language="en")

    plans.tell("registry", GROUP, NOON, PlanApproved(2026, 1, LEADER, ON))
    for grant in (leader, district, bureau):
        assert await waiting_for(reads, grant) == ADOPT, grant
    newer = AnnualPlanAdopted(2026, 2, "另一方案（模拟）", "b" * 64, LEADER, ON)
    plans.tell("registry", GROUP, NOON, newer)
    assert await waiting_for(reads, leader) is None, "a later version is in force"


async def test_a_plan_that_was_returned_is_in_the_to_do_of_the_groups_liaison(plans: pages.Both, reads: Reads) -> None:
    plans.tell("registry", GROUP, NOON, PlanReturned(2026, 1, LEADER, ON, "目标偏低（模拟）"))
    assert await waiting_for(reads, f"liaison@{GROUP}") == REDRAFT
    assert await waiting_for(reads, f"lead_unit_head@{GROUP}", LIAISON) == REDRAFT, "who had drafted it"
    for grant in (f"lead_unit_head@{GROUP}", f"group_leader@{GROUP}", f"liaison@{SECOND}", "commerce_bureau@410804"):
        assert await waiting_for(reads, grant) is None, grant
    plans.tell("registry", GROUP, NOON, drafted(2))
    assert await waiting_for(reads, f"liaison@{GROUP}") is None


async def test_an_approved_version_is_put_in_force_and_its_targets_are_broken_down_by_a_new_version_alone(
    plans: pages.Both, reads: Reads
) -> None:
    """三（二）"""
    plans.tell("registry", GROUP, NOON, PlanApproved(2026, 1, LEADER, ON))
    adopt = f'{API}/plans/2026/1/adopt"'
    for grant in (f"group_leader@{GROUP}", "district_leader@410804", "commerce_bureau@410804"):
        page = await page_of(reads, grant)
        assert adopt in page, grant
        assert "/approve" not in page
    assert adopt not in await page_of(reads, f"liaison@{GROUP}")
    plans.tell(
        "registry",
        GROUP,
        NOON,
        PlanAdopted(2026, 1, LEADER, ON),
        AnnualPlanAdopted(2026, 1, "招商一组方案（模拟）", "a" * 64, LEADER, ON),
        TargetSet(2026, "signed_amount", WHOLE, "yuan", None),
        *(TargetSet(2026, "signed_amount", part.value, "yuan", part.unit) for part in PARTS),
        MonthlyTargetsSet(2026, "signed_amount", "yuan", MONTHS),
        TargetSet(2026, "signed_count", Decimal(12), "projects", None),
    )
    leader = await page_of(reads, f"group_leader@{GROUP}")
    assert "已施行" in leader
    assert adopt not in leader
    assert f'{API}/targets"' not in leader
    assert f'{API}/plans"' in leader  # the next version
    plans.tell("registry", GROUP, NOON, TargetSet(2026, "landed_count", Decimal(6), "projects", None))
    for grant, may in ((f"group_leader@{GROUP}", True), ("commerce_bureau@410804", True), (f"liaison@{GROUP}", False)):
        page = await page_of(reads, grant)
        assert (f'{API}/targets"' in page) is may, grant
    assert page_value(await page_of(reads, "commerce_bureau@410804"), "indicator") == ["landed_count"]


async def test_a_returned_version_is_drafted_anew_from_what_it_had(plans: pages.Both, reads: Reads) -> None:
    """三（二）: the reason stands on top; the form begins with the version's targets, months and parts."""
    plans.tell("registry", GROUP, NOON, PlanReturned(2026, 1, LEADER, ON, "到位资金未列（模拟）"))
    page = await page_of(reads, f"liaison@{GROUP}")
    assert "退回理由：到位资金未列（模拟）" in page
    assert f'{API}/plans"' in page
    assert page_value(page, "targets.0.value") == ["200000000"]
    assert page_value(page, "targets.0.months.11") == ["90000000"]
    assert page_value(page, "targets.0.parts.0.unit") == [LEAD_UNITS[0]]
    assert page_value(page, "targets.0.parts.0.value") == ["150000000"]
    assert page_value(page, "targets.1.value") == [""]
    plans.tell("registry", GROUP, NOON, drafted(2), drafted(3, 2))
    newest = await page_of(reads, f"lead_unit_head@{GROUP}")
    assert f'{API}/plans/2026/3/submit"' in newest
    assert "已被新稿取代" in newest
    earlier = await page_of(reads, f"lead_unit_head@{GROUP}", f"/plans/{GROUP}/2026?version=1")
    assert "这是较早的版本" in earlier
    assert "data-command" not in earlier
    await page_of(reads, "auditor@410804", f"/plans/{GROUP}/2026?version=9", status=404)


async def test_targets_that_came_without_a_version_are_shown_and_broken_down(bus: pages.Both, reads: Reads) -> None:
    """三（二）: a plan that was recorded as approved has its targets beside it."""
    bus.tell(
        "registry",
        GROUP,
        NOON,
        AnnualPlanAdopted(2026, 1, "招商一组方案（模拟）", "b" * 64, LEADER, ON),
        TargetSet(2026, "signed_amount", WHOLE, "yuan", None),
        TargetSet(2026, "signed_amount", Decimal(150_000_000), "yuan", LEAD_UNITS[0]),
    )
    page = await page_of(reads, f"group_leader@{GROUP}")
    for words in ("已施行", "2026年目标：合同金额 2亿元。", "未按月分解", "还有5,000万元未分解", f'{API}/targets"'):
        assert words in page, words
    assert page_value(page, "measure") == ["yuan"]
    listed = await page_of(reads, "auditor@410804", "/plans?year=2026")
    assert "1项合计不等于目标" in listed


async def test_the_list_tells_where_every_groups_plan_stands(plans: pages.Both, reads: Reads) -> None:
    plans.tell("registry", GROUP, NOON, MonthlyTargetsSet(2026, "signed_amount", "yuan", MONTHS))
    page = await page_of(reads, f"liaison@{GROUP}", "/plans")
    assert page.index("待审批") < page.index("未拟定")
    assert f'href="/plans/{GROUP}/2026"' in page
    assert 'id="chart-signed_amount"' in page
    assert "还没有2027年度行动方案" in await page_of(reads, "auditor@410804", f"/plans/{SECOND}/2027")
    assert "待审批" not in await page_of(reads, "auditor@410804", "/plans?year=2027")
    await page_of(reads, "operator@410804", "/plans", status=403)
    await page_of(reads, "auditor@410804", "/plans/410804-G-9/2026", status=404)


async def test_a_groups_page_leads_to_its_plan_and_tells_where_it_stands(plans: pages.Both, reads: Reads) -> None:
    page = await page_of(reads, f"group_leader@{GROUP}", f"/groups/{GROUP}")
    assert f'href="/plans/{GROUP}/2026"' in page
    assert "待审批" in page


def page_value(page: str, name: str) -> list[str]:
    """The values of a page's inputs of a name."""
    tags = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]
    return [found[1] if (found := re.search(r' value="([^"]*)"', tag)) else "" for tag in tags]
