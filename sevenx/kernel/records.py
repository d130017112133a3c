"""Records as they are read from the bus, before anything is believed about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Place = tuple[str, int]
"""Topic and partition."""


class RawRecord(NamedTuple):
    """One record of a topic. `timestamp` is Kafka's, in Unix milliseconds."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    timestamp: int
    headers: Sequence[tuple[str, bytes | None]] = ()

    @property
    def place(self) -> Place:
        return self.topic, self.partition
