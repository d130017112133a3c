"""Whatever is sent to an API, it answers with a status that it documents, and with less than 500. The requests are made
from the API's own description."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sevenx.declaration import services
from sevenx.kernel.auth import ROLES
from sevenx.kernel.service import ServiceDefinition
from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.fuzz import fuzz
from tests.integration.roster_texts import roster_body
from tests.integration.service_process import running, settings_of

EXAMPLES = 4
AREAS = [one.area for one in services() if one.writes]


def definition_of(area: str) -> ServiceDefinition:
    module: Any = importlib.import_module(f"services.{area}.service")
    found = getattr(module, "SERVICE", None) or module.definition()
    assert isinstance(found, ServiceDefinition)
    return found


@pytest.fixture(scope="module")
def founded(postgres: SharedPostgres, kafka: KafkaLogin) -> str:
    """A district with the notice's roster on the bus."""
    with running(definition_of("registry"), postgres, kafka) as registry:
        answer = registry.office("operator").post("/roster/import", roster_body(registry.district))
        assert answer.status_code == 200, answer.text
        registry.wait_drained()
        return registry.district


@pytest.mark.parametrize("area", AREAS)
def test_every_answer_is_one_that_the_api_describes_and_none_a_server_error(
    area: str,
    founded: str,
    postgres: SharedPostgres,
    kafka: KafkaLogin,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)  # the library keeps files of its own
    definition, key = definition_of(area), Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    # Whoever owns the roster must not find a log on the bus that is not its own.
    district = None if area == "registry" else founded
    settings = replace(settings_of(definition, postgres, kafka, district), seals=str(tmp_path / "seals"), seal_key=pem)
    with running(definition, postgres, kafka, settings=settings) as service:
        service.wait_drained(60)
        token = service.token(f"{service.district}-anybody", *(f"{role}@{service.district}" for role in ROLES))
        document = httpx.get(f"{service.url}/api/{area}/openapi.json", trust_env=False).json()
        outcome = fuzz(document, service.url, {"Authorization": f"Bearer {token}"}, EXAMPLES)
    assert outcome.server_errors == []
    assert outcome.undocumented == []
    assert outcome.requests > EXAMPLES * len(document["paths"])
    assert set(outcome.statuses) & {200, 201, 404, 409, 422}
