"""Fixtures of the tests of the login and its session: the gateway with the local issuer, the portal, and a service that
takes commands with the cookie alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.portal.service import SERVICE as PORTAL
from services.portal.settings import portal_settings
from services.registry.service import SERVICE as REGISTRY
from sevenx.local.gateway import gateway
from sevenx.local.logins import KafkaLogin
from sevenx.local.principals import seed_principals
from sevenx.local.processes import free_port
from tests.conftest import SharedPostgres
from tests.integration.bus import fresh_district
from tests.integration.portal_login.origin import Browser, Site, issuer, served
from tests.integration.service_process import running, settings_of


@pytest.fixture(scope="module")
def site(postgres: SharedPostgres, kafka: KafkaLogin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, district = tmp_path_factory.mktemp("issuer"), fresh_district()
    origin = f"http://127.0.0.1:{free_port()}"
    (folder / "principals.json").write_text(json.dumps(seed_principals(district)), "utf-8")
    with pytest.MonkeyPatch.context() as env:
        env.setenv("SEVENX_OIDC_CLIENT_ID", "sevenx-portal")
        env.setenv("SEVENX_OIDC_CLIENT_SECRET", "the-secret")
        env.setenv("SEVENX_SESSION_KEY", "a-key-of-the-test")
        portal_settings.cache_clear()
        made = {
            one.area: replace(
                settings_of(one, postgres, kafka, district),
                origin=origin, issuer=f"{origin}/issuer", jwks_url=f"{origin}/issuer/jwks",
            )
            for one in (REGISTRY, PORTAL)
        }  # fmt: skip
        targets = {area: f"http://{settings.bind}" for area, settings in made.items()}
        with (
            served(gateway(targets, issuer(origin, folder)), origin),
            running(REGISTRY, postgres, kafka, settings=made["registry"]),
            running(PORTAL, postgres, kafka, settings=made["portal"]),
        ):
            yield Site(origin, district, made["portal"].database)
    portal_settings.cache_clear()


@pytest.fixture
def browser(site: Site) -> Browser:
    return Browser(site)
