"""Budgets and expenses as a deployment runs them, clause 三(四)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from services.outreach.domain.budget.events import ExpensePaid
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.outreach_world import World, outreach_world


def travel(world: World, trip: str, **parts: str) -> dict[str, Any]:
    """A claim for the journey to Suzhou; the amount follows from its parts."""
    costs = {"lodging": "700.00", "meals": "300.00", "local_transport": "240.00", "fares": "760.00", **parts}
    return {
        "unit": world.id("U-commerce"),
        "kind": "travel",
        "purpose": "差旅费（模拟数据）",
        "amount": str(sum(map(Decimal, costs.values()))),
        "trip": trip.removeprefix("/trips/"),
        "travel": {"place": "江苏省苏州市", "nights": 2, "days": 3, **costs},
    }


def activity(world: World, amount: str, unit: str = "commerce") -> dict[str, Any]:
    return {"unit": world.id(f"U-{unit}"), "kind": "activity", "purpose": "推介材料（模拟数据）", "amount": amount}


def left(world: World, path: str, after: str) -> tuple[float, float, float]:
    """Committed, spent and available, as the page shows them; whole yuan here."""
    page = done(world.finance.get(path, after=after))
    return float(page["committed"]), float(page["spent"]), float(page["available"])


def test_a_trips_money_from_allocation_to_voucher(postgres: SharedPostgres, kafka: KafkaLogin) -> None:
    """三(四): set aside with the approval, claimed within the rules, approved, paid and taken back by others."""
    with outreach_world(postgres, kafka) as world:
        fund = world.budget("5000.00")
        bears = {"budget": fund.removeprefix("/budgets/"), "estimate": "3600.00"}
        trip = world.approved("01-12", "01-14", **bears)
        asked = done(world.liaison.post("/trips", world.trip("01-19", "01-20", **bears)))
        dear = f"/trips/{asked['id']}"
        refused(world.leader.post(f"{dear}/approve", {}), 409, "over-budget")
        world.settle()
        assert done(world.auditor.get(dear, after=asked["position"]))["status"] == "requested", (
            "nothing of it was stored"
        )

        over = refused(
            world.liaison.post(f"{fund}/expenses", travel(world, trip, meals="301.00")), 422, "rule-breached"
        )
        assert over["rule"] == "travel.meals"
        claimed = done(world.liaison.post(f"{fund}/expenses", travel(world, trip, lodging="900.00")))
        assert left(world, fund, claimed["position"]) == (1400, 2200, 1400)
        first = f"{fund}/expenses/1"
        refused(world.head.post(f"{first}/approve", {"reason": "旺季"}), 403, "not-allowed")
        refused(world.district_office.post(f"{first}/approve", {}), 422, "breach-needs-reason")
        done(world.district_office.post(f"{first}/approve", {"reason": "会展期间（模拟）", "amount": "2000.00"}))
        pay = {"amount": "2000.00", "voucher_number": "ZF1", "paid_on": "2026-01-05"}
        refused(world.head.post(f"{first}/pay", pay), 403, "not-allowed")
        done(world.finance.post(f"{first}/pay", pay))

        done(world.liaison.post(f"{fund}/expenses", activity(world, "100.00")))
        second = f"{fund}/expenses/2"
        done(world.head.post(f"{second}/approve", {}))
        refused(
            world.finance.post(f"{second}/pay", {**pay, "amount": "100.00"}),
            409,
            "voucher-used",
        )
        taken = done(world.finance.post(f"{first}/reverse", {"reason": "重复支付（模拟）"}))
        assert left(world, fund, taken["position"]) == (3600, 100, 1300)
        freed = done(world.liaison.post(f"{trip}/cancel", {"reason": "改期（模拟）"}))
        assert freed["events"] == ["TripCancelled", "CommitmentReleased"]
        world.settle()
        page = done(world.finance.get(fund))
        assert (Decimal(page["available"]), page["commitments"][0]["released"]) == (Decimal(4900), True)
        states = {one["expense"]: one["state"] for one in done(world.finance.get("/expenses"))}
        assert states == {1: "reversed", 2: "approved"}
        assert [one.data["voucher_number"] for one in world.published(ExpensePaid)] == ["ZF1"]
        compared = done(world.auditor.get("/projections/verify"))
        assert compared["equal"] is True, compared


def test_many_claims_at_once_never_overspend(world: World) -> None:
    """三(四): eight claims of 3000 on 10 000 yuan in the same moment: three are taken."""
    fund = world.budget("10000.00", "macun")
    liaison = world.person("liaison-macun")
    claim = activity(world, "3000.00", "macun")
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: liaison.post(f"{fund}/expenses", claim), range(8)))
    codes = sorted(one.status_code for one in answers)
    assert codes == [201] * 3 + [409] * 5, [one.text for one in answers]
    assert {one.json()["type"] for one in answers if one.status_code == 409} == {"urn:sevenx:problem:over-budget"}
    last = max((one.json()["position"] for one in answers if one.is_success), key=lambda at: int(at.partition("@")[2]))
    assert left(world, fund, last) == (0, 9000, 1000)


def test_a_unit_sees_its_own_money_and_the_special_fund(world: World) -> None:
    """三(四): the offices see all."""
    own, special = world.budget("1000.00", "zone"), f"/budgets/{world.id('B-2026-special')}"
    last = done(world.person("liaison-zone").post(f"{own}/expenses", activity(world, "10.00", "zone")))["position"]
    done(world.finance.get(own, after=last))
    seen = {f"/budgets/{one['id']}" for one in done(world.person("head-zone").get("/budgets", year=2026))}
    assert seen == {own, special}
    assert {own, special} <= {f"/budgets/{one['id']}" for one in done(world.auditor.get("/budgets"))}
    refused(world.liaison.get(own), 404, "no-such-budget")
    assert {one["unit"] for one in done(world.person("head-zone").get("/expenses"))} == {world.id("U-zone")}
    refused(world.person("leader").get("/budgets"), 403, "not-allowed")


def test_the_special_fund_is_committed_by_the_commerce_bureau_and_claimed_by_units(world: World) -> None:
    """三(四): 专项用于区级层面招商活动; a trip at its cost is for the district to approve."""
    special = f"/budgets/{world.id('B-2026-special')}"
    refused(world.head.post(f"{special}/commitments", {**_commit(world)}), 403, "not-allowed")
    done(world.service.office("commerce_bureau").post(f"{special}/commitments", _commit(world)))
    claim = {**activity(world, "500.00"), "commitment": 1}
    done(world.liaison.post(f"{special}/expenses", claim))
    number = done(world.liaison.post(f"{special}/expenses", claim))["position"]
    rows = done(world.finance.get("/expenses", after=number, budget=special.removeprefix("/budgets/")))
    assert [(one["expense"], one["state"]) for one in rows] == [(2, "claimed"), (1, "claimed")]
    done(world.service.office("commerce_bureau").post(f"{special}/expenses/1/approve", {}))
    rejected = {"reason": "重复（模拟）"}
    done(world.service.office("commerce_bureau").post(f"{special}/expenses/2/reject", rejected))
    staff = {"traveller": world.id("N-staff-commerce"), "budget": special.removeprefix("/budgets/"), "estimate": "9.00"}
    trip = done(world.liaison.post("/trips", world.trip("02-02", "02-03", **staff)))
    assert done(world.auditor.get(f"/trips/{trip['id']}", after=trip["position"]))["approval"] == "district"


def _commit(world: World) -> dict[str, Any]:
    return {"unit": world.id("U-commerce"), "purpose": "春季推介会（模拟数据）", "amount": "30000.00"}


def test_increases_and_reductions_stand_with_their_documents(world: World) -> None:
    fund = world.budget("100.00")
    more = {"amount": "50.00", "document_number": "模拟2号", "reason": "追加（模拟）"}
    done(world.finance.post(f"{fund}/increase", more))
    refused(world.finance.post(f"{fund}/reduce", more), 409, "document-used")
    last = done(world.finance.post(f"{fund}/reduce", {**more, "document_number": "模拟3号"}))["position"]
    page = done(world.finance.get(fund, after=last))
    assert [Decimal(one["amount"]) for one in page["documents"]] == [100, 50, -50]
    refused(world.liaison.post(f"{fund}/increase", more), 403, "not-allowed")
    body = {"fund": "own", "unit": world.id("U-commerce"), "year": 2026, "amount": "1.00", "document_number": "模拟9号"}
    refused(world.finance.post("/budgets", body), 409, "already-allocated")


def test_the_rules_can_be_read_before_one_claims(world: World) -> None:
    rules = done(world.liaison.get("/rules"))
    assert {"reception.companions", "travel.lodging"} <= {one["id"] for one in rules["rules"]}
    assert rules["business_reception"]["papers"][0] == ["invitation", "visit_letter"]


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    """A district on 5 January with its special fund allocated."""
    with outreach_world(postgres, kafka) as told:
        told.budget("90000.00", None)
        yield told
