"""Every event of every area goes through its schema and comes back as it was."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sevenx.cli.schemas import declared_events
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import GENESIS, Meta, uuid7
from sevenx.kernel.event_types import from_record
from sevenx.kernel.types import DecimalType

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
}


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, or instances of an event."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{one.name: _values(hints[one.name]) for one in fields(hint)})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    for mark in getattr(hint, "__metadata__", ()):
        if isinstance(mark, DecimalType):
            largest = 10 ** (mark.precision - mark.scale) - 1
            return st.decimals(-largest, largest, places=mark.scale)
    arguments = get_args(hint)
    if type(None) in arguments:
        return st.none() | _values(arguments[0])
    return st.lists(_values(arguments[0]), max_size=2).map(tuple)


EVENTS = list(declared_events())


@pytest.mark.parametrize(("area", "kind"), EVENTS, ids=lambda one: one if isinstance(one, str) else one.__name__)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_an_event_comes_back_from_the_bus_as_it_was_written(area: str, kind: type, data: st.DataObject) -> None:
    """Architecture, «The event on the wire»."""
    event = data.draw(_values(kind))
    stream, now = "410804-A-2026-0001", datetime(2026, 8, 25, 9, 1, 2, 3, tzinfo=UTC)
    meta = Meta(GENESIS, uuid7(), 1, "410804", stream, now, now, "410804-N-a", None, bytes(32), bytes(16), None)
    writer = "registry" if area == "kernel" else area
    read = catalog().decode(writer, catalog().encode(writer, event, meta))
    assert (read.name, read.stream) == (kind.__name__, stream)
    assert from_record(kind)(read.data) == event


def test_every_event_belongs_to_one_area_and_has_a_name_of_its_own() -> None:
    names = [kind.__name__ for _, kind in EVENTS]
    assert sorted(set(names)) == sorted(names)
