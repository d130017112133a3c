"""Verified replays of a history, as `sevenx verify` carries them out, to different depths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.harness import expect
from benchmarks.history import History
from sevenx.kernel.envelope import MARKER, value_hash
from sevenx.kernel.testing.sample import AREA, sample_catalog
from sevenx.proof.chain import Check, Replay
from sevenx.proof.content import ContentCheck
from sevenx.proof.findings import Problem
from sevenx.proof.kafka_source import KafkaSource
from sevenx.proof.merkle import HASH, Levels, Range
from sevenx.proof.source import Record
from sevenx.proof.streams import Partition, Stream

_LEAVES = 65536
"""Leaves that are hashed at once."""


class Log:
    """A history on the bus, ready to be verified."""

    def __init__(self, options: Mapping[str, Any], history: History) -> None:
        self.history = history
        self._source = KafkaSource(options, history.district, [AREA])
        schemas = [s for s in sample_catalog().schemas() if s.namespace in (AREA, "kernel")]
        self._owned = {AREA: {MARKER + schema.fingerprint for schema in schemas}}

    def chains(self) -> dict[str, Stream]:
        """Consume, and verify chains, contiguity and ownership."""
        return self._replay(None)

    def root(self) -> bytes:
        """The same, and the Merkle root over all events by stream and version."""
        streams, tree, leaves = self.chains(), Range(), bytearray()
        for name in sorted(streams):
            leaves += streams[name].leaves
            if len(leaves) >= _LEAVES * HASH:
                tree.append(leaves)
                leaves.clear()
        tree.append(leaves)
        return tree.root()

    def decoded(self) -> None:
        """The same as `chains`, and every event decoded."""
        self._replay(_decode)

    def contents(self) -> None:
        """All that `sevenx verify` does: every event decoded, and headers, times and places recomputed from it."""
        self._replay(ContentCheck(sample_catalog()))

    def _replay(self, check: Check | None) -> dict[str, Stream]:
        (topic,) = self._source.topics
        replay = Replay([(self.history.district, AREA, topic)], self._owned, check=check)
        for records in self._source.read([(topic.name, n) for n in range(len(topic.partitions))]):
            replay.take(records)
        replay.finish()
        expect("problems", (replay.problems[:3], replay.duplicates), ([], 0))
        expect("events that stand in their chains", replay.events, self.history.events)
        streams = replay.streams()[AREA]
        expect("streams", len(streams), self.history.streams)
        return streams


def _decode(partition: Partition, _stream: Stream, _record: Record, value: bytes) -> Iterable[Problem]:
    sample_catalog().decode(partition.area, value)
    return ()


def expected_root(history: History) -> bytes:
    """The Merkle root from the history itself, by the other of the product's two ways to build the tree."""
    leaves: dict[str, bytearray] = {}
    for stream, _, _, value in history:
        leaves.setdefault(stream, bytearray()).extend(value_hash(value))
    return Levels.of(b"".join(leaves[stream] for stream in sorted(leaves))).root()
