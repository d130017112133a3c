"""Writing: a command becomes events once, whatever fails, and in the order of its stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest

from sevenx.kernel.clock import wall_now
from sevenx.kernel.desk import ReactionDesk
from sevenx.kernel.envelope import GENESIS, PREV
from sevenx.kernel.errors import Problem
from sevenx.kernel.event_store import NewEvent
from sevenx.kernel.handler import CommandHandler
from sevenx.kernel.testing.sample import ACCOUNT, Deposit, Open, Withdraw, sample_catalog
from sevenx.kernel.topics import PARTITIONS, partition_of
from tests.conftest import Database, SharedPostgres
from tests.integration.writing import bank, bank_database, context, on


@pytest.fixture
def database(postgres: SharedPostgres) -> Database:
    return bank_database(postgres)


async def test_the_events_of_a_stream_are_chained_by_the_hash_of_their_bytes(database: Database) -> None:
    async with bank(database) as handler:
        await handler.handle(on("410804-A-1", Open("甲")), context("1"))
        await handler.handle(on("410804-A-1", Deposit(Decimal("10.50"))), context("2"))
    with psycopg.connect(database.app_url) as connection:
        rows = connection.execute("SELECT value, sha256(value) FROM log.events ORDER BY version").fetchall()
    assert [bytes(rows[0][0])[PREV], bytes(rows[1][0])[PREV]] == [GENESIS, bytes(rows[0][1])]


async def test_the_same_key_gives_the_same_answer_and_one_event(database: Database) -> None:
    async with bank(database) as handler:
        await handler.handle(on("410804-A-1", Open("甲")), context("open"))
        first = await handler.handle(on("410804-A-1", Deposit(Decimal(5))), context("pay", "body"))
        again = await handler.handle(on("410804-A-1", Deposit(Decimal(5))), context("pay", "body"))
        state, version = await handler.state(ACCOUNT, "410804-A-1")
    assert (first.position, first.events) == (again.position, again.events)
    assert (again.replayed, version, state.balance) == (True, 2, Decimal(5))


async def test_the_same_key_with_another_body_is_a_conflict(database: Database) -> None:
    async with bank(database) as handler:
        await handler.handle(on("410804-A-1", Open("甲")), context("key", "one"))
        with pytest.raises(Problem) as refused:
            await handler.handle(on("410804-A-1", Open("甲")), context("key", "another"))
    assert (refused.value.status, refused.value.code) == (409, "idempotency-key-reused")


async def test_a_command_on_a_stale_version_is_refused_with_both_versions(database: Database) -> None:
    async with bank(database) as handler:
        opened = await handler.handle(on("410804-A-1", Open("甲")), context("open"))
        await handler.handle(on("410804-A-1", Deposit(Decimal(5))), context("pay"))
        seen = replace(context("take"), expected=opened.position)
        with pytest.raises(Problem) as refused:
            await handler.handle(on("410804-A-1", Withdraw(Decimal(5))), seen)
        assert refused.value.status == 412
        assert refused.value.details == {"expected": "bank/410804-A-1@1", "stands": "bank/410804-A-1@2"}
        fresh = replace(context("take"), expected="bank/410804-A-1@2")
        taken = await handler.handle(on("410804-A-1", Withdraw(Decimal(5))), fresh)
        again = await handler.handle(on("410804-A-1", Withdraw(Decimal(5))), fresh)
    assert taken.events == ("Withdrawn",)
    assert again.replayed, "the same command sent again is answered, not refused, though the stream has moved on by it"


async def test_a_rejection_is_not_remembered(database: Database) -> None:
    async with bank(database) as handler:
        await handler.handle(on("410804-A-1", Open("甲")), context("open"))
        with pytest.raises(Problem):
            await handler.handle(on("410804-A-1", Withdraw(Decimal(1))), context("take"))
        await handler.handle(on("410804-A-1", Deposit(Decimal(1))), context("give"))
        assert (await handler.handle(on("410804-A-1", Withdraw(Decimal(1))), context("take"))).events == ("Withdrawn",)


async def test_two_processes_that_write_to_one_stream_end_in_a_serial_order(database: Database) -> None:
    async with bank(database) as one, bank(database) as other:
        await one.handle(on("410804-A-1", Open("甲")), context("open"))
        deposits = [
            (one if n % 2 else other).handle(on("410804-A-1", Deposit(Decimal(1))), context(f"pay-{n}"))
            for n in range(40)
        ]
        answers = await asyncio.gather(*deposits, return_exceptions=True)
        accepted = [answer for answer in answers if not isinstance(answer, BaseException)]
        state, version = await one.state(ACCOUNT, "410804-A-1")
    assert all(isinstance(a, Problem) and a.code == "concurrent-change" for a in answers if isinstance(a, Exception))
    assert accepted
    assert (version, state.balance) == (1 + len(accepted), Decimal(len(accepted)))


@asynccontextmanager
async def overtaken(database: Database, races: int) -> AsyncIterator[tuple[CommandHandler, CommandHandler]]:
    """An account and two processes: just before each of its first appends the slow one is overtaken by the other."""
    async with bank(database) as slow, bank(database) as fast:
        await slow.handle(on("410804-A-1", Open("甲")), context("open"))
        append, lost = slow._store.append, iter(range(races))

        async def after_the_other(events: list[NewEvent]) -> None:
            if (number := next(lost, None)) is not None:
                await fast.handle(on("410804-A-1", Deposit(Decimal(1))), context(f"fast {number}"))
            await append(events)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(slow._store, "append", after_the_other)
            yield slow, fast


async def test_a_command_that_loses_eight_races_is_carried_out(database: Database) -> None:
    async with overtaken(database, races=8) as (slow, fast):
        assert (await slow.handle(on("410804-A-1", Deposit(Decimal(100))), context("slow"))).events == ("Deposited",)
        assert (await fast.state(ACCOUNT, "410804-A-1"))[0].balance == 108


async def test_a_command_that_loses_every_race_is_refused_with_nothing_done_and_may_be_given_again(
    database: Database,
) -> None:
    async with overtaken(database, races=9) as (slow, fast):
        with pytest.raises(Problem) as refused:
            await slow.handle(on("410804-A-1", Deposit(Decimal(100))), context("slow"))
        assert (refused.value.status, refused.value.code) == (409, "concurrent-change")
        assert (await fast.state(ACCOUNT, "410804-A-1"))[0].balance == 9
        again = await slow.handle(on("410804-A-1", Deposit(Decimal(100))), context("slow"))
        assert (again.events, again.replayed) == (("Deposited",), False)


async def test_many_commands_at_once_share_commits_and_lose_none(database: Database) -> None:
    async with bank(database) as handler:
        await asyncio.gather(
            *(handler.handle(on(f"410804-A-{n}", Open("甲")), context(f"open-{n}")) for n in range(200))
        )
        answers = await asyncio.gather(
            *(handler.handle(on(f"410804-A-{n % 200}", Deposit(Decimal(1))), context(f"p-{n}")) for n in range(400)),
            return_exceptions=True,
        )
    refused = [a for a in answers if isinstance(a, BaseException)]
    with psycopg.connect(database.app_url) as connection:
        count = connection.execute("SELECT count(*) FROM log.events").fetchone()
        waiting = connection.execute("SELECT count(*) FROM log.outbox").fetchone()
    assert count == waiting == (600 - len(refused),)


async def test_the_service_may_add_events_and_never_change_or_delete_them(database: Database) -> None:
    async with bank(database) as handler:
        await handler.handle(on("410804-A-1", Open("甲")), context("open"))
    with psycopg.connect(database.app_url, autocommit=True) as connection:
        for forbidden in ("UPDATE log.events SET version = 9", "DELETE FROM log.events", "TRUNCATE log.events"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden.encode())


async def test_several_streams_are_written_together_or_not_at_all(database: Database) -> None:
    async with bank(database) as handler:
        work = [*on("410804-A-1", Open("甲")), *on("410804-A-2", Withdraw(Decimal(1)))]
        with pytest.raises(Problem):
            await handler.handle(work, context("both"))
        assert (await handler.state(ACCOUNT, "410804-A-1"))[1] == 0
        outcome = await handler.handle([*on("410804-A-1", Open("甲")), *on("410804-A-2", Open("乙"))], context("both"))
    assert outcome.events == ("Opened", "Opened")


async def test_the_positions_answered_cover_every_stream_one_for_each_partition(database: Database) -> None:
    """A reader takes each partition in order: with the last event of the command in each it has read them all."""
    streams = [f"410804-A-{n}" for n in range(40)]
    work = [one for stream in streams for one in (*on(stream, Open("甲")), *on(stream, Deposit(Decimal(1))))]
    async with bank(database) as handler:
        given = await handler.handle(work, context("all"))
        again = await handler.handle(work, context("all"))
        nothing = await handler.handle(on(streams[0], Open("甲")), context("nothing"))
    last = {partition_of(stream): f"bank/{stream}@2" for stream in streams}
    assert len(last) == PARTITIONS
    assert given.after == again.after
    assert set(given.after) == set(last.values())
    assert (nothing.events, nothing.after) == ((), (f"bank/{streams[0]}@2",))


async def test_a_reaction_that_runs_again_adds_nothing_to_what_it_gave_together(database: Database) -> None:
    """After a crash the roster may name others: what was committed for the event stands, and nothing joins it."""
    streams, before = [f"410804-A-{n}" for n in range(3)], wall_now()
    async with bank(database) as handler:
        desk = ReactionDesk(handler, "open", b"cause")
        assert await desk.give_all([(ACCOUNT, stream, Open("甲")) for stream in streams[:2]]) == 2
        assert await desk.give_all([(ACCOUNT, streams[0], Deposit(Decimal(5)))]) == 1
        assert await desk.give_all([]) == 0
        assert desk.now() >= before
    async with bank(database) as afresh:
        again = ReactionDesk(afresh, "open", b"cause")
        assert await again.give_all([(ACCOUNT, stream, Open("甲")) for stream in streams]) == 0
        assert await again.give_all([(ACCOUNT, streams[0], Deposit(Decimal(5)))]) == 0
        found = await afresh.states([(ACCOUNT, stream) for stream in streams])
        assert [one.balance for one in found.values()] == [Decimal(5), Decimal(0), Decimal(0)]
        assert found[streams[2]].owner is None, "one that was not there the first time is not added"
        other = ReactionDesk(afresh, "open", b"another cause")
        refused = [(ACCOUNT, streams[2], Open("丙")), (ACCOUNT, streams[1], Withdraw(Decimal(1)))]
        assert await other.give_all(refused) == 0, "a refusal of one is a refusal of all"
        assert (await afresh.state(ACCOUNT, streams[2]))[1] == 0


async def test_the_states_of_many_streams_are_read_at_once_and_its_streams_are_found(database: Database) -> None:
    async with bank(database) as handler:
        for n in range(3):
            await handler.handle(on(f"410804-A-{n}", Open(f"户{n}")), context(f"open-{n}"))
    async with bank(database) as afresh:
        found = await afresh.states([(ACCOUNT, f"410804-A-{n}") for n in range(4)])
        assert [found[f"410804-A-{n}"].owner for n in range(4)] == ["户0", "户1", "户2", ACCOUNT.initial.owner]
        assert await afresh.streams("410804-A-") == ["410804-A-0", "410804-A-1", "410804-A-2"]
        assert await afresh.streams("410804-B-") == []


async def test_what_a_command_answered_and_caused_can_be_asked_for_later(database: Database) -> None:
    async with bank(database) as handler:
        assert await handler.earlier(context("open")) is None
        given = await handler.handle(on("410804-A-1", Open("甲")), context("open", "body"))
        found = await handler.earlier(context("open", "body"))
        assert found is not None
        assert (found[0].position, [event.name for event in found[1]]) == (given.position, ["Opened"])
        with pytest.raises(Problem) as refused:
            await handler.earlier(context("open", "another"))
    assert refused.value.code == "idempotency-key-reused"


def test_what_is_stored_is_what_the_codec_reads(database: Database) -> None:
    async def write() -> None:
        async with bank(database) as handler:
            await handler.handle(on("410804-A-1", Open("甲")), context("open"))

    asyncio.run(write())
    with psycopg.connect(database.app_url) as connection:
        row = connection.execute("SELECT value FROM log.events").fetchone()
    assert row is not None
    event = sample_catalog().decode("bank", bytes(row[0]))
    assert (event.name, event.data, event.meta.actor) == ("Opened", {"owner": "甲"}, "410804-N-tester")
