"""How far a reader is in each of its partitions, and since when it stands there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from sevenx.kernel.reader_metrics import LAG_RECORDS, LAG_SECONDS
from sevenx.kernel.records import Place


class Progress:
    """Changed in the event loop alone."""

    def __init__(self) -> None:
        self.next: dict[Place, int] = {}
        """The next offset of each partition that is ours."""
        self.ends: dict[Place, int] = {}
        """End offsets as last seen."""
        self.running = False
        self.since = time.monotonic()
        """When the reader last changed its state or was assigned partitions."""
        self.ever = False
        """Whether the group has told us our partitions, be they none, since reading began."""
        self._moved: dict[Place, float] = {}
        self._stamps: dict[Place, int] = {}

    def reset(self) -> None:
        """Nothing is ours, and nobody has told us anything."""
        self._unset(self.next)
        self.next, self.ever = {}, False

    def assign(self, positions: Mapping[Place, int]) -> None:
        """These partitions are ours, and no others."""
        self._unset(self.next.keys() - positions.keys())
        self.next, self.ever = dict(positions), True
        self.since = time.monotonic()
        self._moved = dict.fromkeys(positions, self.since)

    def advance(self, to: Mapping[Place, int], timestamps: Mapping[Place, int]) -> None:
        """A batch is committed; `timestamps` are its last records', Unix milliseconds."""
        now = time.monotonic()
        for place, offset in to.items():
            if place in self.next:
                self.next[place] = offset
                self._moved[place] = now
        self._stamps.update(timestamps)
        self.measure(place for place in to if place in self.next)

    def seen(self, ends: Mapping[Place, int]) -> None:
        """The end offsets of now."""
        self.ends = dict(ends)
        # Who has nothing to read does not stand still: the time counts from when something was there to be read.
        now = time.monotonic()
        self._moved |= {place: now for place, offset in self.next.items() if self.ends.get(place, 0) <= offset}
        self.measure(self.next)

    def standing(self) -> dict[Place, float]:
        """Partitions of ours with more to read, and for how many seconds they have stood still."""
        now = time.monotonic()
        behind = {place for place, offset in self.next.items() if self.ends.get(place, 0) > offset}
        return {place: now - max(self._moved.get(place, 0.0), self.since) for place in behind}

    def report(self) -> dict[str, dict[str, Any]]:
        """For each partition: `next`, `end`, `lag_records`, `lag_seconds`."""
        return {f"{place[0]}/{place[1]}": self._of(place) for place in sorted(self.next)}

    def _of(self, place: Place) -> dict[str, Any]:
        offset = self.next[place]
        lag = max(0, self.ends.get(place, offset) - offset)
        stamp = self._stamps.get(place)
        # The record that waits is younger than the last one applied: its age is at most this.
        age = max(0.0, time.time() - stamp / 1000) if lag and stamp else 0.0
        return {"next": offset, "end": self.ends.get(place, offset), "lag_records": lag, "lag_seconds": round(age, 3)}

    def measure(self, places: Iterable[Place]) -> None:
        """Tell the metrics of these partitions, which are ours."""
        for place in places:
            found = self._of(place)
            LAG_RECORDS.labels(place[0], str(place[1])).set(found["lag_records"])
            LAG_SECONDS.labels(place[0], str(place[1])).set(found["lag_seconds"])

    @staticmethod
    def _unset(places: Any) -> None:
        for topic, partition in places:
            for gauge in (LAG_RECORDS, LAG_SECONDS):
                gauge.remove(topic, str(partition))
