"""The roster in the console: what is vacant, who may fill it, units under all their names, groups with their parts."""

from __future__ import annotations

from datetime import date

import pytest

from services.registry.domain.district.events import ClaimKind, IndustryClaim, IndustryListed, OverlapDecided
from services.registry.domain.group.events import (
    DutiesSet,
    LeaderAppointed,
    LeaderReleased,
    LiaisonDesignated,
    LiaisonEndAnnounced,
)
from services.registry.domain.person.events import PersonRegistered, PersonWithdrawn
from services.registry.domain.unit.events import (
    UnitAlias,
    UnitHeadAppointed,
    UnitKind,
    UnitMerged,
    UnitParentSet,
    UnitRegistered,
    UnitRenamed,
)
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP, LEAD_UNITS
from tests.unit.given import at

FINANCE, OLD, JIA, YI = "410804-U-finance", "410804-U-old-office", "410804-N-jia", "410804-N-yi"
NOON, SINCE = at("2026-08-10 12:00"), date(2026, 8, 1)


@pytest.fixture
def roster(bus: pages.Both) -> pages.Both:
    """Group one with a leader and a liaison who is to leave; the finance bureau, which took another name, with a unit
    that was merged into it."""
    for person, zh in ((JIA, "甲模拟"), (YI, "乙模拟")):
        bus.tell("registry", person, NOON, PersonRegistered(zh, f"{zh} (simulated)", "模拟"))
    alias = UnitAlias("区财政局", "notice")
    bus.tell(
        "registry",
        FINANCE,
        NOON,
        UnitRegistered("马村区财政局（模拟）", "Finance Bureau", UnitKind.DEPARTMENT, (alias,), True, "notice"),
        UnitRenamed("马村区财政和国资局（模拟）", "Finance and Assets", "马村区财政局（模拟）", SINCE, "模拟"),
    )
    bus.tell(
        "registry",
        OLD,
        NOON,
        UnitRegistered("示例旧办（模拟）", "Old Office", UnitKind.OFFICE, (), False, "convention"),
        UnitParentSet(FINANCE, SINCE, "模拟"),
        UnitMerged(FINANCE, "马村区财政和国资局（模拟）", SINCE, "模拟"),
    )
    bus.tell("registry", LEAD_UNITS[0], NOON, UnitHeadAppointed(YI, "乙模拟", SINCE, False, "模拟"))
    bus.tell(
        "registry",
        GROUP,
        NOON,
        DutiesSet("谋划铝精深加工项目", ("谋划铝精深加工项目",), "一"),
        LeaderAppointed(JIA, "甲模拟", SINCE, False, "模拟"),
        LiaisonDesignated(YI, "乙模拟", SINCE, "模拟"),
        LiaisonEndAnnounced(YI, "乙模拟", date(2026, 8, 20), "调动"),
    )
    claims = tuple(IndustryClaim(f"410804-G-{n}", ClaimKind.DUTIES, ("铝加工",)) for n in (1, 2))
    bus.tell("registry", "410804-D", NOON, IndustryListed("aluminium", "铝精深加工", "Aluminium", False, claims))
    return bus


async def page_of(reads: Reads, grant: str, path: str, language: str = "zh", status: int = 200) -> str:
    async with pages.console(reads, pages.principal(grant), language) as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


async def test_the_roster_tells_who_leads_since_when_and_what_is_vacant(roster: pages.Both, reads: Reads) -> None:
    """一, 三（三）: each group's people and units; a missing liaison or head stands on top."""
    page = await page_of(reads, f"liaison@{GROUP}", "/roster")
    for words in ("甲模拟", "自2026-08-01", "预计2026-08-20离任", "将于2026-08-20离任，还有8天", "交叉，待裁定"):
        assert words in page, words
    assert page.index("空缺与即将空缺") < page.index("谋划铝精深加工项目")
    assert "未登记人选" in page
    assert "Vacant or soon vacant" in await page_of(reads, "auditor@410804", "/roster", "en")
    decided = OverlapDecided("aluminium", GROUP, "以加工为主", SINCE)
    roster.tell("registry", "410804-D", NOON, decided)
    assert "交叉，待裁定" not in await page_of(reads, "auditor@410804", "/roster")


