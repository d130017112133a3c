"""Writes `vectors.json` anew: `python -m tests.vectors.make`. Only while the schemas are not released; afterwards a
vector never changes, and new ones are added.

The expected JSON comes from what is encoded, not from decoding; names and numbers are fictional (模拟数据).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from services.audit.domain.events import LogSealed, RecordDiscarded
from services.projects.domain.project.events import ProjectSigned
from sevenx.kernel.avro import Catalog
from sevenx.kernel.envelope import GENESIS, Meta, value_hash
from sevenx.kernel.event_types import to_record
from sevenx.kernel.kernel_events import PeriodClosed
from sevenx.kernel.topics import partition_of, partition_streams
from tests.vectors.check import plain

FILE = Path(__file__).with_name("vectors.json")
START = datetime(2026, 7, 24, 8, 30, 0, 123456, UTC)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _events() -> list[tuple[str, str, Any]]:
    """(area, stream, event): every kind of field, several events of one stream, a stream of each partition."""
    signed = ProjectSigned(
        contract_number="模拟合同〔2026〕17号",
        contract_title="模拟数据：铝精深加工项目合同",
        contract_sha256=_hash("contract"),
        amount=Decimal("120000000.05"),
        signed_on=date(2026, 7, 23),
        recorded_by="410804-N-0001",
        evidence=(),
        rulebook="evidence-2026",
    )
    discarded = RecordDiscarded(
        "projects", _hash("forged"), "410804.projects.events", 3, 117, "模拟数据：不是本单位写入的记录", "410804-N-0002"
    )
    sealed = LogSealed(1, "month", "2026-07", START, START + timedelta(hours=1), 3, 3, _hash("root"),
                       (_hash("a"), _hash("b")), _hash("manifest"), "0" * 64, _hash("key"), _hash("said"),
                       "ab" * 64)  # fmt: skip
    marks: list[tuple[str, str, Any]] = [
        ("reporting", stream, PeriodClosed(START, "month", "2026-07", partition))
        for partition, stream in enumerate(partition_streams("410804-PC-reporting"))
    ]
    return [
        ("projects", "410804-P-2026-0017", signed),
        ("projects", "410804-P-2026-0017", signed),
        ("audit", "410804-X-0123456789abcdef", discarded),
        ("audit", "410804-S-seals", sealed),
        *marks,
        ("reporting", marks[0][1], PeriodClosed(START + timedelta(days=31), "month", "2026-08", 0)),
    ]


def make() -> list[dict[str, Any]]:
    """The vectors, the same bytes each time."""
    catalog, heads, vectors = Catalog(), dict[str, tuple[int, bytes]](), list[dict[str, Any]]()
    for n, (area, stream, event) in enumerate(_events()):
        version, prev = heads.get(stream, (0, GENESIS))
        meta = Meta(
            prev=prev,
            id=bytes.fromhex(f"019f0000{n:04x}7000a000{n:012x}"),
            version=version + 1,
            district="410804",
            stream=stream,
            occurred_at=START + timedelta(minutes=n),
            recorded_at=START + timedelta(minutes=n, microseconds=1),
            actor="410804-N-0001",
            on_behalf_of="410804-U-commerce" if n % 2 else None,
            command=sha256(f"command {n}".encode()).digest(),
            correlation=sha256(f"correlation {n}".encode()).digest()[:16],
            causation=sha256(f"cause {n}".encode()).digest()[:16] if n % 3 else None,
            ext={"request": f"{n:032x}"} if n % 2 else {},
        )
        value = catalog.encode(area, event, meta)
        heads[stream] = (meta.version, value_hash(value))
        record = {"meta": {name: getattr(meta, name) for name in Meta.__slots__}, **to_record(type(event))(event)}
        vectors.append(
            {
                "area": area,
                "name": f"sevenx.{catalog.newest(area, type(event).__name__).namespace}.{type(event).__name__}",
                "stream": stream,
                "version": meta.version,
                "partition": partition_of(stream),
                "hash": value_hash(value).hex(),
                "value": value.hex(),
                "event": plain(record),
            }
        )
    return vectors


def text() -> str:
    return json.dumps(make(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
