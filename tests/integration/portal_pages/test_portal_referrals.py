"""Referrals in the console (二（三）: 以企引企, «one brings a batch»): order, chains, what is hidden, forms."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.projects.domain.enterprise.events import EnterpriseRegistered
from services.projects.domain.lead.events import LeadConverted, LeadRegistered
from services.projects.domain.project.events import ContractAmended, ProjectOpened
from services.projects.domain.referral.events import ReferralRecorded, ReferralWithdrawn
from services.projects.domain.values import Party
from sevenx.demo.ventures import credit_code
from sevenx.district.parties import key_of
from sevenx.kernel.reads import Reads
from tests.integration.portal_pages import reading as pages
from tests.integration.reporting_model import GROUP, MILLION, lead, opened, signed
from tests.unit.given import at
from tests.unit.reporting.given import BUREAU, LIAISON

NOON, ON = at("2026-08-10 12:00"), date(2026, 8, 10)
REFERRALS = "410804-W-1"
A, B, C, D, X, Y = (
    Party(f"{name}（模拟）有限公司", credit_code(7000 + n))
    for n, name in enumerate(("甲铝业", "乙铝箔", "丙模具", "丁轮毂", "子集团", "丑装备"))
)
CHAMBER = Party("示例商会（模拟）")
LEAD_B, LEAD_C, LEAD_Y = (f"410804-L-2026-001{n}" for n in (1, 2, 3))
BUREAU_OF, OTHERS = "commerce_bureau@410804", "liaison@410804-G-2"


def brought(bus: pages.Both, number: int, referrer: Party, referred: Party, **more: Any) -> None:
    keys = key_of(referrer.name, referrer.code), key_of(referred.name, referred.code)
    said = ReferralRecorded(number, referrer, referred, keys[0], keys[1], BUREAU, ON, **more)
    bus.tell("projects", REFERRALS, NOON, said)


def reported(bus: pages.Both, stream: str, investor: Party, amount: Decimal | None = None) -> None:
    """A lead of group one; with an amount its project, signed, or under negotiation where that is zero."""
    said: LeadRegistered = replace(lead(), investor=investor)
    bus.tell("projects", stream, NOON, said)
    if amount is None:
        return
    project = stream.replace("-L-", "-P-")
    bus.tell("projects", stream, NOON, LeadConverted(project, ON, LIAISON))
    started: ProjectOpened = replace(opened(), lead=stream, investor=investor, name=f"{investor.name}项目")
    bus.tell("projects", project, NOON, started, *([signed(amount)] if amount else []))


@pytest.fixture
def chains(bus: pages.Both) -> pages.Both:
    """The chamber brought A, A brought B (signed) and C (unsigned), C brought D; X brought Y (signed, more money)."""
    brought(bus, 1, CHAMBER, A)
    brought(bus, 2, A, B, lead=LEAD_B, note="供应链配套")
    brought(bus, 3, A, C, lead=LEAD_C, note="由丙模具主动联系")
    brought(bus, 4, C, D)
    brought(bus, 5, X, Y)
    reported(bus, LEAD_B, B, 5 * MILLION)
    reported(bus, LEAD_C, C)
    reported(bus, LEAD_Y, Y, 90 * MILLION)
    return bus


async def page_of(reads: Reads, grant: str, path: str, language: str = "zh", status: int = 200) -> str:
    async with pages.console(reads, pages.principal(grant), language) as client:
        answer = await client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def order(page: str) -> list[str]:
    """The referrals by which the rows of the list are known."""
    return re.findall(r'href="/referrals/([0-9]+)"', page)


def chart_of(page: str) -> dict[str, Any]:
    found = re.search(r'data-option="([^"]+)"', page)
    assert found is not None
    option: dict[str, Any] = json.loads(html.unescape(found[1]))
    return option


def points(option: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    return {one["name"]: tuple(one["value"]) for some in option["series"][1:] for one in some["data"]}


async def test_who_brought_most_stands_first_by_each_measure(chains: pages.Both, reads: Reads) -> None:
    """The chamber brought four through A, A three, C and X one each; X's one signed for most."""
    page = await page_of(reads, BUREAU_OF, "/referrals")
    assert order(page) == ["1", "2", "5", "4"]
    assert page.count("一带一批</span>") == 1, "A alone brought several itself"
    assert "3代" in page
    assert "500 万元" in page
    assert "9,000 万元" in page
    assert order(await page_of(reads, BUREAU_OF, "/referrals?sort=amount"))[0] == "5"
    assert order(await page_of(reads, BUREAU_OF, "/referrals?sort=depth"))[:2] == ["1", "2"]
    assert order(await page_of(reads, BUREAU_OF, "/referrals?sort=leads"))[:2] == ["1", "2"]
    assert order(await page_of(reads, BUREAU_OF, "/referrals?sort=projects"))[-1] == "4"
    assert order(await page_of(reads, BUREAU_OF, "/referrals?before=2")) == ["5", "4"]
    assert "brought several" in await page_of(reads, "auditor@410804", "/referrals", "en")
    await page_of(reads, "operator@410804", "/referrals", status=403)
    await page_of(reads, BUREAU_OF, "/referrals?sort=secret", status=422)


