"""A sound log with its seals, and the ways in which a test changes a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

from services.audit.domain.events import RecordDiscarded
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Meta
from sevenx.proof.dump import DumpedRecord, DumpSource
from sevenx.proof.findings import KINDS
from sevenx.proof.seal_statement import SealKey, read_public_key
from sevenx.proof.verify import Report, verify_log
from sevenx.proof.wire import meta_of
from tests.unit.proof import a_log
from tests.unit.proof.a_log import DISTRICT, Log, noise, renumber

ONE_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)


@dataclass
class Case:
    """A sound log with its seals, and a place for copies of it."""

    log: Log
    seals: Path
    folder: Path
    key: SealKey
    copies: int = 0

    def verify(self, log: Log, ends: Any = None, seals: bool = True) -> Report:
        self.copies += 1
        folder = a_log.write(log, self.folder / str(self.copies), ends)
        return self.verify_folder(folder, seals)

    def verify_folder(self, folder: Path, seals: bool = True) -> Report:
        key = read_public_key(self.seals / "seal.pub")
        report = verify_log(DumpSource(folder), self.seals if seals else None, key)
        assert {problem.kind for problem in report.problems} <= set(KINDS)
        return report

    def sealed(self) -> list[DumpedRecord]:
        """The records of sealed events: all but the last LogSealed."""
        return [record for record in self.log.all() if record is not self.last_seal()]

    def last_seal(self) -> DumpedRecord:
        return next(r for r in reversed(self.log.all()) if r.raw_key == f"{DISTRICT}-S-seals".encode())


def about(record: DumpedRecord) -> tuple[str, int]:
    meta = meta_of(record.raw_value or b"")
    assert meta is not None
    return meta.stream, meta.version


def names(report: Report, record: DumpedRecord, where: bool = True) -> bool:
    """Whether a problem says the event (stream and version) and, where it still stands, the record."""
    stream, version = about(record)
    return any(
        (p.stream, p.version) == (stream, version)
        and (not where or (p.topic, p.partition, p.offset) == (*record.place, record.at))
        for p in report.problems
    )


def replaced(log: Log, record: DumpedRecord, other: DumpedRecord) -> Log:
    copy = Log(records={place: list(records) for place, records in log.records.items()})
    copy.records[record.place][record.at] = other
    return copy


def edited(log: Log, place: a_log.Place, edit: Callable[[list[DumpedRecord]], Any], tidy: bool) -> Log:
    """A copy with one partition edited; `tidy` renumbers its offsets."""
    copy = Log(records={p: list(records) for p, records in log.records.items()})
    edit(copy.records[place])
    if tidy:
        copy.records[place] = renumber(copy.records[place])
    return copy


def forged(log: Log, record: DumpedRecord) -> bytes:
    """Another event with the same place in the chain as `record`."""
    meta = meta_of(record.raw_value or b"")
    assert meta is not None
    fields = {name: getattr(meta, name) for name in Meta.__slots__} | {"actor": "person-forged"}
    area = record.place[0].split(".")[1]
    return catalog().encode(area, noise(999), Meta(**fields))


def discard(log: Log, digest: bytes, record: DumpedRecord) -> None:
    hash_ = digest.hex()
    event = RecordDiscarded("projects", hash_, *record.place, record.at, "模拟数据：不是本单位的记录", "person-3")
    log.append("audit", f"{DISTRICT}-X-{hash_[:16]}", event)
