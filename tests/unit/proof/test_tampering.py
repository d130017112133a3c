"""Whoever changes, drops, moves or adds an event in a dump is found, and it is said what and where."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.audit.domain.events import RecordDiscarded
from sevenx.kernel.avro import catalog
from sevenx.kernel.envelope import Meta, value_hash
from sevenx.proof.dump import DumpedRecord, DumpSource, file_of
from sevenx.proof.findings import KINDS
from sevenx.proof.merkle import root_of
from sevenx.proof.seal_statement import SealKey, read_public_key
from sevenx.proof.verify import Report, replay_chains, root_of_log, verify_log
from sevenx.proof.wire import meta_of
from tests.unit.proof import a_log
from tests.unit.proof.a_log import DISTRICT, Log, changed, noise, renumber

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


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("log")
    log, key, _ = a_log.build(folder / "seals")
    return Case(log, folder / "seals", folder, key)


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


def test_a_sound_log_has_no_problem_and_all_but_the_last_seal_is_sealed(case: Case) -> None:
    report = case.verify(case.log)
    assert report.problems == []
    assert report.events == len(case.log.all())
    assert report.unsealed == 1
    assert report.duplicates == 0
    assert [(seal["number"], seal["period"], seal["holds"]) for seal in report.seals] == [
        (1, "2026-07", True),
        (2, "2026-08", True),
    ]


@ONE_FIXTURE
@given(st.data())
def test_any_byte_of_any_sealed_event_that_is_changed_is_found_and_named(case: Case, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    value = bytearray(record.raw_value or b"")
    at = data.draw(st.integers(0, len(value) - 1))
    value[at] ^= data.draw(st.integers(1, 255))
    report = case.verify(replaced(case.log, record, changed(record, raw_value=bytes(value))))
    assert names(report, record, where=False)
    assert any((p.topic, p.partition, p.offset) == (*record.place, record.at) for p in report.problems)


def test_every_byte_of_the_last_event_of_a_stream_is_guarded_by_the_seal(case: Case) -> None:
    stream = about(case.sealed()[0])[0]
    record = [r for r in case.sealed() if about(r)[0] == stream][-1]
    for at in range(len(record.raw_value or b"")):
        value = bytearray(record.raw_value or b"")
        value[at] ^= 0x01
        report = case.verify(replaced(case.log, record, changed(record, raw_value=bytes(value))))
        assert names(report, record, where=False), f"byte {at}"


@ONE_FIXTURE
@given(st.data())
def test_a_changed_key_header_or_timestamp_is_found(case: Case, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    n = data.draw(st.integers(0, len(record.raw_headers) - 1))
    headers = list(record.raw_headers)
    headers[n] = (headers[n][0], headers[n][1] + b"x")
    other = data.draw(
        st.sampled_from(
            [
                changed(record, raw_key=(record.raw_key or b"") + b"1"),
                changed(record, raw_key=None),
                changed(record, raw_headers=headers),
                changed(record, raw_headers=headers[:n] + headers[n + 1 :]),
                changed(record, time=record.time + 1),
            ]
        )
    )
    report = case.verify(replaced(case.log, record, other))
    assert any((p.topic, p.partition, p.offset) == (*record.place, record.at) for p in report.problems)


@ONE_FIXTURE
@given(st.data(), st.booleans())
def test_a_dropped_event_is_named(case: Case, data: st.DataObject, tidy: bool) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    ends = None if tidy else {record.place: len(case.log.records[record.place])}
    report = case.verify(edited(case.log, record.place, lambda records: records.remove(record), tidy), ends)
    assert names(report, record, where=False)
    if not tidy:
        assert any(p.kind in ("hole", "truncated") for p in report.problems)


@ONE_FIXTURE
@given(st.data(), st.booleans())
def test_a_cut_tail_is_named(case: Case, data: st.DataObject, tidy: bool) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    lost = case.log.records[record.place][record.at :]
    log = edited(case.log, record.place, lambda records: records.__delitem__(slice(record.at, None)), tidy)
    ends = None if tidy else {record.place: len(case.log.records[record.place])}
    report = case.verify(log, ends)
    for one in lost:
        assert one is case.last_seal() or names(report, one, where=False)


@ONE_FIXTURE
@given(st.data())
def test_a_dropped_stream_is_named_with_every_event(case: Case, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    gone = [r for r in case.log.records[record.place] if r.raw_key == record.raw_key]

    def drop(records: list[DumpedRecord]) -> None:
        records[:] = [r for r in records if r.raw_key != record.raw_key]

    report = case.verify(edited(case.log, record.place, drop, tidy=True))
    assert all(r is case.last_seal() or names(report, r, where=False) for r in gone)


@ONE_FIXTURE
@given(st.data())
def test_an_event_that_stands_before_its_predecessor_is_named(case: Case, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from([r for r in case.sealed() if about(r)[1] > 1]))
    mine = [r for r in case.log.records[record.place] if r.raw_key == record.raw_key]
    before = mine[mine.index(record) - 1]

    def swap(records: list[DumpedRecord]) -> None:
        a, b = records.index(before), records.index(record)
        records[a], records[b] = records[b], records[a]

    report = case.verify(edited(case.log, record.place, swap, tidy=True))
    stream, version = about(record)
    found = [(p.kind, p.stream, p.version, p.offset) for p in report.problems if p.kind != "late"]
    assert found == [("moved", stream, version, before.at)]


@ONE_FIXTURE
@given(st.data(), st.integers(1, 5))
def test_an_event_in_another_partition_is_named(case: Case, data: st.DataObject, shift: int) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    log = edited(case.log, record.place, lambda records: records.remove(record), tidy=True)
    place = (record.place[0], (record.place[1] + shift) % 6)
    moved = changed(record, place=place, at=len(log.records.setdefault(place, [])))
    log.records[place].append(moved)
    report = case.verify(log)
    assert names(report, moved)
    assert any(p.kind == "wrong-partition" for p in report.problems)


@ONE_FIXTURE
@given(st.data())
def test_an_event_on_the_topic_of_another_area_is_named(case: Case, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from([r for r in case.sealed() if "audit" in r.place[0]]))
    log = edited(case.log, record.place, lambda records: records.remove(record), tidy=True)
    place = ("410804.projects.events", record.place[1])
    moved = changed(record, place=place, at=len(log.records[place]))
    log.records[place].append(moved)
    assert names(case.verify(log), moved)


def forged(log: Log, record: DumpedRecord) -> bytes:
    """Another event with the same place in the chain as `record`."""
    meta = meta_of(record.raw_value or b"")
    assert meta is not None
    fields = {name: getattr(meta, name) for name in Meta.__slots__} | {"actor": "person-forged"}
    area = record.place[0].split(".")[1]
    return catalog().encode(area, noise(999), Meta(**fields))


@ONE_FIXTURE
@given(st.data(), st.booleans())
def test_a_forged_event_is_a_fork_and_both_records_are_named(case: Case, data: st.DataObject, first: bool) -> None:
    record = data.draw(st.sampled_from(case.sealed()))
    value = forged(case.log, record)
    log = case.log.copy()
    records = log.records[record.place]
    added = changed(record, raw_value=value)
    records.insert(record.at if first else record.at + 1, added)
    log.records[record.place] = renumber(records)
    stream, version = about(record)
    forks = [p for p in case.verify(log).problems if p.kind == "fork"]
    assert {(p.stream, p.version, p.offset) for p in forks} == {
        (stream, version, record.at),
        (stream, version, record.at + 1),
    }


def test_an_event_added_at_the_end_is_unsealed(case: Case) -> None:
    log = case.log.copy()
    log.append("projects", f"{DISTRICT}-F-projects-0", noise(1000))
    report = case.verify(log)
    assert (report.problems, report.unsealed) == ([], 2)


def test_an_event_that_occurred_before_an_announced_cut_off_is_named(case: Case) -> None:
    log = case.log.copy()
    log.now = a_log.START
    record = log.append("projects", f"{DISTRICT}-F-projects-new", noise(1000))
    problems = [p for p in case.verify(log).problems if p.kind == "late"]
    assert [(p.topic, p.partition, p.offset) for p in problems] == [(*record.place, record.at)]


def test_the_same_records_sent_again_are_counted_and_benign(case: Case) -> None:
    log = case.log.copy()
    place = max(log.records, key=lambda p: len(log.records[p]))
    log.records[place] = renumber([*log.records[place], *log.records[place][-10:]])
    report = case.verify(log)
    assert (report.problems, report.duplicates, report.unsealed) == ([], 10, 1)


def discard(log: Log, digest: bytes, record: DumpedRecord) -> None:
    hash_ = digest.hex()
    event = RecordDiscarded("projects", hash_, *record.place, record.at, "模拟数据：不是本单位的记录", "person-3")
    log.append("audit", f"{DISTRICT}-X-{hash_[:16]}", event)


def test_a_forged_record_that_audit_discarded_is_adjudicated_and_no_problem(case: Case) -> None:
    log = case.log.copy()
    record = log.append("projects", f"{DISTRICT}-F-projects-1", noise(5))
    value = forged(log, record)
    log.records[record.place].insert(record.at, changed(record, raw_value=value))
    log.records[record.place] = renumber(log.records[record.place])
    assert {p.kind for p in case.verify(log).problems} == {"fork"}
    discard(log, value_hash(value), record)
    report = case.verify(log)
    assert report.problems == []
    assert [(p.offset, p.hash) for p in report.adjudicated] == [(record.at, value_hash(value))]


def test_a_sealed_event_cannot_be_discarded_in_silence(case: Case) -> None:
    log = case.log.copy()
    record = case.sealed()[40]
    discard(log, value_hash(record.raw_value or b""), record)
    report = case.verify(log)
    assert any(p.kind == "sealed-discarded" and (p.stream, p.version) == about(record) for p in report.problems)


def test_random_garbage_is_named_and_costs_no_other_event(case: Case) -> None:
    dice = random.Random(3)
    for _ in range(20):
        log = case.log.copy()
        place = dice.choice(sorted(log.records))
        at = dice.randrange(len(log.records[place]) + 1)
        garbage = DumpedRecord(place, at, 0, b"410804-F-x", dice.randbytes(dice.randrange(200)), [])
        log.records[place].insert(at, garbage)
        log.records[place] = renumber(log.records[place])
        report = case.verify(log)
        assert [(p.kind, p.topic, p.partition, p.offset) for p in report.problems] == [("malformed", *place, at)]


@pytest.mark.parametrize("how", ["cut", "length", "gone"])
def test_a_damaged_file_is_named_and_the_other_partitions_are_read(case: Case, how: str) -> None:
    case.copies += 1
    folder = a_log.write(case.log, case.folder / str(case.copies))
    place = sorted(case.log.records)[0]
    path = file_of(folder, place)
    raw = bytearray(path.read_bytes())
    if how == "cut":
        path.write_bytes(raw[:-5])
    elif how == "length":
        raw[16:20] = b"\x7f\xff\xff\xff"
        path.write_bytes(raw)
    else:
        path.unlink()
    report = case.verify_folder(folder)
    assert any(p.kind == "damaged" and (p.topic, p.partition) == place for p in report.problems)
    assert {p.partition for p in report.problems if p.topic == place[0]} == {place[1]}
    assert {p.topic for p in report.problems if p.topic} == {place[0]}


def test_seals_that_were_taken_away_are_named(case: Case, tmp_path: Path) -> None:
    case.copies += 1
    folder = a_log.write(case.log, case.folder / str(case.copies))
    report = verify_log(DumpSource(folder), tmp_path, None)
    assert [(p.kind, p.what) for p in report.problems] == [
        ("seal", f"seal {number}: LogSealed is on the bus, but its files are missing") for number in (1, 2)
    ]


def test_the_fast_replay_finds_what_chains_alone_can_tell(case: Case, tmp_path: Path) -> None:
    replay = replay_chains(DumpSource(a_log.write(case.log, tmp_path / "sound")))
    assert (replay.problems, replay.events) == ([], len(case.log.all()))
    leaves = b"".join(digest for *_, digest in sorted(case.log.leaves))
    assert root_of_log(replay.streams()) == root_of(leaves)

    followed = {(stream, version - 1) for _, stream, version, _ in case.log.leaves}
    record = next(r for r in case.log.all() if about(r) in followed)
    log = edited(case.log, record.place, lambda records: records.remove(record), tidy=True)
    stream, version = about(record)
    broken = replay_chains(DumpSource(a_log.write(log, tmp_path / "broken")))
    assert [(p.kind, p.stream, p.version) for p in broken.problems] == [("missing", stream, version)]
