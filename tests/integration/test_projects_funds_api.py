"""Funds in place through the real API: who claims, who decides, and what happens at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.districts import done, refused
from tests.integration.projects_world import World, projects_world


@pytest.fixture(scope="module")
def world(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[World]:
    with projects_world(postgres, kafka) as made:
        yield made


def test_where_the_commerce_bureaus_own_group_is_a_party_the_district_office_decides(world: World) -> None:
    """Funds in place: where the Commerce Bureau or its group two is a party the district office decides."""
    project = world.landed("G-2")
    done(world.zone.post(f"/projects/{project}/funds", world.claim()))
    check = {"amount": 30_000_000}
    refused(world.commerce.post(f"/projects/{project}/funds/1/check", check), 403, "not-the-deciding-office")
    done(world.office.post(f"/projects/{project}/funds/1/check", check))
    with_commerce = world.office.post(f"/projects/{project}/funds/1/recognise", world.recognition(30_000_000))
    refused(with_commerce, 403, "own-claim")
    done(world.office.post(f"/projects/{project}/funds/1/recognise", world.recognition(30_000_000, "commerce")))


def test_a_unit_claims_only_in_its_own_name(world: World) -> None:
    """Funds are claimed by the landing unit or a lead unit, by the unit's own people."""
    project = world.landed()
    other = world.claim(claimant="macun")
    refused(world.zone.post(f"/projects/{project}/funds", other), 403, "not-allowed")
    refused(world.person("liaison-macun").post(f"/projects/{project}/funds", other), 403, "not-entitled-to-claim")
    own_lead_unit = world.claim(claimant="development-reform")
    done(world.liaison.post(f"/projects/{project}/funds", own_lead_unit))


def test_two_who_claim_the_same_voucher_at_once_end_with_one_claim(world: World) -> None:
    """Any interleaving of two writers ends as some serial order."""
    project = world.landed()

    def claim(_: int) -> int:
        caller = world.person("liaison-industry-zone")
        return caller.post(f"/projects/{project}/funds", world.claim(1_000_000)).status_code

    with ThreadPoolExecutor(4) as together:
        answers = sorted(together.map(claim, range(4)))
    assert answers == [201, 409, 409, 409]
