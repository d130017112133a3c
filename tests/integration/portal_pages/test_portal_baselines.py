"""The console shows projects of old ledgers (历史台账), what they lack, and the decision to the Commerce Bureau."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from services.portal.pages.baselines import missing_rows
from services.portal.queries import projects
from services.portal.tables.projects import figure_entry
from services.projects.domain.project.events import (
    BaselineApproved,
    BaselineRejected,
    EvidenceFiled,
    ProjectBaselined,
    StageCorrected,
)
from services.projects.domain.values import Stage
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP
from tests.unit.given import at
from tests.unit.projects.ledgers import baselined

OLD, DAY, NOON = "410804-P-0000-123456007", date(2026, 8, 12), at("2026-08-12 10:00")
IMPORTER = "410804-N-officer"


def taken_over() -> ProjectBaselined:
    return replace(baselined(Stage.LANDED), group=GROUP, baselined_by=IMPORTER)


async def page_of(
    reads: Reads, *grants: str, subject: str = "410804-N-somebody", language: str = "zh", path: str = f"/projects/{OLD}"
) -> str:
    async with pages.console(reads, pages.principal(*grants, subject=subject), language) as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_project_of_old_shows_its_source_and_what_it_lacks(bus: pages.Both, reads: Reads) -> None:
    """历史台账 come in with their real dates and what is missing: 待补."""
    bus.tell("projects", OLD, NOON, taken_over())
    page = await page_of(reads, "auditor@410804")
    for words in ("历史台账", "待审定", "第7行", "待补材料", "项目公司营业执照", "2024"):
        assert words in page, words
    assert "/leads/None" not in page
    assert "Old ledger" in await page_of(reads, "auditor@410804", language="en")
    filed = EvidenceFiled("business_licence", "营业执照（模拟）", "a" * 64, DAY, DAY, IMPORTER)
    bus.tell("projects", OLD, NOON, filed, BaselineApproved(DAY, "410804-N-head"))
    bus.tell("projects", OLD, NOON, StageCorrected(Stage.LANDED, Stage.SIGNED, "误记", DAY, IMPORTER))
    parts = await projects.parts_of(reads, OLD)
    assert {one["stage"] for one in missing_rows(parts)} == {"negotiating", "signed"}
    assert "已审定" in await page_of(reads, "auditor@410804")


async def test_the_commerce_bureau_decides_and_never_who_took_it_over(bus: pages.Both, reads: Reads) -> None:
    """Before approval a page offers evidence and the decision, nothing else."""
    bus.tell("projects", OLD, NOON, taken_over())
    api = f'data-command="/api/projects/projects/{OLD}'
    decides = await page_of(reads, "commerce_bureau@410804")
    assert f'{api}/baseline/approve"' in decides
    assert f'{api}/baseline/reject"' in decides
    assert f'{api}/evidence"' in decides
    assert f'{api}/status"' not in decides
    assert f'{api}/start-construction"' not in decides
    assert f'{api}/baseline/approve"' not in await page_of(reads, "commerce_bureau@410804", subject=IMPORTER)
    assert "审定历史台账" in await page_of(reads, "commerce_bureau@410804", path="/work")
    assert "审定历史台账" not in await page_of(reads, "commerce_bureau@410804", subject=IMPORTER, path="/work")
    assert "历史台账 待审定" in await page_of(reads, "auditor@410804", path="/projects")
    works = await page_of(reads, f"liaison@{GROUP}")
    assert f'{api}/evidence"' in works
    assert f'{api}/baseline/approve"' not in works
    bus.tell("projects", OLD, NOON, BaselineRejected("合同已解除（模拟）", DAY, "410804-N-head"))
    over = await page_of(reads, "commerce_bureau@410804")
    assert "未通过" in over
    assert api not in over


async def test_nothing_of_old_counts_in_a_month_and_only_what_is_approved_in_the_pipeline(
    bus: pages.Both, reads: Reads
) -> None:
    bus.tell("projects", OLD, NOON, taken_over())
    assert await projects.pipeline(reads) == []
    bus.tell("projects", OLD, NOON, BaselineApproved(DAY, "410804-N-head"))
    [line] = await projects.pipeline(reads)
    assert (line["group_id"], line["stage"], line["projects"]) == (GROUP, "landed", 1)
    assert await reads.rows(select(figure_entry)) == []
