"""What verification reads from a value without its schema: Meta stands first in every body."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import Any

from fastavro import parse_schema, schemaless_reader

from sevenx.kernel.avro import SCHEMAS
from sevenx.kernel.envelope import Meta

VERSION_AT = 58
"""Where Meta.version begins: right after the part of the layout that never changes."""
KNOWN_VERSIONS = 16384


@cache
def version_bytes() -> tuple[bytes, ...]:
    """Element n is Avro's encoding of the version n + 1 (zigzag, base 128), for the first KNOWN_VERSIONS."""
    return tuple(_varint(2 * version) for version in range(1, KNOWN_VERSIONS + 1))


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


@cache
def _meta_schema() -> Any:
    return parse_schema(json.loads((SCHEMAS / "Meta.avsc").read_text("utf-8")))


def meta_of(value: bytes) -> Meta | None:
    """The envelope of a value, whatever event it is; None when it cannot be read."""
    body = BytesIO(value)
    body.seek(10)
    try:
        return Meta(**schemaless_reader(body, _meta_schema(), None))
    except Exception:  # noqa: BLE001 fastavro raises many kinds on broken bytes
        return None
