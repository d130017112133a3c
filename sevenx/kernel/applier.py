"""What a batch of records does to a read model: pure, the same live, in a rebuild, in a redrive and in a comparison.

Applied is decided by (area, stream, version) and by the chain: the next version that links to the head is applied; what
is not above the head is a duplicate; what does not link is a fork; what leaves out a version is a gap. A stream with a
gap, or with an event that its handlers cannot take, is parked: its records are set aside in their order, and all other
streams go on (architecture, "Reading: live").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sevenx.declaration import AUDIT
from sevenx.kernel.avro import Catalog
from sevenx.kernel.envelope import GENESIS, Recorded, value_hash
from sevenx.kernel.errors import MalformedRecord
from sevenx.kernel.projection import Changes, Projections
from sevenx.kernel.records import RawRecord
from sevenx.kernel.topics import parse_events_topic, partition_of

StreamKey = tuple[str, str]
"""Area and stream."""


class Head(NamedTuple):
    """The last applied event of a stream."""

    version: int
    hash: bytes


NO_HEAD = Head(0, GENESIS)


class Checked(NamedTuple):
    """A record after the checks that need nothing but itself. Without an event it is malformed, and `fault` says why;
    `stream` is then what its key claims, if that is text."""

    raw: RawRecord
    area: str
    stream: str | None
    hash: bytes
    event: Recorded | None
    fault: str = ""


class Aside(NamedTuple):
    """A record that is set aside: `malformed`, `fork`, `gap` or `parked`."""

    record: Checked
    kind: str
    reason: str


@dataclass(slots=True)
class Known:
    """What is known of the streams of a batch before it: heads, parked streams with the kind of their first record set
    aside, and the hashes that audit has discarded."""

    heads: dict[StreamKey, Head] = field(default_factory=dict)
    parked: dict[StreamKey, str] = field(default_factory=dict)
    discarded: set[bytes] = field(default_factory=set)

    def advance(self, plan: Plan) -> None:
        """Take over what a plan, once carried out, has changed."""
        self.heads.update(plan.heads)
        self.parked.update(plan.parked)
        self.discarded.update(bytes.fromhex(event.data["record_hash"]) for event in plan.discards)


@dataclass(slots=True)
class Plan:
    """What a batch does.

    heal: streams parked by a gap of which the lacking version has now come (it is set aside with the others, and the
    stream is to be redriven). discards: audit's conclusions among the applied events.
    """

    changes: Changes = field(default_factory=Changes)
    heads: dict[StreamKey, Head] = field(default_factory=dict)
    parked: dict[StreamKey, str] = field(default_factory=dict)
    applied: list[Checked] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    heal: set[StreamKey] = field(default_factory=set)
    discards: list[Recorded] = field(default_factory=list)
    duplicates: int = 0
    discarded: list[Checked] = field(default_factory=list)


class Applier:
    """Decides over records by a service's schemas and handlers."""

    def __init__(self, catalog: Catalog, projections: Projections) -> None:
        self._catalog, self._projections = catalog, projections
        self._handled = projections.handled()

    def check(self, raw: RawRecord) -> Checked:
        """Decode a record and hold it against its own coordinates. Whatever is wrong becomes a fault."""
        topic = parse_events_topic(raw.topic)
        if topic is None:
            raise ValueError(f"{raw.topic} is not an events topic")
        district, area = topic
        if raw.value is None:
            return Checked(raw, area, _claimed(raw.key), value_hash(b""), None, "the record has no value")
        try:
            event = self._catalog.decode(area, raw.value)
        except MalformedRecord as error:
            return Checked(raw, area, _claimed(raw.key), value_hash(raw.value), None, str(error))
        fault = _misplaced(raw, event, district)
        if fault:
            return Checked(raw, area, _claimed(raw.key), event.hash, None, fault)
        return Checked(raw, area, event.meta.stream, event.hash, event)

    def plan(self, batch: Iterable[Checked], known: Known, failing: Mapping[bytes, str] | None = None) -> Plan:
        """Decide over a batch in its order. `failing` names events, by hash, that the database has refused, and why:
        they park their streams as those do whose handlers raise. `known` is not changed."""
        plan = Plan()
        discarded = known.discarded
        for record in batch:
            event = record.event
            if record.hash in discarded:
                plan.discarded.append(record)
                continue
            if event is None:
                plan.aside.append(Aside(record, "malformed", record.fault))
                continue
            key = (record.area, event.meta.stream)
            head = plan.heads.get(key) or known.heads.get(key, NO_HEAD)
            if event.meta.version <= head.version:
                self._not_above(plan, record, event, head)
                continue
            why = plan.parked.get(key) or known.parked.get(key)
            if why is not None:
                self._parked(plan, record, event, head, why, key)
            elif event.meta.version > head.version + 1:
                reason = f"version {event.meta.version} follows {head.version}"
                plan.aside.append(Aside(record, "gap", reason))
                plan.parked[key] = "gap"
            elif event.meta.prev != head.hash:
                reason = f"prev is {event.meta.prev.hex()}, the head at version {head.version} is {head.hash.hex()}"
                plan.aside.append(Aside(record, "fork", reason))
            else:
                self._apply(plan, record, event, key, failing)
                if plan.discards and plan.discards[-1] is event:
                    discarded = discarded | {bytes.fromhex(event.data["record_hash"])}
        return plan

    @staticmethod
    def _not_above(plan: Plan, record: Checked, event: Recorded, head: Head) -> None:
        if event.meta.version == head.version and record.hash != head.hash:
            plan.aside.append(Aside(record, "fork", f"another event stands at version {head.version}"))
        else:
            plan.duplicates += 1

    @staticmethod
    def _parked(plan: Plan, record: Checked, event: Recorded, head: Head, why: str, key: StreamKey) -> None:
        plan.aside.append(Aside(record, "parked", "its stream is parked"))
        if why == "gap" and event.meta.version == head.version + 1 and event.meta.prev == head.hash:
            plan.heal.add(key)

    def _apply(
        self, plan: Plan, record: Checked, event: Recorded, key: StreamKey, failing: Mapping[bytes, str] | None
    ) -> None:
        reason = failing.get(record.hash) if failing else None
        if reason is None and (record.area, event.name) in self._handled:
            try:
                self._projections.apply(event, plan.changes)
            except Exception as error:  # noqa: BLE001 whatever a handler raises parks its stream and nothing else
                reason = f"{type(error).__name__}: {error}"
                self._undo(plan, event.meta.stream)
        if reason is not None:
            plan.aside.append(Aside(record, "parked", reason))
            plan.parked[key] = "parked"
            return
        plan.heads[key] = Head(event.meta.version, record.hash)
        plan.applied.append(record)
        if record.area == AUDIT and event.name == "RecordDiscarded":
            plan.discards.append(event)

    def _undo(self, plan: Plan, stream: str) -> None:
        """Drop what a stream has changed in this batch, and fold its applied events again: a handler that raised may
        have written before."""
        for rows in plan.changes.by_table.values():
            for key in [key for key in rows if key[0] == stream]:
                del rows[key]
        for record in plan.applied:
            if record.event is not None and record.event.meta.stream == stream:
                self._projections.apply(record.event, plan.changes)


def _claimed(key: bytes | None) -> str | None:
    """The stream that a key names, if it is text that PostgreSQL can hold."""
    try:
        text = (key or b"").decode()
    except UnicodeDecodeError:
        return None
    return None if not text or "\0" in text else text


def _misplaced(raw: RawRecord, event: Recorded, district: str) -> str:
    """What contradicts the record's place, or an empty string."""
    meta = event.meta
    if not meta.stream or "\0" in meta.stream:
        return f"{meta.stream!r} is not a stream's id"
    if raw.key != meta.stream.encode():
        return f"the key {raw.key!r} is not the stream {meta.stream!r}"
    if meta.district != district:
        return f"an event of district {meta.district} stands on a topic of {district}"
    if raw.partition != partition_of(meta.stream):
        return f"stream {meta.stream} belongs to partition {partition_of(meta.stream)}"
    if meta.version < 1:
        return f"the version is {meta.version}"
    return ""
