"""`POST /clock/settle`: a service says when it has nothing left to do with what is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.registry.service import SERVICE
from sevenx.kernel.topics import events_topic, partition_of
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.service_process import RunningService, running


@pytest.fixture(scope="module")
def registry(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with running(SERVICE, postgres, kafka) as service:
        yield service


def register(registry: RunningService, name: str) -> str:
    """Register a fictional person; the id."""
    person = f"{registry.district}-N-{name}"
    body = {"id": person, "zh": "甲某（模拟）", "en": name, "basis": "模拟数据"}
    assert registry.office("district_office").post("/people", body).status_code == 201
    return person


def test_a_service_is_settled_once_all_that_it_was_told_is_sent_and_read_back(registry: RunningService) -> None:
    people = [register(registry, f"jia-{n}") for n in range(20)]
    told = registry.office("operator").post("/clock/settle", {"wait": 30}).json()
    assert told["settled"]
    assert sum(told["ends"].values()) == len(people)
    listed = registry.office("operator").get("/people").json()["items"]
    assert {one["id"] for one in listed} >= set(people)


def test_what_others_have_and_it_has_not_read_yet_keeps_it_from_being_settled(registry: RunningService) -> None:
    person = register(registry, "yi")
    place = f"{events_topic(registry.district, 'registry')}/{partition_of(person)}"
    office = registry.office("operator")
    end = office.post("/clock/settle", {"wait": 30}).json()["ends"][place]
    assert office.post("/clock/settle", {"reached": {place: end}, "wait": 30}).json()["settled"]
    beyond = end + 100  # the markers of transactions take offsets too: a few past the end may be read already
    assert not office.post("/clock/settle", {"reached": {place: beyond}, "wait": 0}).json()["settled"]
    elsewhere = {"410804.elsewhere.events/0": 99}
    assert office.post("/clock/settle", {"reached": elsewhere, "wait": 30}).json()["settled"]


def test_only_operators_and_auditors_ask(registry: RunningService) -> None:
    assert registry.office("commerce_bureau").post("/clock/settle", {}).status_code == 403
    assert registry.office("auditor").post("/clock/settle", {"wait": 0}).status_code == 200
