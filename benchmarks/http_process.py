"""A process that answers over HTTP: `python -m benchmarks.http_process command|bare`, configured by SEVENX_*.

`command`: the product's service around the sample bank, API role alone. `bare`: a FastAPI route that inserts one row of
BENCH_ROW_SIZE bytes; the same server, loop, driver and pool, no login, no rules, no outbox.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, FastAPI
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, Field

from sevenx.kernel.app import create_app
from sevenx.kernel.auth import Rule
from sevenx.kernel.bodies import Body, Line
from sevenx.kernel.http import Answer, Commands
from sevenx.kernel.runtime import Runtime
from sevenx.kernel.settings import Settings
from sevenx.kernel.testing.sample import ACCOUNT, AREA, Deposit, Open, sample_catalog, sample_service

_INSERT = "INSERT INTO bare (stream, version, value) VALUES (%b, %b, %b)"


class OpenBody(Body):
    owner: Line


class DepositBody(Body):
    amount: Annotated[Decimal, Field(gt=0, max_digits=20, decimal_places=2)]


def _bank() -> APIRouter:
    router = APIRouter()

    @router.post("/accounts/{account}/open", status_code=201)
    async def open_account(account: str, body: OpenBody, desk: Commands) -> Answer:
        return await desk.give(ACCOUNT, account, Open(body.owner))

    @router.post("/accounts/{account}/deposit")
    async def deposit(account: str, body: DepositBody, desk: Commands) -> Answer:
        return await desk.give(ACCOUNT, account, Deposit(body.amount))

    return router


def command_app(settings: Settings) -> FastAPI:
    """The product's app, its commands allowed to a liaison of the district."""
    liaison = (Rule("liaison"),)
    definition = replace(sample_service(), router=_bank(), permissions={Open: liaison, Deposit: liaison})
    return create_app(Runtime(definition, settings, sample_catalog(), (AREA,)))


class Row(BaseModel):
    version: int
    amount: Decimal


class Inserted(BaseModel):
    stream: str
    version: int


def bare_app(settings: Settings, size: int) -> FastAPI:
    """One route, one INSERT."""
    pool = AsyncConnectionPool(
        settings.database, min_size=2, max_size=20, timeout=5, open=False, kwargs={"autocommit": True}
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.open(wait=True)
        yield
        await pool.close()

    app = FastAPI(lifespan=lifespan)

    @app.get("/readyz")
    async def ready() -> dict[str, Any]:
        return {}

    @app.post("/rows/{stream}")
    async def insert(stream: str, row: Row) -> Inserted:
        async with pool.connection() as connection:
            await connection.execute(_INSERT, (stream, row.version, os.urandom(size)), binary=True)
        return Inserted(stream=stream, version=row.version)

    return app


def main() -> None:
    settings = Settings.from_env(AREA)
    bare = sys.argv[1] == "bare"
    app = bare_app(settings, int(os.environ["BENCH_ROW_SIZE"])) if bare else command_app(settings)
    uvicorn.run(
        app, host=settings.host, port=settings.port, loop="uvloop", http="httptools", log_config=None, access_log=False
    )


if __name__ == "__main__":
    main()
