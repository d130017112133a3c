"""An enterprise's page in the console, found by every name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.projects.domain.enterprise.events import (
    DuplicateSuspected,
    EnterprisesMerged,
    MergeUndone,
)
from services.projects.domain.enterprise.values import Ground
from services.projects.domain.lead.events import InvestorIdentified
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages.reading import (
    ENTERPRISE,
    LEAD,
    OTHER,
    Both,
    console,
    enterprise,
    month_of_work,
    principal,
)
from tests.unit.given import at
from tests.unit.reporting.given import BUREAU, LIAISON


async def test_an_enterprise_is_found_by_every_name_and_shows_each_reader_what_is_his(
    bus: Both, theirs: Reads, reads: Reads
) -> None:
    await month_of_work(bus, theirs)
    when = at("2026-08-12 09:00")
    on = date(2026, 8, 12)
    bus.tell("projects", OTHER, when, enterprise(OTHER, "示例鋁業（模拟）", lists=()))
    bus.tell("projects", LEAD, when, InvestorIdentified(ENTERPRISE, None, on, LIAISON))
    bus.tell("projects", OTHER, when, DuplicateSuspected(ENTERPRISE, Decimal("0.97"), Ground.LIKE_NAME, on))
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        for q in ("示例铝", "demo aluminium", "0001", ENTERPRISE):
            assert f"/enterprises/{ENTERPRISE}" in (await client.get("/enterprises", params={"q": q})).text, q
        assert f"/enterprises/{OTHER}" not in (await client.get("/enterprises", params={"list": "示例百强"})).text
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert f"/leads/{LEAD}" in page
        assert f'data-command="/api/projects/enterprises/{ENTERPRISE}/merge"' in page
        assert "疑似与示例铝业（模拟）有限公司为同一企业" in (await client.get(f"/enterprises/{OTHER}")).text
        assert f"/enterprises/{ENTERPRISE}" in (await client.get(f"/leads/{LEAD}")).text
    async with console(reads, principal("liaison@410804-G-2"), "en") as client:
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert f"/leads/{LEAD}" not in page
        assert "/merge" not in page
        assert ENTERPRISE not in (await client.get(f"/leads/{LEAD}")).text
    merged = EnterprisesMerged(ENTERPRISE, OTHER, "同一企业", on, BUREAU)
    for stream in (ENTERPRISE, OTHER):
        bus.tell("projects", stream, when, merged)
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        page = (await client.get(f"/enterprises/{OTHER}")).text
        assert f'已并入 <a href="/enterprises/{ENTERPRISE}">' in page
        survivor = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert "示例鋁業（模拟）" in survivor
        assert "/merge/undo" in survivor
        assert f"/enterprises/{OTHER}" not in (await client.get("/enterprises")).text
    undone = MergeUndone(ENTERPRISE, OTHER, "实为两家", on, BUREAU)
    for stream in (ENTERPRISE, OTHER):
        bus.tell("projects", stream, when, undone)
    async with console(reads, principal("commerce_bureau@410804"), "zh") as client:
        page = (await client.get(f"/enterprises/{ENTERPRISE}")).text
        assert "/merge" not in page
