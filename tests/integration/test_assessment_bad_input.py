"""Bodies that nobody should send to assessment: each is refused as such, and nothing of it disturbs the read model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.assessing import RULEBOOK, Assessed, district
from tests.integration.bad_input import RAW, STRANGE, refused_or_done, send
from tests.integration.districts import ok
from tests.integration.service_process import Caller


@pytest.fixture(scope="module")
def told(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[Assessed]:
    """A district whose year was calculated. Afterwards its read model is what a replay makes."""
    with district(postgres, kafka) as told:
        office = told.service.office("assessment_office")
        published = ok(office.post("/rulebooks", {"document": RULEBOOK}), 201)
        office.get("/rulebooks", after=published["position"]).raise_for_status()
        ok(office.post("/assessments/2026/calculate", {}))
        yield told
        told.service.wait_drained()
        operator = told.service.office("operator")
        assert operator.get("/projections/verify").json()["equal"]
        assert not any(operator.get("/status").json()["reader"]["quarantine"].values())


@pytest.fixture(scope="module")
def everybody(told: Assessed) -> Caller:
    """Somebody with every grant, so that no refusal hides what is behind it."""
    grants = [f"{role}@{told.service.district}" for role in ("assessment_office", "district_leader", "auditor")]
    return told.service.caller(told.id("N-everybody"), *grants, f"group_leader@{told.id('G-1')}")


def commands(told: Assessed, everybody: Caller) -> list[tuple[str, dict[str, Any]]]:
    """(path, example body) of every command that has a body."""
    api, found = everybody.get("/openapi.json").json(), []
    for path, methods in api["paths"].items():
        body = methods.get("post", {}).get("requestBody")
        if body and "/assessment/" in path and "/clock/" not in path:
            schema = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            example = json.dumps(api["components"]["schemas"][schema]["examples"][0])
            path = path.replace("{year}", "2026").replace("{appeal}", "1").removeprefix("/api/assessment")
            found.append((path, json.loads(example.replace("410804", told.service.district))))
    return found


def test_every_command_has_an_example_and_refuses_what_is_no_body(told: Assessed, everybody: Caller) -> None:
    found = commands(told, everybody)
    assert len(found) >= 11
    for path, _ in found:
        for raw in RAW:
            answer = send(everybody, path, raw)
            refused_or_done(answer, (path, raw[:20]))
            assert answer.status_code >= 400, (path, raw[:20])


def test_no_value_in_any_field_makes_us_fail(told: Assessed, everybody: Caller) -> None:
    for path, body in commands(told, everybody):
        for name in body:
            for value in STRANGE:
                text = json.dumps({**body, name: value}).encode("ascii")
                refused_or_done(send(everybody, path, text), (path, name, str(value)[:40]))


@pytest.mark.parametrize(
    "path",
    [
        "/assessments/2026/ranking?basis=guess",
        "/assessments/2026/ranking?version=99999999999999999999",
        "/assessments/2026/ranking?calculation=100000",
        "/assessments/2026/ranking?basis=frozen",
        "/assessments/2026/ranking?cohort=%00",
        "/assessments/2026/scores/410804-G-99",
        "/assessments/2026/scores/%00",
        "/assessments/2026/scores/410804-U-x?basis=live",
        "/assessments/2027/ranking",
        "/assessments/2027/appeals",
        "/assessments/x",
        "/rulebooks?year=1",
        "/rulebooks/2026/99",
        "/rulebooks/2026/x",
    ],
)
def test_no_query_makes_us_fail(everybody: Caller, path: str) -> None:
    answer = everybody.get(path)
    refused_or_done(answer, path)
    assert answer.status_code >= 400, answer.text[:200]
