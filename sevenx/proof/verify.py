"""Verification of a whole log: chains, contents, seals; from a broker or from files."""

from __future__ import annotations

import gc
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sevenx.declaration import AUDIT, writing_services
from sevenx.kernel.avro import Catalog
from sevenx.kernel.avro import catalog as own_catalog
from sevenx.kernel.envelope import MARKER, Recorded
from sevenx.kernel.errors import MalformedRecord
from sevenx.kernel.period_close import is_marker_stream
from sevenx.kernel.topics import events_topic, parse_events_topic, schemas_topic
from sevenx.proof.chain import Replay
from sevenx.proof.content import ContentCheck
from sevenx.proof.findings import Problem
from sevenx.proof.merkle import HASH, Range
from sevenx.proof.seal_check import SealCheck, check_announcements, check_seals
from sevenx.proof.source import Place, Source, Topic
from sevenx.proof.streams import Stream

CONCLUSIONS = ("LogSealed", "RecordDiscarded")
"""Audit's events that verification itself needs."""
_BUFFER = 65536 * HASH


@dataclass
class Report:
    """What verification found. `streams` is what was read, for comparisons with others."""

    district: str
    events: int = 0
    records: int = 0
    duplicates: int = 0
    unsealed: int = 0
    problems: list[Problem] = field(default_factory=list)
    adjudicated: list[Problem] = field(default_factory=list)
    seals: list[dict[str, Any]] = field(default_factory=list)
    topics: list[dict[str, Any]] = field(default_factory=list)
    owners: dict[str, Any] = field(default_factory=dict)
    projections: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    streams: dict[str, dict[str, Stream]] = field(default_factory=dict)

    @property
    def events_per_second(self) -> int:
        return round(self.events / self.seconds) if self.seconds else 0

    @property
    def markers(self) -> int:
        """How many of the events are `PeriodClosed`: they tell of time and of nothing that anybody did."""
        streams = (one for of_area in self.streams.values() for one in of_area.items())
        return sum(stream.version for name, stream in streams if is_marker_stream(name))

    def as_json(self) -> dict[str, Any]:
        return {
            "district": self.district,
            "events": self.events,
            "period_closed": self.markers,
            "records": self.records,
            "problems": len(self.problems),
            "findings": [problem.as_json() for problem in self.problems],
            "unsealed": self.unsealed,
            "duplicates": self.duplicates,
            "adjudicated": [problem.as_json() for problem in self.adjudicated],
            "seals": self.seals,
            "projections": self.projections,
            "owners": self.owners,
            "topics": self.topics,
            "seconds": round(self.seconds, 3),
            "events_per_second": self.events_per_second,
        }


