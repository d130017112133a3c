"""Events made from their schemas alone: every field filled with a plain value of its type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sevenx.kernel.avro import Schema
from sevenx.kernel.envelope import GENESIS, Meta, Recorded, uuid7

ON, AT = date(2026, 8, 12), datetime(2026, 8, 12, 1, tzinfo=UTC)
_PLAIN: dict[str, Any] = {"string": "示例", "long": 1, "int": 1, "boolean": True, "bytes": b"\x01"}
_LOGICAL: dict[str, Any] = {"date": ON, "timestamp-micros": AT, "decimal": Decimal("2.00")}


def sample(kind: Any, known: dict[str, Any]) -> Any:
    """A value of an Avro type; of a union what is not null, of an array one element."""
    if isinstance(kind, list):
        return sample(next(one for one in kind if one != "null"), known)
    if isinstance(kind, str):
        return _PLAIN[kind] if kind in _PLAIN else sample(known[kind], known)
    if "logicalType" in kind:
        return _LOGICAL[kind["logicalType"]]
    if kind["type"] == "array":
        return [sample(kind["items"], known)]
    if kind["type"] == "record":
        name = kind["name"] if "." in kind["name"] else f"{kind.get('namespace', '')}.{kind['name']}".lstrip(".")
        known |= {name: kind, name.rpartition(".")[2]: kind}
        return {field["name"]: sample(field["type"], known) for field in kind["fields"]}
    return sample(kind["type"], known)


def event_of(schema: Schema, area: str, stream: str, version: int = 1, **said: Any) -> Recorded:
    """An event of a schema as it is read from the bus; `said` replaces fields."""
    fields = schema.source["fields"][1:]
    known: dict[str, Any] = {}
    data = {field["name"]: sample(field["type"], known) for field in fields} | said
    meta = Meta(GENESIS, uuid7(), version, "410804", stream, AT, AT, "410804-N-x", None, bytes(32), bytes(16), None)
    return Recorded(area, schema.name, meta, data, bytes(32))
