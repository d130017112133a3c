"""Fixtures of the tests of the registry's API: a founded district, and two of its offices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sevenx.local.logins import KafkaLogin
from tests.conftest import SharedPostgres
from tests.integration.registry_api.founded import founded
from tests.integration.service_process import Caller, RunningService


@pytest.fixture(scope="module")
def registry(postgres: SharedPostgres, kafka: KafkaLogin) -> Iterator[RunningService]:
    with founded(postgres, kafka) as service:
        yield service


@pytest.fixture
def office(registry: RunningService) -> Caller:
    return registry.office("district_office")


@pytest.fixture
def commerce(registry: RunningService) -> Caller:
    return registry.office("commerce_bureau")
