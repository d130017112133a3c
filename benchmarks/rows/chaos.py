"""Chaos: fifty thousand commands while services, Kafka, PostgreSQL and the gateway are killed at random.

Not a measure of speed: what was acknowledged is held against the owners' logs and the bus, and every read model against
a pure replay.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.harness import Figure, Goal, Series, expect
from sevenx.declaration import services
from tests.chaos.books import Books
from tests.chaos.clients import Ledger
from tests.chaos.killer import plan
from tests.chaos.survival import survive
from tests.chaos.system import verified, whole_system

SEED = 2020
CLIENTS = 16


def measure(bench: Bench) -> Iterator[Figure]:
    """Numbers of commands, and of services."""
    bench.folder.chmod(0o755)
    areas = tuple(one.area for one in services())
    commands, kills = bench.size(50_000, 300), bench.size(60, 4)
    killed = plan(SEED, areas, kills, commands=(commands // kills // 2, commands // kills))
    ledger = Ledger()
    with whole_system(bench.folder / "chaos") as system:
        _, killer = survive(system, ledger, SEED, killed, CLIENTS, commands)
        books = Books.of(system.home)
        books.nothing_is_parked_or_waits()
        lost, repeated = books.lost_and_repeated(ledger)
        repeats = books.the_bus_holds_the_logs()
        report = verified(system)
    expect("kills", len(killer.done), kills)
    expect("problems of the log", report["problems"], 0)
    expect("events verified, and records sent twice", (report["events"], report["duplicates"]), (books.events, repeats))
    given = len(ledger.given)
    bench.say(f"{given:,} commands, {books.events:,} events, {kills} kills, {sum(ledger.trouble.values()):,} retries")
    unequal = sum(not answer["equal"] for answer in report["projections"].values())
    for what, unit, count in (
        (f"acknowledged commands lost, of {given:,} under {kills} kills", "commands", len(lost)),
        ("commands done twice", "commands", len(repeated)),
        ("read models that differ from a pure replay", "services", unequal),
    ):
        yield Figure(what, "", Series(what, unit, (float(count),)), Goal(0, at_least=False))
