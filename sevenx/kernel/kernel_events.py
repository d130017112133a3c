"""Events that every area may write, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """The area has published every event that occurred before `as_of`. Written once to every partition of its topic at
    each cut-off, so that whoever waits for it knows that nothing earlier is still to come."""

    as_of: datetime
    kind: str
    """`month` or `year`."""
    period: str
    """`2026-07` or `2026`."""
    partition: int


@dataclass(frozen=True, slots=True)
class StreamForkFound:
    """The owner read back a record of its own topic that its log lacks, or that differs. It takes no further command
    for that stream until audit has concluded."""

    forked_stream: str
    forked_version: int
    partition: int
    offset: int
    found_hash: str
    """SHA-256 of the record on the bus, hex."""
    own_hash: str | None = None
    """SHA-256 of the owner's event of that version, hex; null when the owner has none."""


KERNEL_EVENTS = (PeriodClosed, StreamForkFound)
