"""Bodies and parameters that nobody should send: each is refused as such, and nothing of it disturbs the read model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from services.registry.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.bad_input import RAW, STRANGE, refused_or_done, send
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import Caller, RunningService, running

IDS = {"unit_id": "U-commerce", "group_id": "G-1"}


@pytest.fixture(scope="module")
def registry(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with running(SERVICE, postgres, kafka) as service:
        answer = service.office("operator").post("/roster/import", roster_body(service.district))
        assert answer.status_code == 200, answer.text
        service.wait_drained()
        yield service
        service.wait_drained()
        operator = service.office("operator")
        assert operator.get("/projections/verify").json()["equal"]
        assert not any(operator.get("/status").json()["reader"]["quarantine"].values())


@pytest.fixture(scope="module")
def everything(registry: RunningService) -> Caller:
    """Somebody with every grant, so that no refusal hides what is behind it."""
    roles = ("district_office", "commerce_bureau", "operator", "district_leader", "auditor")
    grants = [f"{role}@{registry.district}" for role in roles]
    grants += [f"group_leader@{registry.district}-G-1", f"unit_head@{registry.district}-U-commerce"]
    return registry.caller(f"{registry.district}-N-everybody", *grants)


@pytest.fixture(scope="module")
def api(everything: Caller) -> dict[str, Any]:
    answer = everything.get("/openapi.json")
    document: dict[str, Any] = answer.json()
    return document


def commands(api: dict[str, Any], district: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, example body) of every command that has a body."""
    for path, methods in api["paths"].items():
        body = methods.get("post", {}).get("requestBody")
        if (
            body is not None
            and "application/json" in body["content"]
            and "/registry/" in path
            and "/clock/" not in path
        ):
            schema = body["content"]["application/json"]["schema"]
            body = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["examples"][0]
            for name, rest in {**IDS, "key": None, "industry": None, "year": None, "version": None}.items():
                known = {"key": "report.due_day", "industry": "aluminium", "year": "2027", "version": "1"}
                path = path.replace(f"{{{name}}}", f"{district}-{rest}" if rest else known[name])
            yield path.removeprefix("/api/registry"), json.loads(json.dumps(body).replace("410804", district))


def test_every_command_has_an_example_and_refuses_what_is_no_body(
    registry: RunningService, everything: Caller, api: dict[str, Any]
) -> None:
    found = list(commands(api, registry.district))
    assert len(found) >= 20
    for path, _ in found:
        for raw in RAW:
            answer = send(everything, path, raw)
            refused_or_done(answer, (path, raw[:20]))
            assert answer.status_code >= 400, (path, raw[:20])


def test_no_value_in_any_field_makes_us_fail(registry: RunningService, everything: Caller, api: dict[str, Any]) -> None:
    for path, body in commands(api, registry.district):
        for name in body:
            for value in STRANGE:
                text = json.dumps({**body, name: value}).encode("ascii")
                refused_or_done(send(everything, path, text), (path, name, str(value)[:40]))
        refused_or_done(everything.post(path, {**body, "unknown_field": 1}), (path, "unknown_field"))


def test_no_text_in_a_roster_makes_us_fail(registry: RunningService, everything: Caller) -> None:
    good = roster_body(registry.district, dry_run=True)
    texts = [
        "",
        "\u0000",
        "\ud800",
        "[" * 20_000,
        "a: &a [*a]",
        "{[a]: b}",
        "? - x",
        "- 1",
        "%YAML 9.9\n---\n",
        "!!python/none",
    ]
    for name in ("district.yaml", "units.yaml"):
        for text in texts:
            body = {**good, "files": {**good["files"], name: text}}
            answer = send(everything, "/roster/import", json.dumps(body).encode("ascii"))
            refused_or_done(answer, (name, text[:20]))
            assert answer.status_code == 422, (name, text[:20], answer.text[:300])


@pytest.mark.parametrize(
    "path",
    [
        "/units?limit=0",
        "/units?limit=99999999999999999999",
        "/units?kind=zoo",
        "/units?cursor=%00",
        "/units?on=tomorrow",
        "/units?on=0000-00-00",
        "/units?name=%00",
        "/units?name=",
        "/units?after=registry/x",
        "/units?after=registry/410804-D@99999999999999999999999",
        "/units/resolve",
        "/units/resolve?name=%ED%A0%80",
        "/units/410804-U-nothing",
        "/units/%00",
        "/groups/410804-G-99",
        "/groups/x",
        "/groups?on=10000-01-01",
        "/calendars/1",
        "/calendars/x",
        "/people?cursor='",
        "/nothing",
    ],
)
def test_no_query_makes_us_fail(everything: Caller, path: str) -> None:
    answer = everything.get(path)
    refused_or_done(answer, path)
    assert answer.status_code >= 400, answer.text[:200]


def test_a_body_over_the_limit_is_refused_unread(everything: Caller) -> None:
    answer = everything.post("/roster/import", {"files": {"x.yaml": "x" * (1 << 20)}})
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:sevenx:problem:body-too-large")
