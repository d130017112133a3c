"""The trial's front starts with what containers give it, and names what they forgot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from sevenx.deployment.front import front
from sevenx.deployment.secrets_folder import complete
from sevenx.kernel.errors import SettingsError
from sevenx.kernel.settings import Environment


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    complete(tmp_path / "secrets", "410804")
    return {
        "SEVENX_DISTRICT": "410804",
        "SEVENX_SECRETS": str(tmp_path / "secrets"),
        "SEVENX_ISSUER": "http://sevenx.localhost:7410/issuer",
        "SEVENX_SERVICE_URL": "http://127.0.0.1:1/{area}",
    }


async def test_it_is_the_issuer_of_the_districts_offices_and_leads_to_the_services(
    tmp_path: Path, env: dict[str, str]
) -> None:
    app = front(Environment(env), tmp_path / "principals.json")
    async with TestClient(TestServer(app)) as client:
        found = await (await client.get("/issuer/.well-known/openid-configuration")).json()
        assert found["issuer"] == env["SEVENX_ISSUER"]
        secret = (tmp_path / "secrets" / "oidc-client").read_text()
        form = {"grant_type": "client_credentials", "client_id": "410804-operator", "client_secret": secret}
        token = await (await client.post("/issuer/token", data=form)).json()
        assert token["token_type"] == "Bearer"
        away = await client.get("/api/registry/units")
        assert (away.status, json.loads(await away.text())["type"]) == (502, "urn:sevenx:problem:service-away")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SEVENX_ISSUER", "", "SEVENX_ISSUER is not set"),
        ("SEVENX_ISSUER", "http://id.example", "stands at <origin>/issuer"),
        ("SEVENX_SERVICE_URL", "http://services:8000", r"must hold \{area\}"),
        ("SEVENX_SECRETS", "/nowhere", "cannot be read"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    tmp_path: Path, env: dict[str, str], name: str, value: str, says: str
) -> None:
    with pytest.raises(SettingsError, match=says):
        front(Environment({**env, name: value}), tmp_path / "principals.json")
