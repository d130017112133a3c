"""Names and partitions of the topics on the bus."""

from __future__ import annotations

import re
from functools import lru_cache

PARTITIONS = 6
"""Partitions of every events topic, fixed at creation: more of them later would move keys and break stream order."""

_EVENTS = re.compile(r"^(?P<district>[0-9]{6})\.(?P<area>[a-z]+)\.events$")


def events_topic(district: str, area: str) -> str:
    """The topic that holds an area's events of a district for ever."""
    return f"{district}.{area}.events"


def quarantine_topic(district: str, area: str) -> str:
    """Where a reader copies the records that it set aside."""
    return f"{district}.{area}.quarantine"


def schemas_topic(district: str) -> str:
    """The compacted topic of writer schemas by fingerprint."""
    return f"{district}.schemas"


def kafka_user(district: str, area: str) -> str:
    """The SCRAM user of a service."""
    return f"{district}-{area}"


def parse_events_topic(topic: str) -> tuple[str, str] | None:
    """(district, area) of an events topic, or None when it is not one."""
    match = _EVENTS.match(topic)
    return (match["district"], match["area"]) if match else None


def murmur2(data: bytes) -> int:
    """Kafka's 32-bit murmur2 with its seed 0x9747b28c, unsigned.

    Source: org.apache.kafka.common.utils.Utils.murmur2.
    """
    length, m, mask = len(data), 0x5BD1E995, 0xFFFFFFFF
    h = (0x9747B28C ^ length) & mask
    whole = length - length % 4
    for i in range(0, whole, 4):
        k = (int.from_bytes(data[i : i + 4], "little") * m) & mask
        k = ((k ^ (k >> 24)) * m) & mask
        h = ((h * m) & mask) ^ k
    tail = data[whole:]
    if tail:
        h = ((h ^ int.from_bytes(tail, "little")) * m) & mask
    h = ((h ^ (h >> 13)) * m) & mask
    return h ^ (h >> 15)


@lru_cache(maxsize=65536)
def partition_of(stream: str, partitions: int = PARTITIONS) -> int:
    """The partition of a stream's key, as the Java client's default partitioner has it (positive murmur2 mod N)."""
    return (murmur2(stream.encode()) & 0x7FFFFFFF) % partitions


@lru_cache(maxsize=256)
def partition_streams(prefix: str, partitions: int = PARTITIONS) -> tuple[str, ...]:
    """One stream id a partition, the smallest `prefix-n` whose key falls there: element p is partition p's."""
    found: dict[int, str] = {}
    n = 0
    while len(found) < partitions:
        name = f"{prefix}-{n}"
        found.setdefault(partition_of(name, partitions), name)
        n += 1
    return tuple(found[p] for p in range(partitions))
