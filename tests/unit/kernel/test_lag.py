"""When a reader stands still: only while there is something to read."""

from __future__ import annotations

import pytest

from sevenx.kernel import lag
from sevenx.kernel.lag import Progress

PLACE = ("410804.registry.events", 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The monotonic clock: its one element, in seconds."""
    now = [1000.0]
    monkeypatch.setattr(lag.time, "monotonic", lambda: now[0])
    return now


def test_an_idle_reader_does_not_stand_still_when_the_first_record_comes(clock: list[float]) -> None:
    progress = Progress()
    progress.assign({PLACE: 0})
    for _ in range(100):
        clock[0] += 1
        progress.seen({PLACE: 0})
    clock[0] += 1
    progress.seen({PLACE: 5})
    assert progress.standing() == {PLACE: 1.0}


def test_a_reader_that_does_not_move_stands_still_since_something_was_there(clock: list[float]) -> None:
    progress = Progress()
    progress.assign({PLACE: 0})
    progress.seen({PLACE: 5})
    clock[0] += 31
    progress.seen({PLACE: 6})
    assert progress.standing() == {PLACE: 31.0}
    progress.advance({PLACE: 3}, {})
    clock[0] += 2
    assert progress.standing() == {PLACE: 2.0}
