"""A history of the sample bank as it would lie on the bus: valid chains, real schemas, real headers, made quickly.

A year of a district is some 20,000 events in 1,000 streams, so a history comes in cohorts: the streams of a cohort grow
side by side, then the next cohort's do. An event's bytes are taken from one that the product's codec encoded, with what
differs (chain, id, version, stream, command) put in; `History` holds the first of each kind against the codec itself.
Everything follows from the shape: the same history has the same bytes whenever it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from benchmarks.harness import expect
from sevenx.kernel.envelope import GENESIS, Meta
from sevenx.kernel.testing.sample import AREA, Deposited, Opened, Withdrawn, sample_catalog
from sevenx.kernel.topics import events_topic
from sevenx.proof.wire import version_bytes

COHORT = 1000
"""Streams that grow side by side."""
LENGTH = 20
"""Events of a stream."""
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
_MILLISECONDS = (int(RECORDED.timestamp()) * 1000).to_bytes(6, "big")
_SAMPLE_STREAM = "900000-A-9999999"
_SAMPLE_COMMAND = b"\xcc" * 32


class Entry(NamedTuple):
    """One event of a history."""

    stream: str
    version: int
    command: bytes
    value: bytes


@dataclass(frozen=True)
class History:
    """`streams` accounts of LENGTH events each, on the topic of a district of its own (no province has the codes that
    begin with 9)."""

    streams: int
    district: str

    @property
    def topic(self) -> str:
        return events_topic(self.district, AREA)

    @property
    def events(self) -> int:
        return self.streams * LENGTH

    @property
    def movements(self) -> int:
        """Entries that the read model has in the end."""
        return self.streams * (LENGTH - 1)

    @property
    def balance(self) -> Decimal:
        """Sum of all movements."""
        return self.streams * sum((amount_of(version) for version in range(2, LENGTH + 1)), Decimal(0))

    @cached_property
    def event_size(self) -> int:
        """Bytes of an event's value, on average."""
        return round(sum(len(e.value) for e in History(1, self.district)) / LENGTH)

    def __iter__(self) -> Iterator[Entry]:
        """Every event, in the order in which it goes onto the bus."""
        templates = [_Template.of(_event(version), version, self.district) for version in range(1, LENGTH + 1)]
        made = 0
        for first in range(0, self.streams, COHORT):
            names = [self.stream(n) for n in range(first, min(first + COHORT, self.streams))]
            heads = [GENESIS] * len(names)
            for version, template in enumerate(templates, start=1):
                for n, stream in enumerate(names):
                    made += 1
                    id_ = uuid(made)
                    value = template.fill(heads[n], id_, stream.encode())
                    heads[n] = sha256(value).digest()
                    yield Entry(stream, version, id_ + id_, value)

    def stream(self, number: int) -> str:
        return f"{self.district}-A-{number:07d}"


def _event(version: int) -> Opened | Deposited | Withdrawn:
    if version == 1:
        return Opened("模拟数据 甲有限公司")
    amount = amount_of(version)
    return Deposited(amount) if amount > 0 else Withdrawn(-amount)


def amount_of(version: int) -> Decimal:
    """What the event of this version moves: every fifth takes out."""
    return Decimal(-100) if version % 5 == 0 else Decimal("1250.50") + version


def uuid(number: int) -> bytes:
    """The UUIDv7 with this number instead of randomness."""
    return _MILLISECONDS + b"\x70\x00" + (0x8 << 60 | number).to_bytes(8, "big")


@dataclass(frozen=True)
class _Template:
    """An event's bytes with the parts left open that differ between streams."""

    fingerprint: bytes
    version: bytes
    before_stream: bytes
    between: bytes
    after_command: bytes

    @classmethod
    def of(cls, event: Any, version: int, district: str) -> _Template:
        value = _encoded(event, GENESIS, uuid(0), version, district, _SAMPLE_STREAM, _SAMPLE_COMMAND)
        number = version_bytes()[version - 1]
        before, between = value.split(_SAMPLE_STREAM.encode())
        between, after = between.split(_SAMPLE_COMMAND)
        template = cls(value[:10], number, before[58 + len(number) :], between, after)
        stream = f"{district}-A-{version:07d}"
        expect(
            "an event made from a template",
            template.fill(_SAMPLE_COMMAND, uuid(version), stream.encode()),
            _encoded(event, _SAMPLE_COMMAND, uuid(version), version, district, stream, uuid(version) * 2),
        )
        return template

    def fill(self, prev: bytes, id_: bytes, stream: bytes) -> bytes:
        return b"".join(
            (
                self.fingerprint,
                prev,
                id_,
                self.version,
                self.before_stream,
                stream,
                self.between,
                id_,
                id_,
                self.after_command,
            )
        )


def _encoded(event: Any, prev: bytes, id_: bytes, version: int, district: str, stream: str, command: bytes) -> bytes:
    """By the product's codec, with an envelope as full as a command through the API makes it."""
    meta = Meta(
        prev=prev,
        id=id_,
        version=version,
        district=district,
        stream=stream,
        occurred_at=RECORDED - timedelta(hours=version),
        recorded_at=RECORDED,
        actor=f"{district}-N-0017",
        on_behalf_of=None,
        command=command,
        correlation=bytes(range(16)),
        causation=None,
        ext={"request": sha256(b"body").hexdigest(), "grant": f"liaison@{district}-G-1"},
    )
    return sample_catalog().encode(AREA, event, meta)
