"""Fixtures of the tests of the console's pages: two databases, the bus that fills them, and the reads on each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from sevenx.kernel.reads import Reads, reads_engine
from tests.conftest import Database, SharedPostgres
from tests.integration.portal_pages.reading import (
    Both,
    both,
)


@pytest.fixture(scope="module")
def databases(postgres: SharedPostgres) -> tuple[Database, Database]:
    return postgres.create_database("reporting"), postgres.create_database("portal")


@pytest.fixture
def bus(databases: tuple[Database, Database]) -> Iterator[Both]:
    with both(*databases) as told:
        yield told


@pytest.fixture
async def theirs(databases: tuple[Database, Database]) -> AsyncIterator[Reads]:
    made = Reads(reads_engine(databases[0].owner_url))
    yield made
    await made.engine.dispose()


@pytest.fixture
async def reads(databases: tuple[Database, Database]) -> AsyncIterator[Reads]:
    made = Reads(reads_engine(databases[1].owner_url))
    yield made
    await made.engine.dispose()
