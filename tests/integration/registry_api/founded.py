"""A registry whose district is founded, for the tests of its API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from services.registry.service import SERVICE
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import RunningService, running

SHA = "0f" * 32


@contextmanager
def founded(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    """The registry with the notice's roster; in the end its read model is held against a replay."""
    with running(SERVICE, postgres, kafka) as service:
        answer = service.office("operator").post("/roster/import", roster_body(service.district))
        assert answer.status_code == 200, answer.text
        service.wait_drained()
        yield service
        service.wait_drained()
        verified = service.office("auditor").get("/projections/verify").json()
        assert verified["equal"], verified


def of(registry: RunningService, rest: str) -> str:
    """An id of the district: `U-commerce`, `G-1`, `N-jia-yi`."""
    return f"{registry.district}-{rest}"


def registered(registry: RunningService, name: str, zh: str) -> str:
    """A fictional person whom the Commerce Bureau has registered."""
    person = of(registry, f"N-{name}")
    answer = registry.office("commerce_bureau").post(
        "/people", {"id": person, "zh": zh, "en": name, "basis": "测试（模拟）"}
    )
    assert answer.status_code == 201, answer.text
    return person


# -- names ------------------------------------------------------------------------------------------------------------