def verify_log(
    source: Source,
    seals: Path | None = None,
    key: Ed25519PublicKey | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Verify the log of a district: every event decoded and held against its chain, and against the seals if both
    their folder and the public key are given (the folder alone: only whether the announced seals are there). Raises
    UnreadableLog when the source fails."""
    started = time.perf_counter()
    report = Report(source.district)
    topics = list(_events_topics(source, report))
    published = _published_schemas(source, report)
    catalog = _catalog(published)
    conclusions = _conclusions(source, catalog)
    discarded = {bytes.fromhex(e.data["record_hash"]) for e in conclusions if e.name == "RecordDiscarded"}
    replay = Replay(topics, _owned(catalog, published), discarded, ContentCheck(catalog))
    with _collector_off():
        for records in source.read([(t.name, n) for _, _, t in topics for n in range(len(t.partitions))]):
            replay.take(records)
            progress(replay.records)
    replay.finish()
    report.streams = replay.streams()
    report.events, report.records, report.duplicates = replay.events, replay.records, replay.duplicates
    report.problems += [*replay.problems, *(_damaged(place, what) for place, what in source.damage())]
    report.adjudicated = replay.adjudicated
    checked = SealCheck()
    announced = [e.data for e in conclusions if e.name == "LogSealed"]
    if seals is not None and key is not None:
        checked = check_seals(seals, key, source.district, report.streams, announced, discarded)
    elif seals is not None:
        checked.problems += check_announcements(seals, source.district, announced)
    report.seals = checked.seals
    report.problems = _located(source, [*report.problems, *checked.problems])
    report.unsealed = sum(
        max(0, stream.version - checked.sealed.get((area, name), 0))
        for area, streams in report.streams.items()
        for name, stream in streams.items()
    )
    report.seconds = time.perf_counter() - started
    return report


@contextmanager
def _collector_off() -> Iterator[None]:
    """Without Python's cycle collector: a replay makes no cycles, and looking through all streams is waste."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def replay_chains(source: Source) -> Replay:
    """Verify chains, contiguity and ownership alone, without decoding contents and without seals: the fast replay."""
    report = Report(source.district)
    topics = list(_events_topics(source, report))
    published = _published_schemas(source, report)
    replay = Replay(topics, _owned(_catalog(published), published))
    with _collector_off():
        for records in source.read([(t.name, n) for _, _, t in topics for n in range(len(t.partitions))]):
            replay.take(records)
    replay.finish()
    replay.problems += [*report.problems, *(_damaged(place, what) for place, what in source.damage())]
    return replay


def root_of_log(streams: Mapping[str, Mapping[str, Stream]]) -> bytes:
    """The RFC 6962 root over all events in the order of area, stream and version, as a first seal has it."""
    tree, buffer = Range(), bytearray()
    for area in sorted(streams):
        for name in sorted(streams[area]):
            buffer += streams[area][name].leaves
            if len(buffer) >= _BUFFER:
                tree.append(buffer)
                buffer = bytearray()
    tree.append(buffer)
    return tree.root()


def _events_topics(source: Source, report: Report) -> Iterable[tuple[str, str, Topic]]:
    found = set()
    for topic in source.topics:
        parsed = parse_events_topic(topic.name)
        report.topics.append({"name": topic.name, "id": topic.id, "ends": [e.end for e in topic.partitions]})
        if parsed is not None and parsed[0] == source.district:
            found.add(parsed[1])
            yield (*parsed, topic)
    for service in writing_services():
        if service.area not in found:
            name = events_topic(source.district, service.area)
            report.problems.append(Problem("truncated", "the topic is not there", name))


def _published_schemas(source: Source, report: Report) -> dict[bytes, str]:
    """The writer schemas on the bus by fingerprint."""
    name = schemas_topic(source.district)
    published: dict[bytes, str] = {}
    for topic in source.topics:
        if topic.name != name:
            continue
        for records in source.read([(name, n) for n in range(len(topic.partitions))]):
            for record in records:
                try:
                    text = (record.value() or b"").decode()
                    json.loads(text)["namespace"].removeprefix("sevenx.")
                    published[record.key() or b""] = text
                except (ValueError, KeyError, TypeError, AttributeError):
                    what = "the record is not a schema"
                    report.problems.append(Problem("malformed", what, name, record.partition(), record.offset()))
    return published


def _catalog(published: dict[bytes, str]) -> Catalog:
    """The project's schemas, and those of newer writers from the bus."""
    ours = own_catalog()
    known = {schema.fingerprint for schema in ours.schemas()}
    return ours if published.keys() <= known else Catalog(fetch=published.get)


def _owned(catalog: Catalog, published: dict[bytes, str]) -> dict[str, set[bytes]]:
    """The first ten bytes of values that each area may write; the kernel's events every area may."""
    by_namespace: dict[str, set[bytes]] = defaultdict(set)
    known = set()
    for schema in catalog.schemas():
        known.add(schema.fingerprint)
        by_namespace[schema.namespace].add(MARKER + schema.fingerprint)
    for print_, text in published.items():
        if print_ not in known:
            by_namespace[json.loads(text)["namespace"].removeprefix("sevenx.")].add(MARKER + print_)
    kernel = by_namespace.get("kernel", set())
    areas = {service.area for service in writing_services()} | set(by_namespace)
    return {area: by_namespace.get(area, set()) | kernel for area in areas}


def _conclusions(source: Source, catalog: Catalog) -> list[Recorded]:
    """Audit's seals and discards, read before all else: they tell how the rest is judged."""
    name = events_topic(source.district, AUDIT)
    prints = {MARKER + s.fingerprint for s in catalog.schemas() if s.namespace == AUDIT and s.name in CONCLUSIONS}
    places = [(name, n) for topic in source.topics if topic.name == name for n in range(len(topic.partitions))]
    found: dict[bytes, Recorded] = {}
    for records in source.read(places):
        for record in records:
            value = record.value() or b""
            if value[:10] in prints:
                try:
                    event = catalog.decode(AUDIT, value)
                except MalformedRecord:
                    continue  # the replay names it
                found.setdefault(event.hash, event)
    return list(found.values())


def _damaged(place: Place, what: str) -> Problem:
    return Problem("damaged", what, place[0], place[1])


def _located(source: Source, problems: Sequence[Problem]) -> list[Problem]:
    """The problems with the offsets of those records that are known by their hash alone."""
    wanted: dict[bytes, list[int]] = defaultdict(list)
    places: set[Place] = set()
    present = {(t.name, n) for t in source.topics for n in range(len(t.partitions))}
    for n, problem in enumerate(problems):
        if problem.offset is None and problem.hash and problem.topic and problem.partition is not None:
            wanted[problem.hash].append(n)
            places.add((problem.topic, problem.partition))
    located = list(problems)
    if not wanted:
        return located
    for records in source.read(sorted(places & present)):
        for record in records:
            for n in wanted.get(sha256(record.value() or b"").digest(), ()):
                if located[n].offset is None:
                    located[n] = replace(located[n], offset=record.offset())
    return located
