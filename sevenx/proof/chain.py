"""Verified replay: every stream's chain, its contiguity, and who owns what, over raw records and without decoding.

For each record one SHA-256, one comparison of `value[10:42]` with the head of its stream, one look at the fingerprint
and at the version's bytes: all else happens only where one of these does not fit. Per event 32 bytes are kept, its
hash, which are the leaves of the Merkle tree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256

from sevenx.kernel.envelope import GENESIS, MARKER, PREV
from sevenx.kernel.topics import partition_of
from sevenx.proof.findings import Problem
from sevenx.proof.loose import Accept, place, resolve
from sevenx.proof.source import Place, Record, Topic
from sevenx.proof.streams import Partition, Stream
from sevenx.proof.wire import KNOWN_VERSIONS, VERSION_AT, meta_of, version_bytes

Check = Callable[[Partition, Stream, Record, bytes], Iterable[Problem]]
"""Looks at the content of a record that was just appended to its stream; gets its value last."""


class Replay:
    """Takes records in any portions, each partition in order, and gathers what is wrong."""

    def __init__(
        self,
        topics: Iterable[tuple[str, str, Topic]],
        owned: Mapping[str, Collection[bytes]],
        discarded: Collection[bytes] = (),
        check: Check | None = None,
    ) -> None:
        """`topics`: (district, area, topic) of each events topic. `owned`: for each area the first ten bytes of the
        values that it may write. `discarded`: hashes of records that audit concluded must not be applied. `check`
        looks at contents; without it chains alone are verified."""
        self.problems: list[Problem] = []
        self.adjudicated: list[Problem] = []
        self.duplicates = 0
        self.records = 0
        self._owned = {area: frozenset(prints) for area, prints in owned.items()}
        self._discarded = frozenset(discarded)
        self._check = check
        self._topics = list(topics)
        self.partitions: dict[Place, Partition] = {
            (topic.name, n): Partition(topic.name, n, district, area, len(topic.partitions), extent.begin)
            for district, area, topic in self._topics
            for n, extent in enumerate(topic.partitions)
        }

    # -- the way of nearly every record ------------------------------------------------------------------------------

    def take(self, records: Sequence[Record]) -> None:
        """Verify a portion of records. This loop is what the speed of verification hangs on."""
        partitions, check, digest_of = self.partitions, self._check, sha256
        discarded, owned_by, versions = self._discarded, self._owned, version_bytes()
        topic, number = "", -1
        self.records += len(records)
        for record in records:
            if record.partition() != number or record.topic() != topic:
                topic, number = record.topic(), record.partition()
                partition = partitions[topic, number]
                streams, owned = partition.streams, owned_by[partition.area]
            offset = record.offset()
            if offset != partition.next:
                self._hole(partition, offset)
            partition.next = offset + 1
            value = record.value() or b""
            digest = digest_of(value).digest()
            stream = streams.get(record.key())
            if (
                stream is not None
                and value[10:42] == stream.head
                and value[:10] in owned
                and ((n := len(stream.leaves) >> 5) >= KNOWN_VERSIONS or value.startswith(versions[n], VERSION_AT))
                and digest not in discarded
            ):
                stream.leaves += digest
                stream.head = digest
                if check is not None:
                    self.problems += check(partition, stream, record, value)
            else:
                self._odd(partition, record, value, digest)

    # -- all others --------------------------------------------------------------------------------------------------

    def _odd(self, partition: Partition, record: Record, value: bytes, digest: bytes) -> None:
        """A record that is the first of its stream, or that does not fit."""
        key = record.key()
        if digest in self._discarded:
            self.adjudicated.append(
                self._problem("discarded", "audit concluded that it is not applied", partition, record, digest)
            )
            return
        fault = self._fault(partition, key, value)
        if fault is not None:
            self.problems.append(self._problem(*fault, partition, record, digest))
            return
        stream = partition.streams.get(key)
        if stream is None:
            stream = partition.streams[key] = Stream((key or b"").decode())
            if value[PREV] == GENESIS and value.startswith(version_bytes()[0], VERSION_AT):
                stream.leaves += digest
                stream.head = digest
                if self._check is not None:
                    self.problems += self._check(partition, stream, record, value)
                return
        if digest in stream.held or stream.find(digest):
            self.duplicates += 1
            return
        meta = meta_of(value)
        if meta is None:
            self.problems.append(self._problem("malformed", "Meta cannot be read", partition, record, digest))
            return
        self.problems += place(stream, record, value, digest, meta.version, self._accept(partition))

    def _fault(self, partition: Partition, key: bytes | None, value: bytes) -> tuple[str, str] | None:
        """(kind, what) of a record that cannot belong here at all."""
        if not value or value[:2] != MARKER or len(value) <= VERSION_AT:
            return "malformed", "the value is not an Avro single-object encoding with Meta"
        if value[:10] not in self._owned[partition.area]:
            owner = next((area for area, prints in self._owned.items() if value[:10] in prints), None)
            if owner is None:
                return "malformed", f"no schema has the fingerprint {value[2:10].hex()}"
            return "foreign", f"an event of {owner} stands on the topic of {partition.area}"
        if key is None:
            return "malformed", "the record has no key"
        try:
            stream = key.decode()
        except UnicodeDecodeError:
            return "malformed", "the key is not UTF-8"
        right = partition_of(stream, partition.width)
        if right != partition.number:
            return "wrong-partition", f"the stream belongs in partition {right}"
        if not stream.startswith(f"{partition.district}-"):
            return "foreign", f"the stream is not one of district {partition.district}"
        return None

    def _accept(self, partition: Partition) -> Accept:
        """Append a record to its stream, then look at its content."""

        def accept(stream: Stream, record: Record, value: bytes, digest: bytes) -> Iterable[Problem]:
            stream.leaves += digest
            version = stream.version
            if self._check is not None:
                yield from self._check(partition, stream, record, value)
                return
            told = meta_of(value)
            if told is None or told.version != version:
                what = f"it says version {told.version if told else '?'} and follows version {version - 1}"
                yield self._problem("content", what, partition, record, digest, version)

        return accept

    def _hole(self, partition: Partition, offset: int) -> None:
        kind = "hole" if offset > partition.next else "moved"
        what = f"after offset {partition.next - 1} comes offset {offset}"
        self.problems.append(Problem(kind, what, partition.topic, partition.number, offset))

    @staticmethod
    def _problem(
        kind: str, what: str, partition: Partition, record: Record, digest: bytes, version: int | None = None
    ) -> Problem:
        key = record.key()
        stream = None if key is None else key.decode("utf-8", "backslashreplace")
        if version is None:
            meta = meta_of(record.value() or b"")
            version = meta.version if meta else None
        return Problem(kind, what, partition.topic, partition.number, record.offset(), stream, version, digest)

    # -- the end -----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Resolve what is still held, and compare where partitions begin and end with their extents."""
        for partition in self.partitions.values():
            for stream in partition.streams.values():
                if stream.held:
                    self.problems += resolve(stream, self._accept(partition))
        for _, _, topic in self._topics:
            for n, extent in enumerate(topic.partitions):
                partition = self.partitions[topic.name, n]
                if extent.begin:
                    what = f"it begins at offset {extent.begin}: what stood before is gone"
                    self.problems.append(Problem("truncated", what, topic.name, n, extent.begin))
                if partition.next < extent.end:
                    what = f"records from offset {partition.next} to {extent.end - 1} are not there"
                    self.problems.append(Problem("truncated", what, topic.name, n, partition.next))
                elif partition.next > extent.end:
                    what = f"records stand after the end offset {extent.end}"
                    self.problems.append(Problem("moved", what, topic.name, n, extent.end))

    def streams(self) -> dict[str, dict[str, Stream]]:
        """Every stream that has events, by area and id."""
        found: dict[str, dict[str, Stream]] = {}
        for partition in self.partitions.values():
            of_area = found.setdefault(partition.area, {})
            of_area.update((stream.id, stream) for stream in partition.streams.values() if stream.leaves)
        return found

    @property
    def events(self) -> int:
        """Events that stand in their chains."""
        return sum(s.version - s.absent for p in self.partitions.values() for s in p.streams.values())
