"""Audit's events: seals of the whole log, and conclusions about single records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LogSealed:
    """Every event that audit knew is under this signed Merkle root (RFC 6962). The signature is Ed25519 over the
    statement that these fields spell out (docs/guide/proof.md); leaves, manifest and statement also lie outside the
    stores."""

    number: int
    """1, 2, 3 …"""
    kind: str
    """`month`, `year`, or `demand` for a seal between cut-offs."""
    period: str
    """`2026-07`: the cut-off that every area had closed."""
    as_of: datetime
    sealed_at: datetime
    """Wall time."""
    leaves: int
    """Events that this seal adds."""
    tree_size: int
    """Leaves of the tree: those of all seals so far."""
    root: str
    """Root of the tree, hex."""
    subtrees: tuple[str, ...]
    """Roots of the tree's perfect subtrees from the left, hex: from them the next seal goes on without old leaves."""
    manifest_hash: str
    """SHA-256 of the manifest (each stream's first and last version in this seal), hex."""
    previous_seal: str
    """SHA-256 of the previous seal's statement, hex; zeros for the first."""
    key_id: str
    """SHA-256 of the public key (32 bytes), hex."""
    statement_hash: str
    """SHA-256 of the signed statement, hex: what the next seal calls its previous one."""
    signature: str
    """Ed25519 signature of the statement, hex."""


@dataclass(frozen=True, slots=True)
class TamperingDetected:
    """It was concluded that this record on the bus was not written by the service that owns the area."""

    area: str
    record_hash: str
    topic: str
    partition: int
    offset: int
    reason: str
    decided_by: str
    stream: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordDiscarded:
    """It was concluded that this record must not be applied by any reader. It stays on the bus; verification reports
    it as adjudicated."""

    area: str
    record_hash: str
    """SHA-256 of the record's value, hex."""
    topic: str
    partition: int
    offset: int
    reason: str
    decided_by: str
    stream: str | None = None
    """Null when the record cannot be read."""
    version: int | None = None
