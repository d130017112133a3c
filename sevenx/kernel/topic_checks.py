"""Whether a topic is still the one that was read: not made anew, not cut short, its last read record the same."""

from __future__ import annotations

from collections.abc import Mapping

from sevenx.kernel.batch_reader import Extent, read
from sevenx.kernel.envelope import value_hash
from sevenx.kernel.errors import BrokenTopic
from sevenx.kernel.read_side import ReadSide
from sevenx.kernel.read_store import Checkpoint
from sevenx.kernel.records import Place

_ADVICE = "the reader has stopped; see docs/runbooks/broken-topic.md"


def check_extents(checkpoints: Mapping[Place, Checkpoint], extents: Mapping[Place, Extent]) -> None:
    """BrokenTopic when a topic has another id than at the checkpoint, or no longer the records around it."""
    for (topic, partition), checkpoint in checkpoints.items():
        extent = extents.get((topic, partition))
        where = f"{topic} partition {partition}"
        if extent is None:
            raise BrokenTopic(f"{where} is gone, although it was read up to {checkpoint.next_offset}; {_ADVICE}")
        if extent.topic_id != checkpoint.topic_id:
            raise BrokenTopic(
                f"{where} was made anew (id {extent.topic_id}, read was {checkpoint.topic_id}); {_ADVICE}"
            )
        if extent.end < checkpoint.next_offset:
            raise BrokenTopic(
                f"{where} was cut short: it ends at {extent.end}, read was up to {checkpoint.next_offset}; {_ADVICE}"
            )
        if extent.start > checkpoint.next_offset:
            raise BrokenTopic(
                f"{where} was cut: it begins at {extent.start}, read was up to {checkpoint.next_offset}; {_ADVICE}"
            )


def check_last_records(
    side: ReadSide, checkpoints: Mapping[Place, Checkpoint], extents: Mapping[Place, Extent]
) -> None:
    """BrokenTopic when the record before a checkpoint is not the one that was read there."""
    known = {p: c for p, c in checkpoints.items() if c.last_hash is not None and extents[p].start < c.next_offset}
    ranges = {place: (checkpoint.next_offset - 1, checkpoint.next_offset) for place, checkpoint in known.items()}
    for batch in read(side.kafka, f"{side.group}-check", ranges):
        for raw in batch:
            if value_hash(raw.value or b"") != known[raw.place].last_hash:
                raise BrokenTopic(
                    f"{raw.topic} partition {raw.partition}: another record stands at offset {raw.offset} than the one "
                    f"that was read; {_ADVICE}"
                )
