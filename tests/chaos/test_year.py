"""Chaos over the whole year: all that the demonstration does, while services and stores are killed at random."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from sevenx.declaration import services
from sevenx.demo.client import Command, Gateway
from sevenx.demo.plan import Plan
from sevenx.demo.play import Play
from sevenx.demo.run import play_scenario
from sevenx.demo.scenario import Scenario
from sevenx.kernel.envelope import command_id
from tests.chaos.books import Books
from tests.chaos.clients import Given, Ledger
from tests.chaos.killer import Killer, plan
from tests.chaos.survival import told
from tests.chaos.system import WholeSystem, verified, whole_system

AREAS = tuple(one.area for one in services())
_PATIENCE = 120.0
"""Seconds for which a command is sent again, always with its own key."""


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(1, 11))
def test_the_year_is_whole_whatever_is_killed(tmp_path: Path, seed: int) -> None:
    ledger = Ledger()
    with whole_system(tmp_path / "home") as system:
        killer = Killer(system, plan(seed, AREAS, kills=60, commands=(80, 200)), ledger)
        with told(seed, killer, ledger):
            before = Books.of(system.home)
            asyncio.run(year(system, killer, ledger))
            system.wait_ready()
            asyncio.run(settle(system))
            books = Books.of(system.home)
            books.nothing_acknowledged_is_lost_and_nothing_was_done_twice(ledger, before)
            repeats = books.the_bus_holds_the_logs()
            books.nothing_is_parked_or_waits()
            report = verified(system)
    assert len(killer.done) >= 20
    assert (report["problems"], report["events"], report["duplicates"]) == (0, books.events, repeats), report
    assert {area: answer["equal"] for area, answer in report["projections"].items()} == dict.fromkeys(AREAS, True)
    assert all(seal["holds"] for seal in report["seals"])


async def year(system: WholeSystem, killer: Killer, ledger: Ledger) -> None:
    """Play the year; the killing begins with the first command and ends with the last."""

    def enter(command: Command, answer: Any) -> None:
        """An import touches many streams and answers for none of them: the books hold it as it is."""
        if "id" in answer:
            named = (answer["position"], answer["id"], tuple(answer["events"]))
            ledger.enter(Given(command.subject, command.key, command.path, command.body, *named))
        else:
            ledger.unnamed.add((command.path.split("/")[1], command_id(command.subject, command.key)))

    again = range(500, 600)
    async with Gateway(system.home, "year", _PATIENCE, again, enter) as gateway:
        killing = asyncio.create_task(killer.run())
        try:
            await play_scenario(gateway, Console(file=StringIO()), Plan.of(Scenario.named("year")))
        finally:
            killing.cancel()
            with suppress(asyncio.CancelledError):
                await killing


async def settle(system: WholeSystem) -> None:
    async with Gateway(system.home, "settle", _PATIENCE) as gateway:
        await Play(gateway).settle_all()
