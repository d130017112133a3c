"""Whoever changes or drops a sealed event is found, and it is said what and where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sevenx.proof.dump import DumpedRecord
from tests.unit.proof.a_log import changed
from tests.unit.proof.cases import ONE_FIXTURE, Case, about, edited, names, replaced


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
