"""What verification finds: problems with their coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that should not be: what, and where.

    kind is one of KINDS. stream and version say which event, topic, partition and offset which record; None where that
    is unknown or has no meaning (a missing event has no offset).
    """

    kind: str
    what: str
    topic: str | None = None
    partition: int | None = None
    offset: int | None = None
    stream: str | None = None
    version: int | None = None
    hash: bytes | None = None
    """SHA-256 of the record's value."""

    def as_json(self) -> dict[str, Any]:
        fields = ("kind", "what", "topic", "partition", "offset", "stream", "version")
        found = {name: getattr(self, name) for name in fields if getattr(self, name) is not None}
        return found | ({"hash": self.hash.hex()} if self.hash else {})

    @property
    def where(self) -> str:
        """`410804-P-2026-0001@3  410804.projects.events[2]@117`."""
        parts = []
        if self.stream is not None:
            parts.append(self.stream + (f"@{self.version}" if self.version is not None else ""))
        if self.topic is not None:
            place = self.topic + (f"[{self.partition}]" if self.partition is not None else "")
            parts.append(place + (f"@{self.offset}" if self.offset is not None else ""))
        return "  ".join(parts)


KINDS = {
    "malformed": "the record is not an event",
    "foreign": "an event of another area stands on this topic",
    "wrong-partition": "the stream does not belong in this partition",
    "hole": "offsets are missing",
    "truncated": "the partition does not begin at offset 0, or ends before its end offset",
    "damaged": "a file of the dump cannot be read",
    "broken-link": "an event does not link to the one before it: one of the two was changed",
    "missing": "an event of a stream is missing",
    "fork": "two different events claim one version",
    "moved": "an event stands before its predecessor",
    "content": "the value does not agree with itself, its key or its place",
    "headers": "headers or timestamp do not agree with the value",
    "late": "an event occurred before a cut-off that was already announced in its partition",
    "sealed-changed": "a sealed event was changed",
    "sealed-missing": "a sealed event is missing",
    "sealed-discarded": "a sealed event was discarded",
    "seal": "a seal does not hold",
    "owner": "the log on the bus and its owner's log differ",
    "projection": "a projection differs from a pure replay",
}
