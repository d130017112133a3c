"""What a seal says and how it is signed: Ed25519 (RFC 8032) over the exact bytes of its statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from sevenx.kernel.errors import SevenXError

FORMAT = "sevenx-seal-1"
NO_PREVIOUS = "0" * 64
FIELDS = (
    "number", "kind", "period", "as_of", "sealed_at", "leaves", "tree_size", "root", "subtrees", "manifest_hash",
    "previous_seal", "key_id",
)  # fmt: skip
"""The fields of LogSealed that the statement spells out, beside `format` and `district`."""


class SealRefused(SevenXError):
    """A seal can't be made or read; the message says why and what to do."""


def statement_of(district: str, seal: Mapping[str, Any]) -> bytes:
    """The signed statement: one line of JSON, keys sorted, times in UTC with microseconds."""
    said: dict[str, Any] = {name: _plain(seal[name]) for name in FIELDS}
    said |= {"format": FORMAT, "district": district}
    return (json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return list(value) if isinstance(value, tuple | list) else value


def read_statement(raw: bytes) -> dict[str, Any]:
    """A statement's fields, times as datetimes; SealRefused when it is not one."""
    try:
        said = json.loads(raw)
        if said["format"] != FORMAT:
            raise SealRefused(f"the seal's format is {said['format']!r}, not {FORMAT}")
        for name in ("as_of", "sealed_at"):
            said[name] = datetime.strptime(said[name], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        missing = [name for name in FIELDS if name not in said]
    except (ValueError, KeyError, TypeError) as error:
        raise SealRefused(f"the seal's statement cannot be read: {error!r}") from error
    if missing:
        raise SealRefused(f"the seal's statement lacks {', '.join(missing)}")
    return dict(said)


class SealKey:
    """Audit's private key."""

    def __init__(self, pem: str) -> None:
        """From PEM text; SealRefused when it is not an Ed25519 key."""
        try:
            key = load_pem_private_key(pem.strip().encode() + b"\n", password=None)
        except (ValueError, TypeError) as error:
            raise SealRefused(f"the seal key cannot be read (SEVENX_SEAL_KEY): {error}") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise SealRefused("the seal key (SEVENX_SEAL_KEY) is not an Ed25519 key")
        self._key = key

    @property
    def id(self) -> str:
        return key_id(self._key.public_key())

    def sign(self, statement: bytes) -> str:
        return self._key.sign(statement).hex()


def key_id(key: Ed25519PublicKey) -> str:
    """SHA-256 of the public key's 32 bytes, hex."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A PEM file; SealRefused when it cannot be read."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SealRefused(f"the public key {path} cannot be read: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealRefused(f"{path} is not an Ed25519 public key")
    return key


def signature_holds(key: Ed25519PublicKey, statement: bytes, signature: str) -> bool:
    try:
        key.verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True
