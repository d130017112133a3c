"""Looks at the reader from outside: a consumer can die slowly while its process lives."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from sevenx.kernel.batch_reader import Cluster, KafkaAway
from sevenx.kernel.errors import BrokenTopic
from sevenx.kernel.lag import Progress
from sevenx.kernel.read_side import ReadSide

LOOK = 1.0
"""Seconds between two looks at the end offsets."""
log = logging.getLogger(__name__)


class Watchdog:
    """Compares where the reader stands with the end offsets, over a connection of its own."""

    def __init__(
        self,
        side: ReadSide,
        progress: Progress,
        stalled_after: float,
        fatal: Callable[[str], None],
        halt: Callable[[BrokenTopic], Awaitable[None]],
    ) -> None:
        """`fatal` hears of a partition that stands still for `stalled_after` seconds, `halt` of a topic cut short under
        the reader."""
        self._side, self._progress, self._stalled_after = side, progress, stalled_after
        self._fatal, self._halt = fatal, halt
        self._cluster: Cluster | None = None
        self._ids: dict[str, str] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._look()
            except KafkaAway as error:
                log.debug("end offsets not read: %s", error)
            await asyncio.sleep(LOOK)

    async def _look(self) -> None:
        if self._cluster is None:
            self._cluster = Cluster(self._side.kafka)
        read = dict(self._progress.next)  # what is read while we ask may lie beyond the answer
        extents = await asyncio.to_thread(self._cluster.extents, self._side.topics)
        self._progress.seen({place: extent.end for place, extent in extents.items()})
        for (topic, _), extent in extents.items():
            if self._ids.setdefault(topic, extent.topic_id) != extent.topic_id:
                await self._halt(BrokenTopic(f"{topic} was made anew while it was read"))
                return
        if not self._progress.running:
            return
        for (topic, partition), offset in read.items():
            if extents[topic, partition].end < offset and (topic, partition) in self._progress.next:
                await self._halt(BrokenTopic(f"{topic} partition {partition} was cut short while it was read"))
                return
        self._judge()

    def _judge(self) -> None:
        stalled = {p: s for p, s in self._progress.standing().items() if s > self._stalled_after}
        if stalled:
            (topic, partition), seconds = max(stalled.items(), key=lambda item: item[1])
            self._fatal(f"the reader stands still in {topic} partition {partition} for {seconds:.0f} s")
        nothing = not self._progress.next and any(self._progress.ends.values())
        if nothing and not self._progress.ever and time.monotonic() - self._progress.since > self._stalled_after:
            self._fatal(f"the reader was assigned no partition in {self._stalled_after:.0f} s")
