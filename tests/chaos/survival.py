"""What every run of chaos does: a district is founded, clients work while parts are killed, and all settles at last."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

from sevenx.demo import cast as demo
from sevenx.demo.client import Gateway
from sevenx.demo.district import District
from sevenx.demo.documents import Evidence
from sevenx.demo.founding import appoint_the_cast, found
from sevenx.demo.play import Play
from sevenx.demo.scenario import Scenario
from sevenx.kernel.clock import SHANGHAI
from sevenx.local.tokens import token
from tests.chaos.books import Books
from tests.chaos.clients import Client, Ledger, Tokens
from tests.chaos.killer import Kill, Killer
from tests.chaos.stories import Cast, Shared, people, projects, reports
from tests.chaos.system import WholeSystem

WORK_DAY = date(2026, 7, 10)
THAT_MORNING, AFTER_THE_25TH = (datetime(2026, 7, day, 9, tzinfo=SHANGHAI) for day in (10, 28))


def survive(
    system: WholeSystem, ledger: Ledger, seed: int, kills: list[Kill], clients: int, least: int
) -> tuple[Books, Killer]:
    """Found a district and let the clients work until the last kill is done, then wait until all is settled; the books
    as they were before the clients came."""
    killer = Killer(system, kills, ledger)
    with told(seed, killer, ledger):
        cast = asyncio.run(prepare(system))
        before = Books.of(system.home)
        asyncio.run(work(system, killer, cast, ledger, clients, least, seed))
        system.wait_ready()
        asyncio.run(settle(system))
    return before, killer


async def prepare(system: WholeSystem) -> Cast:
    """The notice's roster, a fictional cast, the reports of the month; business time stands on a working day."""
    scenario = Scenario.named("month")
    people = demo.Cast.of(scenario, District.read())
    async with Gateway(system.home) as gateway:
        play = Play(gateway)
        await found(gateway, scenario)
        await play.begin()
        await appoint_the_cast(gateway, scenario, people)
        await play.settle()
        await gateway.as_("commerce_bureau").post("/reporting/periods", {"period": scenario.first_period})
        await play.to(THAT_MORNING)
    return Cast(scenario, people, Evidence(), WORK_DAY)


async def work(
    system: WholeSystem, killer: Killer, cast: Cast, ledger: Ledger, clients: int, least: int, seed: int
) -> None:
    """Clients of all kinds at once, until the killer is through and `least` commands are acknowledged; what the
    clients have begun by then they finish."""
    tokens = Tokens(partial(token, system.home))
    stop, shared = asyncio.Event(), Shared()

    def client(name: str) -> Client:
        return Client(name, system.home.gateway_url, tokens, ledger, seed)

    workers = [client(f"worker{n}") for n in range(clients)]
    drafter, registrar = client("drafter"), client("registrar")
    try:
        async with asyncio.TaskGroup() as tasks:
            for worker in workers:
                tasks.create_task(projects(worker, cast, shared, stop))
            tasks.create_task(reports(drafter, cast, stop))
            tasks.create_task(people(registrar, stop))
            await killer.run()
            await ledger.reached(least)
            stop.set()
    finally:
        for one in (*workers, drafter, registrar):
            await one.close()


async def settle(system: WholeSystem) -> None:
    """Until all outboxes and reaction queues are empty and every reader stands at the end; then the month closes, which
    is decided, frozen and sealed by what survived, and settles again."""
    async with Gateway(system.home) as gateway:
        play = Play(gateway)
        await play.settle_all()
        await play.to(AFTER_THE_25TH)
        await play.settle_all()


@contextmanager
def told(seed: int, killer: Killer, ledger: Ledger) -> Iterator[None]:
    """A failure carries the seed, the kills and what the clients met."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}; {killer.story()}\n{len(ledger.given)} commands; {dict(ledger.trouble)}")
        raise
