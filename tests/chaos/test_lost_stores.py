"""The operator's way back after a store was lost, by the commands that he types: a PostgreSQL of an older point, and a
Kafka that is gone altogether."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from sevenx.declaration import services, writing_services
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.district import District
from sevenx.demo.founding import appoint_the_cast, found
from sevenx.demo.play import Play
from sevenx.demo.scenario import Scenario
from sevenx.local.home import Home
from sevenx.local.postgres import Postgres
from tests.chaos.system import verified, whole_system

AREAS = tuple(service.area for service in services())


def test_an_older_postgresql_and_then_a_lost_kafka_are_made_whole_again(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    with whole_system(folder) as system:
        asyncio.run(founded(system.home))
        seal = sevenx("seal", folder)
        assert seal.returncode == 0, seal.stderr
        older = rows(system.home, "SELECT max(position) FROM log.events")[0][0]
        asyncio.run(appointed(system.home))
        whole = rows(system.home, "SELECT stream, version, command, ordinal, value FROM log.events")
        refused = sevenx("restore", folder, "registry", "--from-kafka")
        assert (refused.returncode, "stop it first" in refused.stderr) == (1, True)

    forget_after(system.home, older)
    restored = sevenx("restore", folder, "registry", "--from-kafka")
    assert restored.returncode == 0, restored.stderr
    assert f"registry: {len(whole) - older} events of" in restored.stdout
    shutil.rmtree(folder / "kafka" / "data")
    republished = sevenx("republish", folder, *(one.area for one in writing_services()))
    assert republished.returncode == 0, republished.stderr
    assert f"registry: {len(whole)} events wait" in republished.stdout
    assert "projects: reads from the beginning" in republished.stdout

    with whole_system(folder) as system:
        asyncio.run(settled(system.home))
        assert sorted(rows(system.home, "SELECT stream, version, command, ordinal, value FROM log.events")) == sorted(
            whole
        )
        asyncio.run(one_more(system.home))
        report = verified(system)
    assert (report["problems"], report["duplicates"]) == (0, 0), report
    assert {area: answer["equal"] for area, answer in report["projections"].items()} == dict.fromkeys(AREAS, True)
    assert [seal["holds"] for seal in report["seals"]] == [True]


SCENARIO = Scenario.named("month")


async def founded(home: Home) -> None:
    """The notice's roster, read by all."""
    async with Gateway(home, "found") as gateway:
        await found(gateway, SCENARIO)
        await Play(gateway).begin()


async def appointed(home: Home) -> None:
    """The fictional cast in its posts."""
    async with Gateway(home, "appoint") as gateway:
        await appoint_the_cast(gateway, SCENARIO, Cast.of(SCENARIO, District.read()))
        await Play(gateway).settle_all()


async def settled(home: Home) -> None:
    async with Gateway(home, "settle") as gateway:
        await Play(gateway).settle_all()


async def one_more(home: Home) -> None:
    """The system takes commands as before."""
    body = {"id": "410804-N-new-one", "zh": "新某（模拟）", "en": "New (sample)", "basis": "模拟数据"}
    async with Gateway(home, "one-more") as gateway:
        await gateway.as_("district_office").post("/registry/people", body)
        await Play(gateway).settle_all()


def sevenx(verb: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "sevenx.cli", verb, *arguments, "--home", str(home)]
    return subprocess.run(argv, capture_output=True, text=True, timeout=180, check=False)


def rows(home: Home, query: str) -> list[Any]:
    with psycopg.connect(home.database_url("registry"), autocommit=True) as connection:
        return connection.execute(query.encode(), binary=True).fetchall()


def forget_after(home: Home, position: int) -> None:
    """Bring registry's database to an older point: its log, and the read model that it had then (none is needed)."""
    password = home.passwords["postgres/postgres"]
    with (
        Postgres(home.postgres_data, port=home.postgres_port, password=password, log=home.log("postgres")) as server,
        psycopg.connect(server.url("sevenx_registry")) as connection,
    ):
        connection.execute("DELETE FROM log.events WHERE position > %s", (position,))
        connection.execute("DROP SCHEMA read CASCADE")
        connection.execute("DELETE FROM ops.reaction_checkpoint")
