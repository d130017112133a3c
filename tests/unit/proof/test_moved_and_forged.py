"""Whoever moves, adds or forges an event is found; what audit has concluded of is adjudicated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sevenx.kernel.envelope import value_hash
from sevenx.proof.dump import DumpedRecord
from tests.unit.proof import a_log
from tests.unit.proof.a_log import DISTRICT, changed, noise, renumber
from tests.unit.proof.cases import ONE_FIXTURE, Case, about, discard, edited, forged, names


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
