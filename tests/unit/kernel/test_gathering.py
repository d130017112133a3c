"""Which of the delivered records make the next batch."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import REGISTRY

from sevenx.kernel.applier import Applier
from sevenx.kernel.gathering import gather
from sevenx.kernel.read_store import Batch
from sevenx.kernel.records import Place, RawRecord
from sevenx.kernel.testing.sample import read_model, sample_catalog

TOPIC = "410804.bank.events"
APPLIER = Applier(sample_catalog(), read_model())


def record(offset: int, partition: int = 0) -> RawRecord:
    return RawRecord(TOPIC, partition, offset, b"A-1", b"%d" % offset, 0)


def nothing(_place: Place, _start: int, _end: int) -> Iterable[RawRecord]:
    return []


def offsets(batch: Batch) -> list[tuple[int, int]]:
    return [(one.raw.partition, one.raw.offset) for one in batch.records]


def test_what_was_committed_before_is_left_out_and_what_is_not_ours_too() -> None:
    records = [record(3), record(4), record(5), record(0, partition=1), record(4)]
    batch = gather(records, {(TOPIC, 0): 4}, APPLIER.check, nothing)
    assert offsets(batch) == [(0, 4), (0, 5)]
    move = batch.moves[TOPIC, 0]
    assert (move.old, move.new, move.last_hash) == (4, 6, batch.records[-1].hash)


def test_a_hole_is_filled_by_reading_again() -> None:
    asked: list[tuple[Place, int, int]] = []

    def again(place: Place, start: int, end: int) -> Iterable[RawRecord]:
        asked.append((place, start, end))
        return [record(offset) for offset in range(start, end)]

    batch = gather([record(0), record(3)], {(TOPIC, 0): 0}, APPLIER.check, again)
    assert offsets(batch) == [(0, 0), (0, 1), (0, 2), (0, 3)]
    assert asked == [((TOPIC, 0), 1, 3)]


def test_a_hole_that_stays_is_counted_and_passed_over() -> None:
    def holes() -> float:
        return REGISTRY.get_sample_value("sevenx_reader_holes_total", {"topic": TOPIC}) or 0.0

    before = holes()
    batch = gather([record(5)], {(TOPIC, 0): 2}, APPLIER.check, nothing)
    assert offsets(batch) == [(0, 5)]
    assert (batch.moves[TOPIC, 0].old, batch.moves[TOPIC, 0].new) == (2, 6)
    assert holes() == before + 1


def test_nothing_new_moves_nothing() -> None:
    batch = gather([record(1)], {(TOPIC, 0): 2}, APPLIER.check, nothing)
    assert not batch.moves
    assert not batch.records
