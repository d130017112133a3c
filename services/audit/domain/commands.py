"""Audit's commands, with the facts that their decisions need."""

from __future__ import annotations

from dataclasses import dataclass

from services.audit.domain.events import LogSealed


@dataclass(frozen=True, slots=True)
class RecordSeal:
    """Enter a seal, which is signed and lies in the seals folder, in the ledger."""

    seal: LogSealed


@dataclass(frozen=True, slots=True)
class ConcludeRecord:
    """Conclude about a record on the bus that is not an event of the area's log: it is discarded, and where it was
    forged, named as tampering."""

    area: str
    record_hash: str
    topic: str
    partition: int
    offset: int
    reason: str
    by: str
    tampering: bool
    stream: str | None = None
    version: int | None = None
    known_fork: bool = False
    """The owner reported this record by StreamForkFound."""
    owned: bool = False
    """The record is, byte for byte, an event that is sealed: it can't be discarded."""
