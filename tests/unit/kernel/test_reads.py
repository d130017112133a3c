"""What is kept of an area's facts between two requests, and until when."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from sevenx.kernel.reads import KEPT, KEPT_ALONE, HeadSignal, Reads


class Facts:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def load(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock: its one element, in seconds."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def reads(signal: HeadSignal | None) -> Reads:
    return Reads(create_async_engine("postgresql+psycopg://nowhere"), signal)


async def test_an_answer_is_kept_until_the_area_brings_something_new(clock: list[float]) -> None:
    signal, facts = HeadSignal(), Facts()
    asking = reads(signal)
    assert [await asking.kept("registry", "who", facts.load) for _ in range(3)] == [1, 1, 1]
    signal.announce(["projects.LeadRegistered"])
    assert await asking.kept("registry", "who", facts.load) == 1
    signal.announce(["registry.UnitMerged", "projects.LeadRegistered"])
    assert await asking.kept("registry", "who", facts.load) == 2
    assert await asking.kept("registry", "another", facts.load) == 3


async def test_an_answer_that_follows_from_a_few_events_is_kept_through_all_others(clock: list[float]) -> None:
    signal, facts = HeadSignal(), Facts()
    asking, posts = reads(signal), frozenset({"registry.LeaderAppointed", "registry.LeaderReleased"})
    await asking.kept(posts, "who", facts.load)
    signal.announce(["registry.PersonRegistered", "registry.PersonRegistered"])
    assert await asking.kept(posts, "who", facts.load) == 1
    signal.announce(["registry.PersonRegistered", "registry.LeaderReleased"])
    assert await asking.kept(posts, "who", facts.load) == 2


async def test_what_another_process_has_applied_shows_within_a_second(clock: list[float]) -> None:
    signal, facts = HeadSignal(), Facts()
    asking = reads(signal)
    await asking.kept("registry", "who", facts.load)
    clock[0] += KEPT
    assert await asking.kept("registry", "who", facts.load) == 2


async def test_a_process_that_reads_every_partition_looks_again_seldom(clock: list[float]) -> None:
    signal, facts = HeadSignal(), Facts()
    asking, signal.alone = reads(signal), True
    await asking.kept("registry", "who", facts.load)
    clock[0] += KEPT
    assert await asking.kept("registry", "who", facts.load) == 1
    clock[0] += KEPT_ALONE
    assert await asking.kept("registry", "who", facts.load) == 2


async def test_an_answer_loaded_while_something_new_came_is_not_used_again(clock: list[float]) -> None:
    signal, facts = HeadSignal(), Facts()
    asking = reads(signal)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> int:
        answer = await facts.load()
        begun.set()
        await go_on.wait()
        return answer

    first = asyncio.create_task(asking.kept("registry", "who", slow))
    await begun.wait()
    signal.announce(["registry.UnitMerged"])
    go_on.set()
    assert await first == 1
    assert await asking.kept("registry", "who", facts.load) == 2


async def test_a_process_without_a_reader_keeps_nothing(clock: list[float]) -> None:
    facts, asking = Facts(), reads(None)
    assert [await asking.kept("registry", "who", facts.load) for _ in range(2)] == [1, 2]


def test_the_reader_is_hurried_as_long_as_somebody_waits() -> None:
    signal = HeadSignal()
    with signal.hurry():
        with signal.hurry():
            assert signal.hurried.is_set()
        assert signal.hurried.is_set()
    assert not signal.hurried.is_set()
