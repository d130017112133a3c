"""The console shows contracts after their signature, extensions, statistics and transfers, and offers what is one's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from services.portal.tables.projects import lead as leads
from services.projects.domain.lead.transfer_events import (
    LeadTransferAsked,
    LeadTransferEnded,
    LeadTransferred,
    TransferOutcome,
)
from services.projects.domain.project.events import (
    ContractAmended,
    ExtensionAdded,
    ExtensionDeclared,
    StatisticsCorrected,
    StatisticsRecorded,
)
from services.projects.domain.values import Conversion, CreditPart
from services.registry.domain.district.events import SettingChanged, SettingType
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP, MILLION, PROJECT, opened, signed
from tests.unit.given import at
from tests.unit.reporting.given import BUREAU, LIAISON

MORE, STATISTICS = "410804-P-2026-0031", "410804-U-statistics"
DAY, NOON = date(2026, 8, 12), at("2026-08-12 10:00")


async def page_of(reads: Reads, grant: str, path: str, language: str = "zh") -> str:
    async with pages.console(reads, pages.principal(grant), language) as client:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_project_shows_amendments_extensions_and_statistics(
    bus: pages.Both, theirs: Reads, reads: Reads
) -> None:
    """«Projects»: amendments, extensions as increments (增资), the statistics figure beside funds in place."""
    await pages.month_of_work(bus, theirs)
    dollars = Conversion("USD", Decimal(1_000_000), Decimal("7.1"), DAY, 1, "中间价（模拟）")
    amended = ContractAmended(
        1, "补1号（模拟）", "补充协议", DAY, "3" * 64, "二期提前", DAY, LIAISON, 5 * MILLION, Decimal(7_100_000),
        conversion=dollars,
    )  # fmt: skip
    counted = StatisticsRecorded("2026-08", 3 * MILLION, 3 * MILLION, DAY, BUREAU)
    corrected = StatisticsCorrected("2026-08", 3 * MILLION, 2 * MILLION, 2 * MILLION, "设备不计", DAY, BUREAU)
    setting = SettingChanged(
        "bodies.statistics_bureau", STATISTICS, SettingType.UNIT, (), "三（五）", False, None, "模拟"
    )
    bus.tell("registry", "410804-D", NOON, setting)
    bus.tell("projects", PROJECT, NOON, amended, ExtensionAdded(MORE, DAY, LIAISON), counted, corrected)
    increment = replace(signed(4 * MILLION), extends=PROJECT)
    bus.tell("projects", MORE, NOON, opened(), ExtensionDeclared(PROJECT, DAY, LIAISON), increment)
    page = await page_of(reads, f"liaison@{GROUP}", f"/projects/{PROJECT}")
    assert "补1号（模拟）" in page
    assert "500万元 → 710万元" in page
    assert "1000000 美元，汇率 7.1" in page.replace("1000000.00", "1000000").replace("7.100000", "7.1")
    assert f'href="/projects/{MORE}"' in page
    assert "1,110" in page.replace(" ", ""), "base and increment together"
    assert "设备不计" in page
    api = f'data-command="/api/projects/projects/{PROJECT}'
    assert f'{api}/amendments"' in page
    assert f'{api}/statistics"' not in page
    theirs_page = await page_of(reads, f"unit_liaison@{STATISTICS}", f"/projects/{PROJECT}", "en")
    assert f'{api}/statistics"' in theirs_page
    assert f'{api}/statistics/correct"' in theirs_page
    assert f'{api}/amendments"' not in theirs_page
    other = await page_of(reads, "auditor@410804", f"/projects/{MORE}")
    assert "一个项目只算一次" in other
    assert f"增资，原项目 {PROJECT}" in await page_of(reads, "auditor@410804", "/projects")


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_lead_shows_its_transfers_and_offers_the_receiver_to_take_it_over(
    bus: pages.Both, theirs: Reads, reads: Reads, accepted: bool
) -> None:
    """Leads: transfer between units (流转), its history on the lead's page."""
    await pages.month_of_work(bus, theirs)
    lead, to = pages.SECOND.replace("-P-", "-L-"), ("410804-U-finance", "410804-G-2")
    bus.tell("projects", lead, NOON, pages.lead())
    row = (await reads.rows(select(leads).where(leads.c.stream == lead)))[0]
    way = (1, row["finder"], row["group_id"], *to)
    bus.tell("projects", lead, NOON, LeadTransferAsked(*way, Decimal("0.4"), "改投（模拟）", DAY, LIAISON))
    api = f'data-command="/api/projects/leads/{lead}/transfers'
    if not accepted:
        page = await page_of(reads, "unit_head@410804-U-finance", f"/leads/{lead}")
        assert f'{api}/1/accept"' in page
        assert f'{api}/1/withdraw"' not in page
        assert f'{api}/1/withdraw"' in await page_of(reads, f"liaison@{row['group_id']}", f"/leads/{lead}")
        for grant, waits in (
            ("unit_head@410804-U-finance", True),
            ("liaison@410804-G-2", True),
            (f"liaison@{row['group_id']}", False),
            ("commerce_bureau@410804", False),
        ):
            asked = await page_of(reads, grant, "/work")
            assert ("答复线索流转" in asked and f'href="/leads/{lead}"' in asked) is waits, grant
        bus.tell(
            "projects", lead, NOON, LeadTransferEnded(1, TransferOutcome.DECLINED, "力量不足（模拟）", DAY, BUREAU)
        )
        assert "答复线索流转" not in await page_of(reads, "unit_head@410804-U-finance", "/work")
        return
    parts = (CreditPart(row["finder"], row["group_id"], Decimal("0.6")), CreditPart(*to, Decimal("0.4")))
    bus.tell("projects", lead, NOON, LeadTransferred(*way, parts, DAY, BUREAU))
    page = await page_of(reads, "unit_head@410804-U-finance", f"/leads/{lead}", "en")
    assert "accepted" in page
    assert "60%" in page
    assert f'{api}"' in page, "it may be passed on"
