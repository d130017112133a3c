"""Fixtures of the tests of read models: a fresh database for each module, and queries on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sevenx.kernel.reads import Reads, reads_engine
from tests.conftest import Database, SharedPostgres


@pytest.fixture(scope="module")
def database(postgres: SharedPostgres) -> Database:
    return postgres.create_database("model")


@pytest.fixture
async def reads(database: Database) -> AsyncIterator[Reads]:
    opened = Reads(reads_engine(database.owner_url))
    yield opened
    await opened.engine.dispose()
