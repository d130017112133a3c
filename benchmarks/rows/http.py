"""Commands through HTTP: sixteen clients, one process.

The whole way: routing, validation, a signed token, permission, idempotency key, load, decide, append with its outbox,
answer. Against a bare FastAPI route, on the same server and pool, that inserts one row as large as the event.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count

import aiohttp

from benchmarks.bench import Bench
from benchmarks.databases import Database
from benchmarks.harness import Figure, Goal, Side, WrongResult, expect, rate, ratio
from benchmarks.history import LENGTH
from benchmarks.rows.commands import BARE_TABLE
from sevenx.declaration import ROOT
from sevenx.kernel.testing.issuer import TestIssuer
from sevenx.local.processes import free_port

DISTRICT = "900000"
CLIENTS = 16
ROW_SIZE = 380
"""Bytes of the events that the commands cause."""
_WITHIN = 60.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Requests a second."""
    database = bench.database().migrated()
    with database.as_owner() as connection:
        connection.execute(BARE_TABLE)
        connection.execute(f"GRANT SELECT, INSERT ON bare TO {database.name}_app")
    issuer = TestIssuer()
    token = issuer.token(f"{DISTRICT}-N-0017", (f"liaison@{DISTRICT}",), DISTRICT, 3600)
    with _process("command", database, issuer.url) as ours, _process("bare", database, issuer.url) as theirs:
        load = _Load(bench, database, bench.size(8000, 640) // CLIENTS)
        found = bench.take(
            Side("command through HTTP", lambda: load.run("log.events", ours, load.commands(token))),
            Side("bare FastAPI route", lambda: load.run("bare", theirs, load.rows)),
        )
    yield ratio(
        f"command through HTTP, {CLIENTS} clients",
        found["command through HTTP"],
        found["bare FastAPI route"],
        Goal(0.60),
    )


Client = Callable[[aiohttp.ClientSession, int, int], Awaitable[None]]
"""What one client does: session, turn, number of the client."""


class _Load:
    """Sixteen clients that ask one after another, each on streams of its own."""

    def __init__(self, bench: Bench, database: Database, each: int) -> None:
        self._bench, self._database, self._each = bench, database, each
        self._turn = count()

    def run(self, table: str, url: str, client: Client) -> float:
        turn = next(self._turn)

        async def all_clients() -> None:
            async with aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=CLIENTS)) as session:
                await asyncio.gather(*(client(session, turn, number) for number in range(CLIENTS)))

        before = self._count(table)
        found = rate(CLIENTS * self._each, lambda: self._bench.run(all_clients()))
        expect(f"rows in {table}", self._count(table) - before, CLIENTS * self._each)
        return found

    def commands(self, token: str) -> Client:
        async def client(session: aiohttp.ClientSession, turn: int, number: int) -> None:
            for n in range(self._each):
                stream = f"{DISTRICT}-A-{turn}-{number}-{n // LENGTH}"
                opening = n % LENGTH == 0
                path = f"/api/bank/accounts/{stream}/{'open' if opening else 'deposit'}"
                body = {"owner": "模拟数据 甲有限公司"} if opening else {"amount": "12.50"}
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"bench-{turn}-{number}-{n}"}
                await _sent(session, path, body, headers)

        return client

    async def rows(self, session: aiohttp.ClientSession, turn: int, number: int) -> None:
        for n in range(self._each):
            await _sent(session, f"/rows/{DISTRICT}-A-{turn}-{number}-{n // LENGTH}",
                        {"version": n % LENGTH + 1, "amount": "12.50"}, {})  # fmt: skip

    def _count(self, table: str) -> int:
        with self._database.as_owner() as connection:
            (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            return int(str(found))


async def _sent(session: aiohttp.ClientSession, path: str, body: dict[str, object], headers: dict[str, str]) -> None:
    async with session.post(path, json=body, headers=headers) as answer:
        text = await answer.text()
        if answer.status not in (200, 201):
            raise WrongResult(f"{path}: {answer.status} {text[:500]}")


@contextmanager
def _process(kind: str, database: Database, issuer: str) -> Iterator[str]:
    """The URL of a process that answers; ended with the block."""
    bind = f"127.0.0.1:{free_port()}"
    env = {name: value for name, value in os.environ.items() if not name.startswith("SEVENX_")}
    env |= {
        "SEVENX_DISTRICT": DISTRICT,
        "SEVENX_ROLE": "api",
        "SEVENX_BIND": bind,
        "SEVENX_DATABASE": database.app_url,
        "SEVENX_KAFKA": "127.0.0.1:1",  # the API role speaks to no broker
        "SEVENX_ISSUER": issuer,
        "SEVENX_JWKS_URL": f"{issuer}/jwks",
        "BENCH_ROW_SIZE": str(ROW_SIZE),
    }
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.http_process", kind], cwd=ROOT, env=env)
    try:
        _wait_ready(process, f"http://{bind}/readyz")
        yield f"http://{bind}"
    finally:
        process.terminate()
        process.wait(30)


def _wait_ready(process: subprocess.Popen[bytes], url: str) -> None:
    import httpx

    until = time.monotonic() + _WITHIN
    while True:
        try:
            if httpx.get(url, trust_env=False, timeout=2).is_success:
                return
        except httpx.HTTPError:
            pass
        if process.poll() is not None or time.monotonic() > until:
            raise WrongResult(f"{url} does not answer")
        time.sleep(0.05)
