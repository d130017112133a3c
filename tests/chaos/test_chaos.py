"""Chaos: clients work through the gateway while parts are killed with SIGKILL at random. Nothing acknowledged is lost,
nothing is done twice, and every read model equals a pure replay."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from sevenx.declaration import services
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
from tests.chaos.clients import Client, Ledger
from tests.chaos.killer import Kill, Killer, plan
from tests.chaos.stories import Cast, Shared, people, projects, reports
from tests.chaos.system import WholeSystem, verified, whole_system

AREAS = tuple(one.area for one in services())
WORK_DAY = date(2026, 7, 10)
THAT_MORNING, AFTER_THE_25TH = (datetime(2026, 7, day, 9, tzinfo=SHANGHAI) for day in (10, 28))


@pytest.mark.xdist_group("whole-system")
def test_nothing_is_lost_or_done_twice_whatever_is_killed(tmp_path: Path) -> None:
    seed = 20200701
    chaos(tmp_path / "home", seed, plan(seed, AREAS, kills=6, commands=(20, 50)), clients=4, least=300)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(1, 11))
def test_ten_runs_of_chaos_in_a_row(tmp_path: Path, seed: int) -> None:
    chaos(tmp_path / "home", seed, plan(seed, AREAS, kills=20, commands=(50, 200)), clients=8, least=2000)


def chaos(folder: Path, seed: int, kills: list[Kill], clients: int, least: int) -> None:
    """One run: found a district, let the clients work until the last kill is done, and close the books."""
    ledger = Ledger()
    with whole_system(folder) as system:
        killer = Killer(system, kills, ledger)
        with told(seed, killer, ledger):
            cast = asyncio.run(prepare(system))
            before = Books.of(system.home)
            asyncio.run(work(system, killer, cast, ledger, clients, least, seed))
            system.wait_ready()
            asyncio.run(settle(system))
            close_the_books(system, ledger, before)
            assert all(system.restarts()[part] for *_, part, _ in killer.done)


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
    tokens = {subject: token(system.home, subject) for subject in cast.subjects()}
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


def close_the_books(system: WholeSystem, ledger: Ledger, before: Books) -> None:
    books = Books.of(system.home)
    books.nothing_acknowledged_is_lost_and_nothing_was_done_twice(ledger, before)
    repeats = books.the_bus_holds_the_logs()
    books.nothing_is_parked_or_waits()
    books.the_read_models_count_what_the_clients_were_promised(ledger)
    report = verified(system)
    assert (report["problems"], report["events"], report["duplicates"]) == (0, books.events, repeats), report
    assert {area: answer["equal"] for area, answer in report["projections"].items()} == dict.fromkeys(AREAS, True)
    assert all(seal["holds"] for seal in report["seals"])
    print(f"{len(ledger.given)} commands, {books.events} events, {repeats} repeats, {report['seals']}")
    print(f"trouble on the way: {dict(ledger.trouble)}; given once more: {ledger.repeated}")


@contextmanager
def told(seed: int, killer: Killer, ledger: Ledger) -> Iterator[None]:
    """A failure carries the seed, the kills and what the clients met."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}; {killer.story()}\n{len(ledger.given)} commands; {dict(ledger.trouble)}")
        raise
