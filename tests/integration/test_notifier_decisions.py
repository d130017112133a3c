"""Decisions for which somebody waits are told to him: plans, transfers, claims, contests and protections, on the real
PostgreSQL and Kafka. All names are fictional (模拟数据)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.projects.domain.lead.events import LeadQualified, LeadRegistered
from services.projects.domain.lead.transfer_events import LeadTransferAsked, LeadTransferEnded, TransferOutcome
from services.projects.domain.project.events import (
    BaselineRejected,
    CreditShare,
    CreditShared,
    FundsChecked,
    FundsClaimed,
    ShareBasis,
    SharePart,
)
from services.projects.domain.protection.events import ContestDecided, GrantBasis, LeadContested, ProtectionGranted
from services.projects.domain.values import LeadSource, Origin, Party, Referee
from services.registry.domain.group.events import PlanAdopted, PlanApproved, PlanReturned, PlanSubmitted
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import ok
from tests.integration.notified import Notified, district, titles
from tests.unit.projects.ledgers import baselined
from tests.unit.projects.stories import credit_code

DAY = date(2026, 8, 3)
INVESTOR = Party("星河铝材（模拟）有限公司", credit_code(1))


@pytest.fixture
def told(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Notified]:
    with district(postgres, kafka) as made:
        yield made


def inboxes(told: Notified, *names: str) -> dict[str, list[str]]:
    """What stands in the inboxes of persons, in English, the latest first; of those only who were told something."""
    found = {name: titles(told.person(name)) for name in names}
    return {name: some for name, some in found.items() if some}


EVERYBODY = (
    "leader-1", "leader-2", "deputy-1", "deputy-2", "liaison", "head-alpha", "head-beta", "head-gamma",
    "contact-alpha", "contact-beta", "contact-gamma",
)  # fmt: skip


def registered(told: Notified, lead: str, unit: str = "alpha", group: int = 1, by: str = "contact-alpha") -> None:
    event = LeadRegistered(
        title="铝板带（模拟）",
        intent="新建生产线",
        investor=INVESTOR,
        origin=Origin.PROVINCE_EXTERNAL,
        origin_place="浙江省",
        source=LeadSource.OWN_VISIT,
        industry="aluminium",
        group=told.id(f"G-{group}"),
        finder=told.id(f"U-{unit}"),
        registered_on=DAY,
        registered_by=told.id(f"N-{by}"),
    )
    told.tell("projects", lead, event, actor=told.id(f"N-{by}"))


def test_a_plan_is_told_to_who_may_approve_it_and_its_decision_to_the_group(told: Notified) -> None:
    """三(二): nobody is told what he did himself; another group hears nothing."""
    group, liaison, leader = told.id("G-1"), told.id("N-liaison"), told.id("N-leader-1")
    submitted = told.tell("registry", group, PlanSubmitted(2027, 1, liaison, DAY), actor=liaison)
    told.settle(submitted)
    asks = ["Please decide on version 1 of Group 1's plan of 2027"]
    assert inboxes(told, *EVERYBODY) == {"leader-1": asks}
    district_leader = told.service.office("district_leader")
    assert titles(district_leader) == asks
    [notice] = ok(told.person("leader-1").get("/inbox"))["items"]
    assert notice["link"] == f"/plans/{group}/2027?version=1"
    assert notice["title_zh"] == "请审批招商1组2027年行动方案第1版"

    back = PlanReturned(2027, 1, leader, DAY, "目标偏低（模拟）")
    told.settle(told.tell("registry", group, back, actor=leader))
    returned = "Version 1 of Group 1's plan of 2027 was returned"
    people = ("liaison", "head-alpha", "head-beta", "deputy-1")
    assert inboxes(told, *EVERYBODY) == {"leader-1": asks, **{name: [returned] for name in people}}
    assert "目标偏低（模拟）" in ok(told.person("liaison").get("/inbox"))["items"][0]["body_zh"]

    approved = PlanApproved(2027, 2, told.id("district-leader"), DAY)
    in_force = PlanAdopted(2027, 2, told.id("commerce-bureau"), DAY)
    told.settle(told.tell("registry", group, approved, actor=told.id("district-leader")))
    told.settle(told.tell("registry", group, in_force, actor=told.id("commerce-bureau")))
    news = ["Version 2 of Group 1's plan of 2027 is in force", "Version 2 of Group 1's plan of 2027 is approved"]
    assert titles(told.person("liaison"))[:2] == news
    assert titles(told.person("leader-1")) == [*news, *asks]
    assert titles(told.service.office("commerce_bureau")) == news[1:], "it puts the plan in force"


def test_a_transfer_that_came_to_nothing_is_told_to_the_other_side(told: Notified) -> None:
    """流转: declined to those who had offered the lead, withdrawn to those who were asked."""
    lead, asker = told.id("L-2026-0001"), told.id("N-contact-alpha")
    registered(told, lead)

    def asked(number: int) -> LeadTransferAsked:
        way = (told.id("U-alpha"), told.id("G-1"), told.id("U-gamma"), told.id("G-2"))
        return LeadTransferAsked(number, *way, Decimal("0.4"), "改投（模拟）", DAY, asker)

    told.settle(told.tell("projects", lead, asked(1), actor=asker))
    offered = ["Take over or decline lead " + lead]
    assert inboxes(told, "head-gamma", "contact-gamma", "contact-alpha", "head-alpha") == {
        "head-gamma": offered, "contact-gamma": offered,
    }  # fmt: skip
    no = LeadTransferEnded(1, TransferOutcome.DECLINED, "力量不足（模拟）", DAY, told.id("N-head-gamma"))
    told.settle(told.tell("projects", lead, no, actor=told.id("N-head-gamma")))
    declined = ["The transfer of “铝板带（模拟）” was declined"]
    assert inboxes(told, *EVERYBODY) == {
        "head-gamma": offered,
        "contact-gamma": offered,
        "contact-alpha": declined,
        "head-alpha": declined,
        "liaison": [*declined, *offered],
    }
    assert "力量不足（模拟）" in ok(told.person("head-alpha").get("/inbox"))["items"][0]["body_zh"]

    told.tell("projects", lead, asked(2), actor=asker)
    away = LeadTransferEnded(2, TransferOutcome.WITHDRAWN, "另作安排（模拟）", DAY, asker)
    told.settle(told.tell("projects", lead, away, actor=asker))
    gone = f"Lead {lead} is no longer offered to you"
    assert titles(told.person("head-gamma")) == [gone, *offered, *offered]
    assert titles(told.person("contact-gamma")) == [gone, *offered, *offered]
    assert titles(told.person("leader-2")) == [], "a leader was not asked, and is not told that it is over"
    assert titles(told.person("head-alpha")) == declined


def test_what_became_of_a_claim_is_told_to_who_claimed(told: Notified) -> None:
    """到位资金: passed, cut, and refused whole, with the reason where it is less."""
    project, claimant = told.id("P-2026-0001"), told.id("N-contact-beta")
    told.tell("projects", project, baselined())
    where = (told.id("U-beta"), claimant, Decimal(30_000_000), "2026-07", (), DAY, Referee.COMMERCE_BUREAU)
    for number, amount, reason in ((1, 30_000_000, ""), (2, 0, "凭证不符（模拟）")):
        office = told.id("commerce-bureau")
        check = FundsChecked(
            number, Decimal(30_000_000), Decimal(amount), "2026-07", DAY, office, Referee.COMMERCE_BUREAU, reason
        )
        told.tell("projects", project, FundsClaimed(number, *where), actor=claimant)
        told.settle(told.tell("projects", project, check, actor=office))
    latest, first = ok(told.person("contact-beta").get("/inbox"))["items"]
    assert (first["kind"], latest["kind"]) == ("funds_checked", "funds_cut")
    assert "凭证不符（模拟）" in latest["body_zh"]
    assert "认定0元" in latest["title_zh"]


def test_decisions_on_credit_and_old_ledgers_are_told_to_those_concerned(told: Notified) -> None:
    """二(一): the reason is kept, and told to every holder; an old ledger's rejection to who took it over."""
    project, office = told.id("P-2026-0002"), told.id("district-office")
    told.tell("projects", project, baselined())
    shares = tuple(
        CreditShare(part, told.id(holder), Decimal("0.5"))
        for part, holder in ((SharePart.FINDER, "U-alpha"), (SharePart.LANDING_UNIT, "U-gamma"))
    )
    given = CreditShared("units", "all", shares, ShareBasis.DEFAULT, DAY, office)
    decided = CreditShared("units", "all", shares, ShareBasis.DECIDED, DAY, office, "各半（模拟）")
    told.settle(told.tell("projects", project, given, decided, actor=office))
    names = ("head-alpha", "contact-alpha", "head-gamma", "contact-gamma")
    assert set(inboxes(told, *EVERYBODY)) == set(names)
    assert all(len(titles(told.person(name))) == 1 for name in names), "what the ratio gives is told to nobody"
    assert "各半（模拟）" in ok(told.person("head-gamma").get("/inbox"))["items"][0]["body_zh"]

    rejected = BaselineRejected("合同已解除（模拟）", DAY, told.id("commerce-bureau"))
    told.settle(told.tell("projects", project, rejected, actor=told.id("commerce-bureau")))
    importer = told.service.caller(baselined().baselined_by)
    [title] = titles(importer)
    assert "was rejected" in title


