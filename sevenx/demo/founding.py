"""The first day: the notice's own roster, the fictional cast in every post that acts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable

from rich.console import Console

from sevenx.cli.roster import table
from sevenx.demo.cast import Cast
from sevenx.demo.client import Gateway
from sevenx.demo.district import CALENDARS, ROSTER, texts
from sevenx.demo.scenario import Person, Scenario

_AT_ONCE = 16


async def found(gateway: Gateway, scenario: Scenario) -> None:
    """Import the roster of the notice, and found the deployment with simulated time."""
    body = {
        "files": texts(ROSTER),
        "calendars": texts(CALENDARS),
        "genesis": {"clock": "simulated", "simulated_from": scenario.simulated_from.isoformat()},
    }
    await gateway.as_("operator").post("/registry/roster/import", body)


async def show_roster(gateway: Gateway, console: Console) -> None:
    """Print the groups as the notice has them."""
    office = gateway.as_("operator")
    console.print(table(await office.get("/registry/districts/current"), await office.get("/registry/groups")))


async def appoint_the_cast(gateway: Gateway, scenario: Scenario, cast: Cast) -> None:
    """Fictional persons take over every post, so that no official of the notice acts."""
    office = gateway.as_("district_office")

    async def appoint(one: Person) -> None:
        basis = scenario.basis
        await office.post("/registry/people", {"id": one.id, "zh": one.zh, "en": one.en, "basis": basis})
        of = f"groups/410804-G-{one.group}" if one.group else f"units/{one.unit}"
        body = {"person": one.id, "effective": scenario.posts_from.isoformat(), "basis": basis}
        await office.post(f"/registry/{of}/{one.post}", body)

    await together(appoint(one) for one in cast.people)


async def together(doings: Iterable[Awaitable[None]]) -> None:
    """All of them, a few at the same time."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one_of(doing: Awaitable[None]) -> None:
        async with gate:
            await doing

    async with asyncio.TaskGroup() as tasks:
        for doing in doings:
            tasks.create_task(one_of(doing))
