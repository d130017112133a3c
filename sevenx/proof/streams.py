"""What is kept of a log while it is replayed: per stream the hashes of its events, per partition its streams."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sevenx.kernel.envelope import GENESIS
from sevenx.proof.source import Record

HASH = 32


@dataclass(frozen=True, slots=True)
class Held:
    """A record that does not (yet) stand in its stream's chain."""

    digest: bytes
    prev: bytes
    version: int
    record: Record
    value: bytes
    fork: bool
    """It links to an event that has another successor already, or to such a record."""


class Stream:
    """One stream as far as it has been read."""

    __slots__ = ("absent", "head", "held", "id", "leaves", "recorded_at")

    def __init__(self, stream: str) -> None:
        self.id = stream
        self.head: bytes | None = GENESIS
        """What the next event must hold as prev; None while records are held, so that none passes without a look."""
        self.leaves = bytearray()
        """Hashes of the events in order of version, 32 bytes each; zeros stand for a missing one."""
        self.absent = 0
        """Versions that are missing."""
        self.held: dict[bytes, Held] = {}
        self.recorded_at: datetime | None = None
        """When the last event was recorded; kept by the check of contents."""

    @property
    def version(self) -> int:
        return len(self.leaves) // HASH

    @property
    def tip(self) -> bytes:
        """Hash of the last event; GENESIS when there is none."""
        return bytes(self.leaves[-HASH:]) or GENESIS

    def hash_at(self, version: int) -> bytes:
        """Hash of the event of this version; empty when there is none."""
        return bytes(self.leaves[(version - 1) * HASH : version * HASH]) if version > 0 else b""

    def find(self, digest: bytes) -> int | None:
        """The version of the event with this hash, or None. GENESIS is version 0."""
        if digest == GENESIS:
            return 0
        at = self.leaves.find(digest)
        while at >= 0 and at % HASH:
            at = self.leaves.find(digest, at + 1)
        return None if at < 0 else at // HASH + 1

    def settle(self) -> None:
        """Let the next record pass by its link alone, if none is held."""
        self.head = None if self.held else self.tip


@dataclass(slots=True)
class Partition:
    """One partition as far as it has been read."""

    topic: str
    number: int
    district: str
    area: str
    width: int
    """Partitions of the topic."""
    next: int = 0
    """The offset that comes next."""
    streams: dict[bytes | None, Stream] = field(default_factory=dict)
    closed: datetime | None = None
    """The latest cut-off announced in it; kept by the check of contents."""
