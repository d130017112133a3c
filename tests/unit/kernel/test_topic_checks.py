"""What makes a topic another than the one that was read."""

from __future__ import annotations

import pytest

from sevenx.kernel.batch_reader import Extent
from sevenx.kernel.errors import BrokenTopic
from sevenx.kernel.read_store import Checkpoint
from sevenx.kernel.topic_checks import check_extents

PLACE = ("410804.bank.events", 3)
READ_TO_FIVE = {PLACE: Checkpoint(5, "id-1", bytes(32))}


@pytest.mark.parametrize("extent", [Extent("id-1", 0, 5), Extent("id-1", 0, 9), Extent("id-1", 5, 9)])
def test_a_topic_that_still_has_what_comes_next_is_read_on(extent: Extent) -> None:
    check_extents(READ_TO_FIVE, {PLACE: extent})


@pytest.mark.parametrize(
    ("extents", "why"),
    [
        ({}, "is gone"),
        ({PLACE: Extent("id-2", 0, 5)}, "was made anew"),
        ({PLACE: Extent("id-1", 0, 4)}, "was cut short: it ends at 4, read was up to 5"),
        ({PLACE: Extent("id-1", 6, 9)}, "was cut: it begins at 6, read was up to 5"),
    ],
)
def test_a_topic_that_is_another_or_lacks_records_is_broken(extents: dict[tuple[str, int], Extent], why: str) -> None:
    with pytest.raises(BrokenTopic, match=why):
        check_extents(READ_TO_FIVE, extents)
