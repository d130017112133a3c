"""Garbage on the bus, damaged dumps and seals taken away are named, and cost nothing else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from sevenx.proof.dump import DumpedRecord, DumpSource, file_of
from sevenx.proof.merkle import root_of
from sevenx.proof.verify import replay_chains, root_of_log, verify_log
from tests.unit.proof import a_log
from tests.unit.proof.a_log import renumber
from tests.unit.proof.cases import Case, about, edited


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
