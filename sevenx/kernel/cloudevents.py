"""Kafka headers of an event: CloudEvents attributes in binary mode, and the trace. They repeat what the value says, for
routers and tools; nothing decides by them. All but `traceparent` can be recomputed from the value.

Source: CloudEvents 1.0.2, Kafka protocol binding; W3C Trace Context.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sevenx.kernel.avro import Schema
from sevenx.kernel.envelope import ID

Headers = list[tuple[str, bytes]]


def recorded_ms(value: bytes) -> int:
    """Unix milliseconds of the event's UUIDv7: the record's Kafka timestamp and `ce_time`."""
    return int.from_bytes(value[ID][:6], "big")


def headers_of(schema: Schema, district: str, area: str, stream: str, value: bytes, traceparent: str | None) -> Headers:
    """The headers of an event on the bus, in their order."""
    when = datetime.fromtimestamp(recorded_ms(value) / 1000, UTC)
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_type", f"sevenx.{area}.{schema.name}".encode()),
        ("ce_source", f"urn:sevenx:{district}:{area}".encode()),
        ("ce_subject", stream.encode()),
        ("ce_id", value[ID].hex().encode()),
        ("ce_time", when.isoformat(timespec="milliseconds").replace("+00:00", "Z").encode()),
        ("content-type", b"application/avro"),
    ]
    if traceparent:
        headers.append(("traceparent", traceparent.encode()))
    return headers
