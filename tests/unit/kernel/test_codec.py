"""Events keep their meaning through their bytes, and broken bytes are named for what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from fastavro import parse_schema, schemaless_reader, schemaless_writer
from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.avro import catalog
from sevenx.kernel.clock import wall_now
from sevenx.kernel.envelope import GENESIS, ID, MARKER, PREV, Meta, uuid7
from sevenx.kernel.errors import MalformedRecord
from sevenx.kernel.event_types import from_record, schema_of, to_record
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.types import Money, Ratio


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Part:
    """A part."""

    name: str
    share: Ratio


@dataclass(frozen=True, slots=True)
class Everything:
    """An event with a field of every type that is allowed."""

    text: str
    number: int
    yes: bool
    amount: Money
    day: date
    at: datetime
    colour: Colour
    parts: tuple[Part, ...]
    names: tuple[str, ...]
    note: str | None = None
    spare: Part | None = None


money = st.decimals(-(10**12), 10**12, places=2)
part = st.builds(Part, st.text(max_size=10), st.decimals(0, 1, places=6))
instants = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))
everything = st.builds(
    Everything,
    text=st.text(max_size=20),
    number=st.integers(-(2**63), 2**63 - 1),
    amount=money,
    day=st.dates(date(1970, 1, 1)),
    at=instants,
    colour=st.sampled_from(Colour),
    parts=st.lists(part, max_size=3).map(tuple),
    names=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    note=st.none() | st.text(max_size=5),
    spare=st.none() | part,
)


@given(everything)
def test_an_event_of_every_type_survives_its_bytes(event: Everything) -> None:
    from io import BytesIO

    schema = schema_of(Everything, "sevenx.test")
    parsed = parse_schema({**schema, "fields": schema["fields"][1:]})
    out = BytesIO()
    schemaless_writer(out, parsed, to_record(Everything)(event))
    out.seek(0)
    assert from_record(Everything)(schemaless_reader(out, parsed, None)) == event


def test_an_amount_with_more_digits_than_the_schema_has_is_refused_and_never_rounded() -> None:
    with pytest.raises(ValueError, match="more than 6 digits"):
        to_record(Part)(Part("a", Decimal("0.12345678")))


@dataclass(frozen=True)
class Loose:
    """Not an event: a field may be anything."""

    anything: dict[str, int]


def test_a_field_of_a_type_that_is_not_allowed_is_named() -> None:
    with pytest.raises(TypeError, match="may not be of type"):
        schema_of(Loose, "sevenx.test")


def value() -> bytes:
    now = wall_now()
    meta = Meta(GENESIS, uuid7(), 1, "410804", "410804-PC-x-1", now, now, "a", None, bytes(32), uuid7(), None, {})
    return catalog().encode("projects", PeriodClosed(now, "month", "2026-07", 1), meta)


def test_the_chain_stands_at_fixed_places_of_the_value() -> None:
    bytes_ = value()
    event = catalog().decode("projects", bytes_)
    assert (bytes_[:2], bytes_[PREV], bytes_[ID]) == (MARKER, event.meta.prev, event.meta.id)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda _: b"", "single-object"),
        (lambda v: b"{" + v[1:], "single-object"),
        (lambda v: v[:2] + bytes(8) + v[10:], "no schema has the fingerprint"),
        (lambda v: v[:-1], "does not follow"),
        (lambda v: v + b"\0", "1 bytes follow"),
    ],
)
def test_a_broken_value_says_what_is_wrong(broken: object, says: str) -> None:
    assert callable(broken)
    with pytest.raises(MalformedRecord, match=says):
        catalog().decode("projects", broken(value()))


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_codec_down(junk: bytes) -> None:
    with pytest.raises(MalformedRecord):
        catalog().decode("projects", junk)
    real = value()
    with pytest.raises(MalformedRecord):
        catalog().decode("projects", real[:10] + junk)


def test_ids_sort_by_time_and_are_version_7() -> None:
    first, second = uuid7(), uuid7()
    assert first[:6] <= second[:6]
    assert (first[6] >> 4, first[8] >> 6) == (7, 2)
