"""What the reader's watchdog takes for a topic cut short, and what it does not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sevenx.kernel import watchdog
from sevenx.kernel.batch_reader import Extent
from sevenx.kernel.errors import BrokenTopic
from sevenx.kernel.lag import Progress
from sevenx.kernel.records import Place
from sevenx.kernel.watchdog import Watchdog

PLACE = ("410804.registry.events", 1)


async def halted(monkeypatch: pytest.MonkeyPatch, progress: Progress, end: int, meanwhile: int | None) -> list[str]:
    """What the watchdog halts for when the broker answers `end`, and the reader reaches `meanwhile` before the answer
    is there."""

    class Answer:
        def __init__(self, _: Any) -> None: ...

        def extents(self, _: Any) -> dict[Place, Extent]:
            if meanwhile is not None:
                progress.advance({PLACE: meanwhile}, {})
            return {PLACE: Extent("id", 0, end)}

    said: list[str] = []

    async def halt(error: BrokenTopic) -> None:
        said.append(str(error))

    monkeypatch.setattr(watchdog, "Cluster", Answer)
    side: Any = SimpleNamespace(kafka={}, topics=(PLACE[0],))
    await Watchdog(side, progress, 60, said.append, halt)._look()
    return said


@pytest.fixture
def progress() -> Progress:
    made = Progress()
    made.assign({PLACE: 5})
    made.running = True
    return made


async def test_a_reader_that_goes_on_while_the_end_is_asked_for_is_not_told_that_the_topic_was_cut(
    monkeypatch: pytest.MonkeyPatch, progress: Progress
) -> None:
    assert await halted(monkeypatch, progress, end=6, meanwhile=9) == []


async def test_an_end_before_what_had_been_read_means_that_the_topic_was_cut(
    monkeypatch: pytest.MonkeyPatch, progress: Progress
) -> None:
    assert await halted(monkeypatch, progress, end=4, meanwhile=None) != []
