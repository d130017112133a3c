"""A command of thousands of events, such as a file that is brought in, lets others be answered in the midst of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sevenx.kernel.decider import Decision
from sevenx.kernel.handler import Work
from sevenx.kernel.testing.sample import ACCOUNT, Deposit, Open
from tests.conftest import SharedPostgres
from tests.integration.writing import bank, bank_database, context, on

MANY = 6_000


async def test_others_are_answered_while_a_long_command_is_decided(postgres: SharedPostgres) -> None:
    """No time is taken: of what happened, the answer stands between the first and the last decision."""
    happened: list[str] = []
    began = asyncio.Event()

    def decide(command: Any, state: Any) -> Decision:
        happened.append("decided")
        began.set()
        return ACCOUNT.decide(command, state)

    async with bank(bank_database(postgres)) as handler:
        await handler.handle(on("410804-A-0", Open("甲")), context("other"))

        async def another() -> None:
            await began.wait()
            await handler.handle(on("410804-A-0", Deposit(Decimal(1))), context("in the midst"))
            happened.append("answered")

        waiting = asyncio.create_task(another())
        slow = replace(ACCOUNT, decide=decide)
        work = [Work(slow, f"410804-A-{n}", Open("乙")) for n in range(1, MANY + 1)]
        outcome = await handler.handle(work, context("long"))
        happened.append("committed")
        await waiting
        assert len(outcome.events) == MANY
        state, version = await handler.state(ACCOUNT, f"410804-A-{MANY}")
        assert (state.owner, version) == ("乙", 1)
    assert happened.count("decided") == MANY, "nothing was decided twice"
    assert happened.index("answered") < MANY, "the other was answered before the last decision"
