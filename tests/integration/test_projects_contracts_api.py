"""Contracts in other currencies, amendments, extensions and the statistics figure through the real API."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest

from services.registry.domain.district.events import SettingType
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, contract, day, projects_world, setting
from tests.integration.service_process import wait_until
from tests.unit.projects.stories import PARITY, sha


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def dollars(amount: str = "20000000.00", **changes: Any) -> dict[str, Any]:
    return {"currency": "USD", "amount": amount, "rate": "7.1234", "rate_on": day(), "source": PARITY, **changes}


def amendment(number: int, **changes: Any) -> dict[str, Any]:
    facts = {"number": f"补{number}号（模拟）", "title": "补充协议（模拟）", "dated": day(), "reason": "二期提前"}
    return {**facts, "sha256": sha(f"amendment {number}"), **changes}


def test_a_contract_in_dollars_is_computed_amended_and_shown_with_its_rate(world: World) -> None:
    """«Projects», contracts: amounts in several currencies with the rate's date, amendments."""
    project = world.negotiating()
    foreign = {"amount": None, "conversion": dollars()}
    ahead = contract(amount=None, conversion=dollars(rate_on=day(1)))
    late = refused(world.liaison.post(f"/projects/{project}/sign", ahead), 422, "rate-day-wrong")
    assert late["fields"][0]["where"] == "body.conversion.rate_on"
    done(world.liaison.post(f"/projects/{project}/sign", contract(**foreign)))
    refused(world.auditor.post(f"/projects/{project}/amendments", amendment(1, amount="1.00")), 403, "not-allowed")
    done(world.liaison.post(f"/projects/{project}/amendments", amendment(1, amount="150000000.00")))
    last = done(world.commerce.post(f"/projects/{project}/amendments", amendment(2, content="生产线3条（模拟）")))
    seen = done(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert (seen["signed_amount"], seen["contract_amount"]) == ("142468000.00", "150000000.00")
    assert (seen["conversion"]["currency"], seen["conversion"]["source"]) == ("USD", PARITY)
    assert seen["content"] == "生产线3条（模拟）"
    assert [(one["amount_was"], one["amount"], one["void"]) for one in seen["amendments"]] == [
        ("142468000.00", "150000000.00", False),
        ("150000000.00", "150000000.00", False),
    ]
    back = {"to_stage": "negotiating", "reason": "合同无效"}
    last = done(world.commerce.post(f"/projects/{project}/correct-stage", back))
    seen = done(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert (seen["contract_amount"], seen["signed_amount"], seen["content"]) == (None, None, "租赁厂房2万平方米")
    assert all(one["void"] for one in seen["amendments"])


def test_a_payment_in_dollars_counts_at_the_rate_of_its_day_and_above_the_amount_with_a_note(world: World) -> None:
    """Funds in place: confirmed above the contract amount in force only with a note."""
    project = world.landed()
    claimed = world.claim()
    claimed["vouchers"][0] |= {"amount": None, "conversion": dollars("15000000.00")}
    done(world.zone.post(f"/projects/{project}/funds", {**claimed, "amount": None}))
    done(world.commerce.post(f"/projects/{project}/funds/1/check", {"amount": "106851000.00"}))
    recognition = {**world.recognition(106_851_000), "reason": ""}
    above = refused(
        world.commerce.post(f"/projects/{project}/funds/1/recognise", recognition), 422, "above-contract-amount"
    )
    assert above["fields"][0]["where"] == "body.excess_note"
    done(world.liaison.post(f"/projects/{project}/amendments", amendment(3, amount="110000000.00")))
    done(world.commerce.post(f"/projects/{project}/funds/1/recognise", recognition))
    below = amendment(4, amount="100000000.00")
    refused(world.liaison.post(f"/projects/{project}/amendments", below), 422, "above-contract-amount")
    noted = done(world.liaison.post(f"/projects/{project}/amendments", {**below, "excess_note": "二期取消"}))
    seen = done(world.auditor.get(f"/projects/{project}", after=noted["position"]))
    assert (seen["funds"]["recognised"], seen["contract_amount"]) == ("106851000.00", "100000000.00")


def test_an_extension_names_its_base_and_counts_its_increment(world: World) -> None:
    """«Projects», identity: one project counts once; an extension (增资) counts its increment."""
    base, more = world.negotiating(), world.negotiating()
    refused(world.liaison.post(f"/projects/{more}/extends", {"base": base}), 409, "base-not-signed")
    refused(world.liaison.post(f"/projects/{base}/extends", {"base": base}), 422, "extends-itself")
    done(world.commerce.post(f"/projects/{base}/sign", contract()))
    before = _group_one(world)
    done(world.liaison.post(f"/projects/{more}/extends", {"base": base}))
    back = {"to_stage": "negotiating", "reason": "误"}
    refused(world.commerce.post(f"/projects/{base}/correct-stage", back), 409, "extensions-rest-on-it")
    last = done(world.liaison.post(f"/projects/{more}/sign", contract(amount="40000000.00")))
    refused(world.liaison.post(f"/projects/{more}/extends/withdraw", {"reason": "误"}), 409, "extension-signed")
    seen = done(world.auditor.get(f"/projects/{base}", after=last["position"]))
    assert [one["id"] for one in seen["extensions"]] == [more]
    assert (seen["with_extensions"]["contract_amount"], seen["with_extensions"]["increment"]) == (
        "140000000.00",
        "40000000.00",
    )
    assert done(world.auditor.get("/projects", extends=base))["items"][0]["extends"] == base
    after = _group_one(world)
    assert (after["projects"], after["extensions"] - before["extensions"]) == (before["projects"], 1)
    third = world.negotiating()
    refused(world.liaison.post(f"/projects/{third}/extends", {"base": more}), 409, "extension-of-extension")
    done(world.liaison.post(f"/projects/{third}/extends", {"base": base}))
    done(world.liaison.post(f"/projects/{third}/extends/withdraw", {"reason": "独立项目"}))
    last = done(world.commerce.post(f"/projects/{third}/sign", contract()))
    assert done(world.auditor.get(f"/projects/{third}", after=last["position"]))["extends"] is None


def _group_one(world: World) -> dict[str, int]:
    """How many signed projects group one has, and how many extensions."""
    world.service.wait_drained()
    rows = done(world.auditor.get("/summary"))["rows"]
    mine = [one for one in rows if one["group"] == world.id("G-1") and one["stage"] == "signed"]
    return {name: sum(one[name] for one in mine) for name in ("projects", "extensions")}


def test_statistics_are_recorded_by_the_bureau_alone_and_stand_beside_the_funds(world: World) -> None:
    """入统: another figure than funds in place, by the unit of setting `bodies.statistics_bureau`."""
    project, month = world.landed(), day()[:7]
    figure = {"month": month, "amount": "12000000.00"}
    counter = world.person("liaison-statistics")
    refused(world.commerce.post(f"/projects/{project}/statistics", figure), 403, "not-allowed")
    refused(counter.post(f"/projects/{project}/statistics", figure), 403, "not-allowed")
    world.tell(
        "registry", world.id("D"), setting("bodies.statistics_bureau", world.unit("statistics"), SettingType.UNIT)
    )
    wait_until(lambda: counter.post(f"/projects/{project}/statistics", figure).is_success, 30)
    refused(counter.post(f"/projects/{project}/statistics", {**figure, "amount": "1.00"}), 409, "month-recorded")
    corrected = {"month": month, "amount": "11000000.00", "reason": "设备购置不计入"}
    last = done(world.service.office("statistics_bureau").post(f"/projects/{project}/statistics/correct", corrected))
    seen = done(world.auditor.get(f"/projects/{project}", after=last["position"]))
    assert [(one["amount"], one["cumulative"], one["corrected"]) for one in seen["statistics"]] == [
        ("11000000.00", "11000000.00", True)
    ]
    assert seen["funds"]["recognised"] == "0"


def test_of_two_who_amend_at_once_each_amends_what_is_in_force_then(world: World) -> None:
    """Any interleaving of two writers ends as some serial order: no amendment forgets another."""
    project = world.signed()

    def amend(number: int) -> int:
        body = amendment(10 + number, amount=f"{200 + number}000000.00")
        return world.person("liaison-1").post(f"/projects/{project}/amendments", body).status_code

    with ThreadPoolExecutor(3) as together:
        assert sorted(together.map(amend, range(3))) == [201, 201, 201]
    last = done(world.liaison.post(f"/projects/{project}/amendments", amendment(20, amount="1.00")))
    told = done(world.auditor.get(f"/projects/{project}", after=last["position"]))["amendments"]
    assert [one["amendment"] for one in told] == [1, 2, 3, 4]
    assert all(one["amount"] == following["amount_was"] for one, following in pairwise(told))