def test_who_waits_for_a_protection_hears_of_it_and_nothing_that_is_masked(told: Notified) -> None:
    """首报首谈: the next in the queue, and both sides of a contest; the contesting lead's title is its own unit's."""
    waiting, stream = told.id("L-2026-0008"), told.id(f"I-{INVESTOR.code}")
    registered(told, waiting, unit="gamma", by="contact-gamma")
    holder = told.id("L-2026-0007")
    contested = LeadContested(
        1, waiting, told.id("U-gamma"), holder, told.id("U-alpha"), told.id("G-1"), "aluminium", "首谈在先（模拟）",
        (), told.id("N-contact-gamma"), DAY, DAY, Referee.COMMERCE_BUREAU,
    )  # fmt: skip
    office = told.id("commerce-bureau")
    decided = ContestDecided(
        1,
        waiting,
        "aluminium",
        True,
        waiting,
        told.id("U-gamma"),
        "首谈成立（模拟）",
        Referee.COMMERCE_BUREAU,
        office,
        DAY,
    )
    told.tell("projects", stream, contested, actor=told.id("N-contact-gamma"))
    told.settle(told.tell("projects", stream, decided, actor=office))
    assert titles(told.person("contact-gamma")) == ["The contest about “铝板带（模拟）” is decided"]
    lost, before = ok(told.person("head-alpha").get("/inbox"))["items"]
    assert (lost["kind"], before["kind"]) == ("contest_decided_holder", "lead_contested")
    assert "铝板带（模拟）" not in str(lost), "三(二): it is not told whose lead came before its own"

    granted: dict[str, Any] = {
        "lead": waiting, "unit": told.id("U-gamma"), "group": told.id("G-1"), "investor": INVESTOR,
        "intent_key": "aluminium", "report": 2, "registered_on": DAY, "registered_by": told.id("N-contact-gamma"),
        "from_date": DAY, "until": date(2027, 2, 3), "warn_days": 30, "release_days": 60, "extensions": 1,
    }  # fmt: skip
    first = ProtectionGranted(**granted, basis=GrantBasis.FIRST_REPORT)
    told.settle(told.tell("projects", stream, first, ProtectionGranted(**granted, basis=GrantBasis.NEXT_IN_QUEUE)))
    assert titles(told.person("contact-gamma"))[0] == "“铝板带（模拟）”, which waited, is protected now"
    assert len(titles(told.person("contact-gamma"))) == 2, "a first report is told by the answer to it"


def test_a_lead_that_was_judged_is_told_to_who_registered_it(told: Notified) -> None:
    lead, by = told.id("L-2026-0009"), told.id("N-leader-1")
    registered(told, lead)
    told.settle(told.tell("projects", lead, LeadQualified(DAY, by, "真实（模拟）"), actor=by))
    assert inboxes(told, *EVERYBODY) == {"contact-alpha": ["Lead “铝板带（模拟）” is qualified"]}
