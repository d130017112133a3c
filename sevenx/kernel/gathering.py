"""From what was delivered to what comes next: repeated records are left out, holes are read again once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

from sevenx.kernel.applier import Checked
from sevenx.kernel.read_store import Batch, Move
from sevenx.kernel.reader_metrics import HOLES
from sevenx.kernel.records import Place, RawRecord

log = logging.getLogger(__name__)
ReadAgain = Callable[[Place, int, int], Iterable[RawRecord]]


def gather(
    records: Iterable[RawRecord],
    expected: Mapping[Place, int],
    check: Callable[[RawRecord], Checked],
    read_again: ReadAgain,
) -> Batch:
    """The batch that these records make. `expected` tells the next offset of each partition that is ours; records of
    others are left out. A hole that stays is an alarm, and is passed over."""
    batch = Batch()
    for raw in records:
        place = raw.place
        move = batch.moves.get(place)
        following = move.new if move else expected.get(place)
        if following is None or raw.offset < following:
            continue
        if raw.offset > following:
            for found in _fill(place, following, raw.offset, read_again):
                _add(batch, check(found), following)
        _add(batch, check(raw), following)
    return batch


def _fill(place: Place, start: int, end: int, read_again: ReadAgain) -> list[RawRecord]:
    found = list(read_again(place, start, end))
    lost = end - start - len(found)
    if lost:
        HOLES.labels(place[0]).inc()
        log.error(
            "a hole in the offsets stays after a second reading",
            extra={"topic": place[0], "partition": place[1], "start": start, "end": end, "lost": lost},
        )
    return found


def _add(batch: Batch, record: Checked, start: int) -> None:
    raw = record.raw
    move = batch.moves.setdefault(raw.place, Move(start, start, None))
    move.new, move.last_hash = raw.offset + 1, record.hash
    batch.records.append(record)