async def test_a_chain_is_drawn_by_generation_and_told_by_a_table(chains: pages.Both, reads: Reads) -> None:
    """Who brought A stands left of it, whom it brought to its right; every referral is a line between two points."""
    page = await page_of(reads, BUREAU_OF, "/referrals/2")
    option = chart_of(page)
    assert {one["type"] for one in option["series"]} == {"scatter", "line"}
    at_name = points(option)
    columns = {name: column for name, (column, _) in at_name.items()}
    assert columns == {CHAMBER.name: 0, A.name: 1, B.name: 2, C.name: 2, D.name: 3}
    assert len(set(at_name.values())) == len(at_name), "no two stand on one spot"
    ends = [tuple(one) for one in option["series"][0]["data"]]
    assert ends.count((None, None)) == 4, "four referrals"
    assert all(spot in ends for spot in at_name.values())
    table = page[page.index("<tbody>") :]
    assert [table.index(one.name) for one in (CHAMBER, A, B, C, D)] == sorted(
        table.index(one.name) for one in (CHAMBER, A, B, C, D)
    )
    assert "供应链配套" in page
    assert f'href="/leads/{LEAD_B}"' in page
    assert "第2代" in page
    await page_of(reads, BUREAU_OF, "/referrals/99", status=404)


async def test_what_is_unsigned_is_hidden_from_those_who_do_not_work_on_it(chains: pages.Both, reads: Reads) -> None:
    """三（二）: C has only a lead; group two learns neither its name nor its code nor the note that tells of it."""
    for path in ("/referrals", "/referrals/2", "/referrals/4"):
        page = await page_of(reads, OTHERS, path)
        assert "未签约，已隐去" in page, path
        for secret in (C.name, C.code or "", "由丙模具主动联系", LEAD_C):
            assert secret not in page, (path, secret)
        assert C.name in await page_of(reads, f"liaison@{GROUP}", path), path
    page = await page_of(reads, OTHERS, "/referrals/2")
    assert B.name in page, "what is signed is known to all"
    assert "供应链配套" in page
    assert LEAD_B not in page, "the lead is not: it is no signed project"


async def test_a_withdrawn_referral_counts_no_more(chains: pages.Both, reads: Reads) -> None:
    keys = key_of(A.name, A.code), key_of(C.name, C.code)
    chains.tell("projects", REFERRALS, NOON, ReferralWithdrawn(3, keys[0], keys[1], "登记有误", BUREAU, ON))
    page = await page_of(reads, BUREAU_OF, "/referrals/2")
    assert C.name not in page
    assert D.name not in page
    await page_of(reads, BUREAU_OF, "/referrals/3", status=404)


async def test_an_amended_contract_counts_with_what_it_amounts_to_now(chains: pages.Both, reads: Reads) -> None:
    change = (1, "补1号（模拟）", "补充协议", ON, "0" * 64, "调整", ON, LIAISON, 5 * MILLION, 95 * MILLION)
    chains.tell("projects", LEAD_B.replace("-L-", "-P-"), NOON, ContractAmended(*change))
    assert order(await page_of(reads, BUREAU_OF, "/referrals?sort=amount"))[0] == "1"


async def test_an_enterprises_page_tells_its_place_and_offers_the_forms(chains: pages.Both, reads: Reads) -> None:
    registered: EnterpriseRegistered = pages.enterprise(pages.ENTERPRISE, A.name, code=A.code, foreign=None)
    unsigned: EnterpriseRegistered = pages.enterprise(pages.OTHER, C.name, code=C.code, foreign=None)
    for stream, one in ((pages.ENTERPRISE, registered), (pages.OTHER, unsigned)):
        chains.tell("projects", stream, NOON, one)
    record = 'data-command="/api/projects/referrals"'
    page = await page_of(reads, BUREAU_OF, f"/enterprises/{pages.ENTERPRISE}")
    for words in ("引荐关系", CHAMBER.name, B.name, "带来企业3家（直接2家）", 'href="/referrals/2"', record):
        assert words in page, words
    assert 'data-command="/api/projects/referrals/1/withdraw"' in page
    assert f'href="/enterprises/{pages.ENTERPRISE}"' in await page_of(reads, BUREAU_OF, "/referrals/2")
    others = await page_of(reads, OTHERS, f"/enterprises/{pages.ENTERPRISE}")
    assert C.name not in others
    assert "/withdraw" not in others
    assert 'name="lead"' in others, "a post records what a lead of its own tells"
    place = await page_of(reads, f"liaison@{GROUP}", f"/enterprises/{pages.OTHER}")
    assert "引荐关系" in place
    assert "引荐关系" not in await page_of(reads, OTHERS, f"/enterprises/{pages.OTHER}")
    assert record not in await page_of(reads, "auditor@410804", f"/enterprises/{pages.ENTERPRISE}")


async def test_a_leads_page_offers_to_record_who_brought_its_investor_once(chains: pages.Both, reads: Reads) -> None:
    record = 'data-command="/api/projects/referrals"'
    assert A.name in await page_of(reads, f"liaison@{GROUP}", f"/leads/{LEAD_C}")
    assert record not in await page_of(reads, f"liaison@{GROUP}", f"/leads/{LEAD_C}"), "an investor is brought by one"
    free = "410804-L-2026-0019"
    reported(chains, free, X)
    assert record in await page_of(reads, f"liaison@{GROUP}", f"/leads/{free}")
    assert record not in await page_of(reads, OTHERS, f"/leads/{free}")
    assert "/withdraw" in await page_of(reads, "district_office@410804", "/referrals/2")
    assert "/withdraw" not in await page_of(reads, f"liaison@{GROUP}", "/referrals/2")
