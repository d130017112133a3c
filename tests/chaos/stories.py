"""What the clients do: leads and projects with funds, drafts of reports, people of the roster. All is fictional."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import date

from sevenx.demo import cast as demo
from sevenx.demo.documents import Evidence, document
from sevenx.demo.scenario import Scenario
from tests.chaos.clients import Client

COMMERCE, OFFICE, OPERATOR = "410804-commerce-bureau", "410804-district-office", "410804-operator"
ZONE = "410804-U-industry-zone"
GROUPS = (1, 3)
"""Groups whose funds the Commerce Bureau checks: it is a party to group two's."""
INDUSTRIES = {1: "aluminium", 3: "education"}


@dataclass(frozen=True)
class Cast:
    """Who acts, on which day."""

    scenario: Scenario
    people: demo.Cast
    evidence: Evidence
    today: date

    def liaison(self, group: int) -> str:
        return self.people.holder("liaison", group)

    def leader(self, group: int) -> str:
        return self.people.holder("leader", group)

    @property
    def claimant(self) -> str:
        return self.people.holder("liaison", ZONE)


class Shared:
    """Projects that several clients work on at once."""

    def __init__(self) -> None:
        self.projects: list[str] = []


async def projects(client: Client, cast: Cast, shared: Shared, stop: asyncio.Event) -> None:
    """One project after the other until it is time to stop; the one in hand is finished."""
    number = 0
    while not stop.is_set():
        number += 1
        await _project(client, cast, shared, f"{client.name}-{number}")


async def _project(client: Client, cast: Cast, shared: Shared, name: str) -> None:
    group, day = client.chance.choice(GROUPS), cast.today.isoformat()
    lead = await client.give(COMMERCE, "/projects/leads", _lead(name, group))
    if client.chance.random() < 0.2:
        body = {"reason": "investor_withdrew", "note": "投资方调整计划（模拟数据）"}
        await client.give(cast.liaison(group), f"/projects/leads/{lead}/close", body)
        return
    await client.give(cast.leader(group), f"/projects/leads/{lead}/qualify", {"note": "意向真实（模拟数据）"})
    talk = cast.evidence.documents("negotiating", "leased_plant", cast.today)
    body = {"name": name, "project_type": "leased_plant", "content": "租赁厂房（模拟数据）", "started_on": day}
    path = f"/projects/leads/{lead}/negotiate"
    project = await client.give(cast.liaison(group), path, {**body, "documents": talk})
    await client.give(cast.liaison(group), f"/projects/projects/{project}/sign", _contract(name, day))
    landed = cast.evidence.documents("landed", "leased_plant", cast.today)
    body = {"landing_unit": ZONE, "landed_on": day}
    await client.give(cast.liaison(group), f"/projects/projects/{project}/land", {**body, "documents": landed})
    shared.projects.append(project)
    for n in range(1, client.chance.randrange(2, 6)):
        await _claim(client, cast, project, f"{name}-{n}")
    for _ in range(client.chance.randrange(1, 4)):
        await _file(client, cast, client.chance.choice(shared.projects))


def _lead(name: str, group: int) -> dict[str, object]:
    return {
        "title": name,
        "intent": f"拟投资{name}（模拟数据）",
        "investor": {"name": f"{name}（模拟）有限公司"},
        "origin": "foreign",
        "origin_place": "虚构之地",
        "source": "own_visit",
        "industry": INDUSTRIES[group],
        "group": f"410804-G-{group}",
        "finder": ZONE,
        "expected_investment": "900000000.00",
    }


def _contract(name: str, day: str) -> dict[str, object]:
    stages = ("landed", "started", "in_production", "at_capacity")
    return {
        "contract_number": f"模拟合 {name}",
        "contract_title": f"{name}投资合同",
        "amount": "900000000.00",
        "signed_on": day,
        "agreed": {stage: f"{2027 + n}-06-30" for n, stage in enumerate(stages)},
        "documents": [document("formal_contract", f"投资合同 {name}", date.fromisoformat(day))],
    }


async def _claim(client: Client, cast: Cast, project: str, name: str) -> None:
    """Claim funds in place; two of three claims are checked as well."""
    amount, number = f"{client.chance.randrange(1, 9_000_000)}.00", f"模拟银收 {name}"
    voucher = {
        "number": number,
        "amount": amount,
        "paid_on": cast.today.isoformat(),
        "payer": "样例（模拟）有限公司",
        "sha256": hashlib.sha256(number.encode()).hexdigest(),
    }
    body = {"claimant": ZONE, "amount": amount, "month": cast.scenario.first_period, "vouchers": [voucher]}
    await client.give(cast.claimant, f"/projects/projects/{project}/funds", body)
    if client.chance.random() < 0.67:
        claim = name.rpartition("-")[2]
        await client.give(COMMERCE, f"/projects/projects/{project}/funds/{claim}/check", {"amount": amount})


async def _file(client: Client, cast: Cast, project: str) -> None:
    """File a document in a project on which others work at the same time."""
    filed = document("statistics_listing", f"{client.name} {client.chance.random()}", cast.today)
    await client.give(COMMERCE, f"/projects/projects/{project}/evidence", {"documents": [filed]})


async def reports(client: Client, cast: Cast, stop: asyncio.Event) -> None:
    """Drafts of the groups' reports, each with figures from the events read so far."""
    number = 0
    while not stop.is_set():
        number += 1
        group = client.chance.randrange(1, 8)
        body = {"narrative": f"第{number}稿：本月外出对接企业（模拟数据）"}
        await client.give(
            cast.liaison(group), f"/reporting/reports/410804-R-{cast.scenario.first_period}-G{group}/draft", body
        )


async def people(client: Client, stop: asyncio.Event) -> None:
    """Fictional persons enter the roster."""
    number = 0
    while not stop.is_set():
        number += 1
        name = f"{client.name}-{number}"
        body = {"id": f"410804-N-{name}", "zh": f"样{number}（模拟）", "en": f"Sample {number}", "basis": "模拟数据"}
        await client.give(OFFICE, "/registry/people", body)
