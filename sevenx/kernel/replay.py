"""The pure replay: the whole log folded from the first offset, with nothing known but the log itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from sevenx.kernel.applier import Applier, Aside, Checked, Head, Known, Plan, StreamKey
from sevenx.kernel.batch_reader import Range, read
from sevenx.kernel.collector import uncollected
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.records import Place

BATCH = 5_000
"""Records that are folded at once."""

At = tuple[str, int, int]
"""Topic, partition and offset."""


class Replay:
    """Folds records in the order of each partition, and at the end what a late record has made whole."""

    def __init__(
        self, applier: Applier, discarded: Iterable[bytes] = (), limits: Mapping[StreamKey, Head] | None = None
    ) -> None:
        """`limits` names streams that are parked in the model to be compared with: they are not carried beyond these
        heads."""
        self._applier, self._limits = applier, limits or {}
        self.known = Known(discarded=set(discarded))
        self.aside: dict[At, Aside] = {}
        """What is set aside so far."""

    def fold(self, records: Iterable[Checked]) -> Plan:
        """Decide over a batch; the caller carries the plan out, and gives it to `take`."""
        return self._applier.plan([record for record in records if self._within(record)], self.known)

    def take(self, plan: Plan) -> None:
        """Go on from what a plan has done."""
        self.known.advance(plan)
        for aside in plan.aside:
            self.aside[at(aside.record)] = aside

    def mend(self) -> Iterator[list[Checked]]:
        """Try what is set aside once more, in the order of versions, as a gap that was filled is healed live: what
        it yields is to be folded."""
        for key, waiting in self._waiting().items():
            for record in waiting:
                del self.aside[at(record)]
            self.known.parked.pop(key, None)
            yield waiting

    def _within(self, record: Checked) -> bool:
        if not self._limits or record.event is None:
            return True
        limit = self._limits.get((record.area, record.event.meta.stream))
        return limit is None or record.event.meta.version <= limit.version

    def _waiting(self) -> dict[StreamKey, list[Checked]]:
        waiting: dict[StreamKey, list[Checked]] = {}
        for aside in self.aside.values():
            event = aside.record.event
            if event is not None:
                waiting.setdefault((aside.record.area, event.meta.stream), []).append(aside.record)
        for records in waiting.values():
            records.sort(key=lambda record: (record.event.meta.version if record.event else 0, record.raw.offset))
        return waiting


def ahead(side: ReadSide, group: str, ranges: Mapping[Place, Range], batch: int) -> Iterator[list[Checked]]:
    """The records of the ranges, checked: one batch is decoded in a thread while the caller carries out the one before,
    which is mostly waiting for PostgreSQL."""
    check, batches = side.applier.check, read(side.kafka, f"{side.group}-{group}", ranges, batch)

    def following() -> list[Checked] | None:
        with uncollected():
            found = next(batches, None)
            return None if found is None else [check(raw) for raw in found]

    with ThreadPoolExecutor(1, "ahead") as thread:
        coming = thread.submit(following)
        try:
            while (records := coming.result()) is not None:
                coming = thread.submit(following)
                yield records
        finally:
            thread.submit(batches.close).result()


def at(record: Checked) -> At:
    """Where a record lies."""
    raw = record.raw
    return raw.topic, raw.partition, raw.offset


def concluded(side: ReadSide, ends: Mapping[Place, int]) -> set[bytes]:
    """The hashes that audit has discarded before these offsets."""
    ranges: dict[Place, Range] = {place: (0, end) for place, end in ends.items() if place[0] == side.audit_topic}
    replay = Replay(side.applier)
    for batch in ahead(side, "replay", ranges, BATCH):
        replay.take(replay.fold(batch))
    return replay.known.discarded
