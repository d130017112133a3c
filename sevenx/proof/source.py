"""Where records come from: a live broker or a dump, both as sequences of confluent-kafka-like messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sevenx.kernel.errors import SevenXError

Headers = list[tuple[str, bytes]]
Place = tuple[str, int]
"""A topic and one of its partitions."""


class UnreadableLog(SevenXError):
    """The log can't be read at all (no broker, no such folder); the message says how to mend it."""


class Record(Protocol):
    """What confluent_kafka.Message offers and verification uses; a dump's record offers the same."""

    def topic(self) -> str: ...
    def partition(self) -> int: ...
    def offset(self) -> int: ...
    def timestamp(self) -> tuple[int, int]: ...
    def headers(self) -> Headers | None: ...
    def key(self) -> bytes | None: ...
    def value(self) -> bytes | None: ...


@dataclass(frozen=True)
class Extent:
    """A partition's first offset and the offset after its last record, when the reading began."""

    begin: int
    end: int


@dataclass(frozen=True)
class Topic:
    name: str
    id: str
    """Kafka's topic id: another one under the same name is a recreated topic."""
    partitions: tuple[Extent, ...]


class Source(Protocol):
    """A district's log: its topics with their extents, and the records within these extents."""

    @property
    def district(self) -> str: ...

    @property
    def topics(self) -> Sequence[Topic]: ...

    def read(self, places: Collection[Place]) -> Iterator[Sequence[Record]]:
        """The records of these partitions in portions; within a partition in order of offsets."""
        ...

    def damage(self) -> Sequence[tuple[Place, str]]:
        """What could not be read, and why; known after reading."""
        ...
