"""Every event of the area comes back from its bytes as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.deciders import DECIDERS
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, uuid7
from sevenx.kernel.event_types import from_record
from tests.unit.projects.strategies import instances

EVENTS = [event for decider in DECIDERS for event in decider.events]
NOW = datetime(2026, 7, 20, 1, 2, 3, 4, tzinfo=UTC)
META = Meta(
    GENESIS, uuid7(), 1, "410804", "410804-P-2026-0001", NOW, NOW, "410804-N-a", None, bytes(32), bytes(16), None
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_an_event_comes_back_as_it_was(event: type, data: st.DataObject) -> None:
    """Architecture, «The event on the wire»."""
    instance = data.draw(instances(event))
    read = catalog().decode("projects", catalog().encode("projects", instance, META))
    assert read.name == event.__name__
    assert from_record(event)(read.data) == instance


def test_every_event_belongs_to_one_aggregate() -> None:
    assert len(set(EVENTS)) == len(EVENTS) > 0