async def test_why_somebody_left_is_told_in_the_readers_language(roster: pages.Both, reads: Reads) -> None:
    left = (LeaderReleased(JIA, "甲模拟", SINCE, reason) for reason in ("succeeded", "handed-over", "调动"))
    roster.tell("registry", GROUP, NOON, *left)
    page = await page_of(reads, "auditor@410804", f"/roster/groups/{GROUP}")
    for words in ("：有人接任。", "：已交接。", "：调动。"):
        assert words in page, words
    assert "somebody succeeded" in await page_of(reads, "auditor@410804", f"/roster/groups/{GROUP}", "en")


async def test_only_who_may_give_a_post_is_offered_its_form(roster: pages.Both, reads: Reads) -> None:
    """The district office fills every post, a leader names the liaison of his own group, an auditor changes nothing."""
    leader_of_two = "/roster?fill=410804-G-2/group_leader"
    form = 'data-command="/api/registry/groups/410804-G-2/leader"'
    office = await page_of(reads, "district_office@410804", leader_of_two)
    assert form in office
    assert 'data-command="/api/registry/people"' in office
    assert form not in await page_of(reads, "commerce_bureau@410804", leader_of_two)
    handover = f'data-command="/api/registry/groups/{GROUP}/liaison/handover"'
    path = f"/roster?fill={GROUP}/liaison"
    assert handover in await page_of(reads, "commerce_bureau@410804", path)
    assert handover in await page_of(reads, f"group_leader@{GROUP}", path)
    assert handover not in await page_of(reads, "group_leader@410804-G-2", path)
    own = await page_of(reads, f"liaison@{GROUP}", f"/roster/groups/{GROUP}")
    assert f'data-command="/api/registry/groups/{GROUP}/liaison/end"' in own
    assert handover not in own
    assert "data-command" not in await page_of(reads, "auditor@410804", f"/roster/groups/{GROUP}")
    await page_of(reads, "operator@410804", "/roster", status=403)


async def test_somebody_who_was_withdrawn_is_given_no_post(roster: pages.Both, reads: Reads) -> None:
    path = "/roster?fill=410804-G-2/liaison"
    assert f'value="{JIA}"' in await page_of(reads, "district_office@410804", path)
    roster.tell("registry", JIA, NOON, PersonWithdrawn("甲模拟", "误导入"))
    assert f'value="{JIA}"' not in await page_of(reads, "district_office@410804", path)


async def test_units_stand_in_their_tree_under_their_former_names(roster: pages.Both, reads: Reads) -> None:
    page = await page_of(reads, "auditor@410804", "/roster/units")
    assert "曾用名：马村区财政局（模拟）" in page
    assert page.index("马村区财政和国资局") < page.index("示例旧办")
    assert "depth-1" in page
    for q in ("区财政局", "财政和国资"):
        assert FINANCE in await page_of(reads, "auditor@410804", f"/roster/units?q={q}")
    assert FINANCE not in await page_of(reads, "auditor@410804", "/roster/units?q=教育")
    unit = await page_of(reads, "district_office@410804", f"/roster/units/{FINANCE}")
    assert "招商1组" in unit
    assert "并入的单位" in unit
    for command in ("rename", "parent", "merge", "aliases", "head"):
        assert f'data-command="/api/registry/units/{FINANCE}/{command}"' in unit
    bureau = await page_of(reads, "commerce_bureau@410804", f"/roster/units/{FINANCE}")
    assert "/merge" not in bureau
    assert f"/units/{FINANCE}/aliases" in bureau
    await page_of(reads, "auditor@410804", "/roster/units/410804-U-nobody", status=404)
