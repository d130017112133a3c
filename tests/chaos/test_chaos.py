"""Chaos: clients work through the gateway while parts are killed with SIGKILL at random. Nothing acknowledged is lost,
nothing is done twice, and every read model equals a pure replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevenx.declaration import services
from tests.chaos.books import Books
from tests.chaos.clients import Ledger
from tests.chaos.killer import Kill, plan
from tests.chaos.survival import survive, told
from tests.chaos.system import WholeSystem, verified, whole_system

AREAS = tuple(one.area for one in services())


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
        before, killer = survive(system, ledger, seed, kills, clients, least)
        with told(seed, killer, ledger):
            close_the_books(system, ledger, before)
        assert all(system.restarts()[part] for *_, part, _ in killer.done)


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
