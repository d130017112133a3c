"""The pure replay: the whole log folded from the first offset, with nothing known but the log itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sevenx.kernel.applier import Applier, Aside, Checked, Head, Known, Plan, StreamKey
from sevenx.kernel.batch_reader import Range, read
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.records import Place, RawRecord

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

    def fold(self, records: Iterable[RawRecord]) -> tuple[list[Checked], Plan]:
        """Decide over a batch; the caller carries the plan out, or says by `take` what came of it."""
        check = self._applier.check
        checked = [record for raw in records if self._within(record := check(raw))]
        return checked, self._applier.plan(checked, self.known)

    def take(self, plan: Plan) -> None:
        """Go on from what a plan has done."""
        self.known.advance(plan)
        for aside in plan.aside:
            self.aside[at(aside.record)] = aside

    def mend(self) -> Iterator[tuple[list[Checked], Plan]]:
        """Try what is set aside once more, in the order of versions, as a gap that was filled is healed live. Each plan
        is to be given to `take`."""
        for key, waiting in self._waiting().items():
            for record in waiting:
                del self.aside[at(record)]
            self.known.parked.pop(key, None)
            yield waiting, self._applier.plan(waiting, self.known)

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


def at(record: Checked) -> At:
    """Where a record lies."""
    raw = record.raw
    return raw.topic, raw.partition, raw.offset


def concluded(side: ReadSide, ends: Mapping[Place, int]) -> set[bytes]:
    """The hashes that audit has discarded before these offsets."""
    ranges: dict[Place, Range] = {place: (0, end) for place, end in ends.items() if place[0] == side.audit_topic}
    replay = Replay(side.applier)
    for batch in read(side.kafka, f"{side.group}-replay", ranges):
        replay.take(replay.fold(batch)[1])
    return replay.known.discarded
