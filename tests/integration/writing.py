"""What the tests of writing share: a migrated database of the sample area, and a handler on it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg_pool import AsyncConnectionPool

from sevenx.kernel.clock import wall_now
from sevenx.kernel.envelope import uuid7
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.handler import CommandHandler, Context, Work
from sevenx.kernel.migrations import migrate
from sevenx.kernel.testing.sample import ACCOUNT, AREA, sample_catalog
from tests.conftest import Database, SharedPostgres

DISTRICT = "410804"


def bank_database(postgres: SharedPostgres) -> Database:
    """A fresh database with the kernel's migrations."""
    database = postgres.create_database("bank")
    migrate(database.owner_url, AREA, database.app_role)
    return database


@asynccontextmanager
async def bank(database: Database, district: str = DISTRICT) -> AsyncIterator[CommandHandler]:
    """A command handler of the sample area, as one process has it."""
    pool = AsyncConnectionPool(database.app_url, min_size=1, max_size=16, open=False, kwargs={"autocommit": True})
    await pool.open(wait=True)
    try:
        store = EventStore(pool, sample_catalog(), AREA)
        yield CommandHandler(store, sample_catalog(), AREA, district, wall_now)
    finally:
        await pool.close()


def context(key: str, request: str = "", actor: str = "410804-N-tester") -> Context:
    return Context(actor, hashlib.sha256(key.encode()).digest(), uuid7(), request)


def on(stream: str, command: Any) -> list[Work]:
    return [Work(ACCOUNT, stream, command)]
