"""Long work leaves the event loop to others; work that is short does not."""

from __future__ import annotations

import asyncio
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.slices import Slices


async def turns_of_others(items: int, seconds: float) -> int:
    """How often another task has its turn while so many items are worked on, by a clock that goes on by a second
    whenever it is looked at."""
    turns, ticks = 0, count()
    over = asyncio.Event()

    async def another() -> None:
        nonlocal turns
        while not over.is_set():
            turns += 1
            await asyncio.sleep(0)

    waiting = asyncio.create_task(another())
    slices = Slices(seconds, lambda: float(next(ticks)))
    for _ in range(items):
        await slices.give_way()
    over.set()
    meanwhile = turns
    await waiting
    return meanwhile


@given(items=st.integers(0, 60), seconds=st.integers(1, 100))
def test_others_have_a_turn_after_each_slice_and_none_where_the_work_is_short(items: int, seconds: int) -> None:
    """Invariant: so many turns as there are whole slices."""
    turns = asyncio.run(turns_of_others(items, seconds))
    assert turns == items // seconds
