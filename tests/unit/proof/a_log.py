"""A small district's log for the tests of proof: real bytes by the project's own schemas, seals and all, as a dump."""

from __future__ import annotations

import copy
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from services.audit.domain.events import LogSealed, TamperingDetected
from sevenx.declaration import writing_services
from sevenx.kernel.avro import catalog
from sevenx.kernel.cloudevents import headers_of, recorded_ms
from sevenx.kernel.envelope import GENESIS, Meta, uuid7, value_hash
from sevenx.kernel.kernel_events import PeriodClosed, StreamForkFound
from sevenx.kernel.topics import events_topic, partition_of, partition_streams, schemas_topic
from sevenx.proof.dump import FORMAT, INDEX, DumpedRecord, file_of, record_bytes
from sevenx.proof.seal_files import SealWriter
from sevenx.proof.seal_statement import SealKey

DISTRICT = "410804"
AREAS = tuple(service.area for service in writing_services())
START = datetime(2026, 7, 1, tzinfo=UTC)
Place = tuple[str, int]


@dataclass
class Log:
    """Records by partition, and how to append events to it."""

    records: dict[Place, list[DumpedRecord]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[tuple[str, str], tuple[int, bytes]] = field(default_factory=dict)
    leaves: list[tuple[str, str, int, bytes]] = field(default_factory=list)
    now: datetime = START
    district: str = DISTRICT

    def meta(self, area: str, stream: str) -> Meta:
        self.now += timedelta(seconds=1)
        version, prev = self.heads.get((area, stream), (0, GENESIS))
        return Meta(prev, uuid7(), version + 1, self.district, stream, self.now, self.now, "person-1", None,
                    sha256(uuid7()).digest(), uuid7(), None, {})  # fmt: skip

    def append(self, area: str, stream: str, event: Any) -> DumpedRecord:
        meta = self.meta(area, stream)
        record = self.put(area, stream, catalog().encode(area, event, meta), event)
        digest = value_hash(record.value() or b"")
        self.heads[area, stream] = (meta.version, digest)
        self.leaves.append((area, stream, meta.version, digest))
        return record

    def put(self, area: str, stream: str, value: bytes, event: Any) -> DumpedRecord:
        """A record with its right headers at the end of its partition, whatever its value says."""
        place = (events_topic(self.district, area), partition_of(stream))
        schema = catalog().newest(area, type(event).__name__)
        headers = headers_of(schema, self.district, area, stream, value, None)
        record = DumpedRecord(place, len(self.records[place]), recorded_ms(value), stream.encode(), value, headers)
        self.records[place].append(record)
        return record

    def close_month(self, period: str) -> None:
        """PeriodClosed in every partition of every area."""
        self.now += timedelta(days=1)
        for area in AREAS:
            for partition, stream in enumerate(partition_streams(f"{self.district}-PC-{area}")):
                self.append(area, stream, PeriodClosed(self.now, "month", period, partition))

    def seal(self, folder: Path, key: SealKey, period: str) -> None:
        with SealWriter(folder, key, self.district) as writer:
            for leaf in sorted(self.leaves):
                writer.add(*leaf)
            fields = writer.finish("month", period, self.now, self.now)
        self.append("audit", f"{self.district}-S-seals", LogSealed(**fields))

    def all(self) -> list[DumpedRecord]:
        return [record for place in sorted(self.records) for record in self.records[place]]

    def copy(self) -> Log:
        return copy.deepcopy(self)


def noise(n: int) -> Any:
    """An event that every area may write, and its like."""
    return StreamForkFound(f"{DISTRICT}-P-2026-{n:04d}", n, n % 6, n * 7, sha256(str(n).encode()).hexdigest())


def tampering(n: int) -> TamperingDetected:
    return TamperingDetected("projects", sha256(str(n).encode()).hexdigest(), "410804.projects.events", n % 6, n,
                             "模拟数据：一条记录", "person-2", f"{DISTRICT}-P-2026-{n:04d}", n)  # fmt: skip


def build(seals: Path, events: int = 200, streams: int = 12, district: str = DISTRICT) -> tuple[Log, SealKey, bytes]:
    """A log of two sealed months and a beginning third; its key and the public key as PEM."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    key, log, dice = SealKey(pem), Log(district=district), random.Random(7)
    for month in ("2026-07", "2026-08"):
        for n in range(events // 2):
            area = dice.choice(AREAS)
            stream = f"{district}-F-{area}-{dice.randrange(streams // 4)}"
            log.append(area, stream, tampering(n) if area == "audit" else noise(n))
        log.close_month(month)
        log.seal(seals, key, month)
    seals.mkdir(exist_ok=True)
    (seals / "seal.pub").write_bytes(public)
    return log, key, public


@cache
def published_schemas(topic: str) -> list[DumpedRecord]:
    """What provisioning writes to the schemas topic."""
    return [
        DumpedRecord((topic, 0), n, 0, schema.fingerprint, json.dumps(schema.source).encode(), [])
        for n, schema in enumerate(catalog().schemas())
    ]


def write(log: Log, folder: Path, ends: dict[Place, int] | None = None) -> Path:
    """The log as a dump. `ends`: end offsets of the index where they shall differ from what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = []
    for area in AREAS:
        name, partitions = events_topic(log.district, area), []
        for n in range(6):
            records = log.records.get((name, n), [])
            file_of(folder, (name, n)).write_bytes(b"".join(map(record_bytes, records)))
            end = (ends or {}).get((name, n), len(records))
            partitions.append({"begin": 0, "end": end, "records": len(records)})
        topics.append({"name": name, "id": "test", "partitions": partitions})
    name = schemas_topic(log.district)
    published = published_schemas(name)
    file_of(folder, (name, 0)).write_bytes(b"".join(map(record_bytes, published)))
    end = {"begin": 0, "end": len(published), "records": len(published)}
    topics.append({"name": name, "id": "test", "partitions": [end]})
    index = {"format": FORMAT, "district": log.district, "taken_at": START.isoformat(), "topics": topics}
    (folder / INDEX).write_text(json.dumps(index), "utf-8")
    return folder


def renumber(records: Iterable[DumpedRecord]) -> list[DumpedRecord]:
    """Offsets without a hole, as one who covers his traces would leave them."""
    return [
        DumpedRecord(r.place, offset, r.time, r.raw_key, r.raw_value, r.raw_headers) for offset, r in enumerate(records)
    ]


def changed(record: DumpedRecord, **fields: Any) -> DumpedRecord:
    """A copy with other parts."""
    names = ("place", "at", "time", "raw_key", "raw_value", "raw_headers")
    return DumpedRecord(**{name: fields.get(name, getattr(record, name)) for name in names})
