"""The envelope around every event: its metadata, its bytes' layout and the chain of a stream.

The layout of the first 58 bytes of a value never changes:

    0..2    C3 01                          Avro single-object marker
    2..10   fingerprint                    CRC-64-AVRO of the writer's schema, little endian
    10..42  Meta.prev                      SHA-256 of the previous event's value in this stream; zeros for the first
    42..58  Meta.id                        UUIDv7 (RFC 9562), wall time

so that a chain is checked without decoding and without any canonical form: the hash is of the very bytes on the bus.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MARKER = b"\xc3\x01"
FINGERPRINT = slice(2, 10)
PREV = slice(10, 42)
ID = slice(42, 58)
GENESIS = bytes(32)
"""`prev` of the first event of a stream."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of every event, whatever it says.

    prev: SHA-256 of the previous event's value bytes in the stream (32 zero bytes for the first).
    id: UUIDv7, 16 bytes. version: 1, 2, 3 … within the stream. district: GB/T 2260 code.
    occurred_at: business time; recorded_at: wall time, never decreasing within a stream. Both UTC.
    actor: a pseudonymous id of who gave the command; on_behalf_of: whose authority was used, if another's.
    command: 32 bytes that identify the command (idempotency). correlation: 16 bytes shared by all that one request
    caused. causation: id of the event that this one reacts to. ext: what comes later.
    """

    prev: bytes
    id: bytes
    version: int
    district: str
    stream: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str | None
    command: bytes
    correlation: bytes
    causation: bytes | None
    ext: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it was read: where it belongs, its metadata and its fields as the schema names them.

    `data` holds Python values (str, int, bool, Decimal, date, datetime, list, dict, None). A reader of another area's
    events takes from it what it needs and ignores the rest (tolerant reader).
    """

    area: str
    name: str
    meta: Meta
    data: Mapping[str, Any]
    hash: bytes

    @property
    def stream(self) -> str:
        return self.meta.stream

    @property
    def version(self) -> int:
        return self.meta.version

    @property
    def position(self) -> str:
        """`area/stream@version`: what a command answers and a read can wait for."""
        return f"{self.area}/{self.meta.stream}@{self.meta.version}"


def value_hash(value: bytes) -> bytes:
    """SHA-256 of an event's value bytes: the next event's `prev`, and the data of its Merkle leaf."""
    return hashlib.sha256(value).digest()


def uuid7() -> bytes:
    """A new UUIDv7 as 16 bytes (RFC 9562, section 5.7): 48 bits of Unix milliseconds, the rest random."""
    raw = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return bytes(raw)


def command_id(principal: str, key: str) -> bytes:
    """Identity of a command of a principal under an Idempotency-Key: 32 bytes."""
    return hashlib.sha256(f"{principal}\0{key}".encode()).digest()


def reaction_id(reaction: str, cause: bytes, ordinal: int) -> bytes:
    """Identity of the command that a reaction gives for a causing event: 32 bytes."""
    return hashlib.sha256(f"{reaction}\0{cause.hex()}\0{ordinal}".encode()).digest()
