"""Two processes write to one stream at once: what stands in the log is what some serial order would have caused."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg_pool import AsyncConnectionPool

from services.projects.deciders import PROJECT, PROTECTION
from services.projects.domain.project import commands as c
from services.projects.domain.values import Referee, Stage, Status
from sevenx.kernel.avro import catalog
from sevenx.kernel.clock import wall_now
from sevenx.kernel.decider import Decider
from sevenx.kernel.envelope import uuid7
from sevenx.kernel.errors import Problem, Rejection
from sevenx.kernel.event_store import EventStore
from sevenx.kernel.event_types import from_record
from sevenx.kernel.handler import CommandHandler, Context, Work
from sevenx.kernel.migrations import migrate
from tests.conftest import Database, SharedPostgres
from tests.unit.projects import protections, stories
from tests.unit.projects.stories import BODIES, CHECKER, COMMERCE, TODAY, ZONE, claim, sha, voucher

AREA = "projects"
RUNS = count(1)
NUMBERS = st.integers(1, 3)
AMOUNTS = st.integers(1, 6).map(lambda n: Decimal(n) * 10_000_000)
OFFICER = "410804-N-officer"
BUREAU = Referee.COMMERCE_BUREAU

OF_A_PROJECT = st.one_of(
    st.builds(lambda n: claim(claimant=ZONE, vouchers=(voucher(str(n)),)), NUMBERS),
    st.builds(lambda n, amount: c.CheckFunds(n, amount, BUREAU, TODAY, CHECKER, "核减"), NUMBERS, AMOUNTS),
    st.builds(
        lambda n, amount: c.RecogniseFunds(
            n, amount, BODIES, BODIES, COMMERCE, sha("minutes"), BUREAU, TODAY, OFFICER, "核减"
        ),
        NUMBERS,
        AMOUNTS,
    ),
    st.builds(lambda n, amount: c.ReverseFunds(n, amount, "回流", BUREAU, TODAY, OFFICER), NUMBERS, AMOUNTS),
    st.just(stories.start_construction()),
    st.builds(
        lambda status: c.ChangeStatus(status, TODAY, "市场变化", TODAY, CHECKER),
        st.sampled_from([Status.DELAYED, Status.ACTIVE, Status.TERMINATED]),
    ),
)
OF_AN_INVESTOR = st.one_of(
    st.sampled_from([protections.report(one) for one in protections.UNITS]),
    st.sampled_from([protections.give_up(lead=one) for one in protections.UNITS]),
    st.just(protections.extend()),
)


@dataclass(frozen=True)
class Case:
    """A kind of stream: how it begins, and what its writers ask."""

    decider: Decider[Any]
    begins: Sequence[Any]
    asked: st.SearchStrategy[Any]


CASES = {
    "a project": Case(PROJECT, [one() for one in stories.WAY[: Stage.LANDED.rank + 1]], OF_A_PROJECT),
    "an investor": Case(PROTECTION, [], OF_AN_INVESTOR),
}


@dataclass(frozen=True)
class Done:
    """What became of a command: it caused the stream's events from version `first` + 1 to `last`, or was refused."""

    command: Any
    first: int = 0
    last: int = 0
    refused: str = ""

    @property
    def caused(self) -> int:
        return self.last - self.first


@pytest.fixture(scope="module")
def database(postgres: SharedPostgres) -> Database:
    made = postgres.create_database("serial")
    migrate(made.owner_url, AREA, made.app_role)
    return made


@pytest.mark.parametrize("kind", CASES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_interleaving_of_two_writers_ends_as_some_serial_order(
    database: Database, kind: str, data: st.DataObject
) -> None:
    """Invariant of registry and projects: one active protection, one voucher once, no funds below zero, whoever else
    writes at that moment."""
    case = CASES[kind]
    writers = [data.draw(st.lists(case.asked, min_size=2, max_size=8), label=f"writer {n}") for n in (1, 2)]
    stream = f"410804-{'P' if kind == 'a project' else 'V'}-2026-{next(RUNS):06d}"
    found, log = asyncio.run(_race(database, case, stream, writers))
    _is_serial(case, found, log)


async def _race(
    database: Database, case: Case, stream: str, writers: Sequence[Sequence[Any]]
) -> tuple[list[list[Done]], list[Any]]:
    """Each writer gives its commands in order, at the same time as the other, through a handler of its own."""
    pools = [AsyncConnectionPool(database.app_url, min_size=1, open=False, kwargs={"autocommit": True}) for _ in "12"]
    for pool in pools:
        await pool.open(wait=True)
    try:
        handlers = [CommandHandler(EventStore(p, catalog(), AREA), catalog(), AREA, "410804", wall_now) for p in pools]
        for number, command in enumerate(case.begins):
            await _give(handlers[0], case.decider, stream, command, f"{stream} begins {number}")
        found = await asyncio.gather(
            *(
                _work(handler, case.decider, stream, commands, f"{stream} {number}")
                for number, (handler, commands) in enumerate(zip(handlers, writers, strict=True))
            )
        )
        classes = {one.__name__: one for one in case.decider.events}
        history = (await handlers[0].history([stream]))[stream]
        return list(found), [from_record(classes[one.name])(one.data) for one in history]
    finally:
        for pool in pools:
            await pool.close()


async def _work(
    handler: CommandHandler, decider: Decider[Any], stream: str, commands: Sequence[Any], key: str
) -> list[Done]:
    return [await _give(handler, decider, stream, one, f"{key} {number}") for number, one in enumerate(commands)]


async def _give(handler: CommandHandler, decider: Decider[Any], stream: str, command: Any, key: str) -> Done:
    """Who loses every race is told so and has done nothing; as any client would, it gives the command again."""
    context = Context(OFFICER, hashlib.sha256(key.encode()).digest(), uuid7())
    try:
        outcome = await handler.handle([Work(decider, stream, command)], context)
    except Problem as problem:
        if problem.code == "concurrent-change":
            return await _give(handler, decider, stream, command, key)
        return Done(command, refused=problem.code)
    last = int(outcome.position.partition("@")[2])
    return Done(command, last - len(outcome.events), last)


def _is_serial(case: Case, found: Sequence[Sequence[Done]], log: Sequence[Any]) -> None:
    """The commands that caused events, one after the other as these stand in the log, cause the same events again; each
    other command is answered so at some point between its writer's own."""
    states = [case.decider.initial]
    for event in log:
        states.append(case.decider.evolve(states[-1], event))
    for writer in found:
        at = 0
        for number, done in enumerate(writer):
            if done.caused:
                assert done.first >= at, "a writer's commands stand in their order"
                assert case.decider.decide(done.command, states[done.first]) == log[done.first : done.last]
                at = done.last
                continue
            until = next((one.first for one in writer[number:] if one.caused), len(log))
            answers = [case.decider.decide(done.command, state) for state in states[at : until + 1]]
            assert done.refused in {one.code if isinstance(one, Rejection) else "" for one in answers if _nothing(one)}


def _nothing(answer: Any) -> bool:
    """Whether a decision causes nothing."""
    return isinstance(answer, Rejection) or not answer
