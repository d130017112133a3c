"""The store held against the log: every stored document hashed, every one that the log names looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sevenx.documents.store import DocumentDamaged, DocumentMissing, DocumentStore
from sevenx.kernel.avro import Catalog
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.errors import MalformedRecord
from sevenx.kernel.topics import parse_events_topic
from sevenx.proof.source import Source

OWNER, SETTINGS = "projects", "registry"
"""The area whose events name documents, and the one that publishes whether they must be stored."""
REQUIRED = "documents.required"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DEEPEST = 8


@dataclass
class Named:
    """What the log says of documents."""

    stored: dict[str, str] = field(default_factory=dict)
    """SHA-256 to the position of the first event that says that it is stored."""
    filed: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    """SHA-256 to when and where an event first names it."""
    required_since: datetime | None = None
    """Since when a document must be stored before it is filed; None where it need not be."""
    unreadable: int = 0
    """Records that are no events of ours: `sevenx verify` tells which."""

    def add(self, event: Recorded) -> None:
        where = f"{event.area}/{event.meta.stream}@{event.version}"
        if event.area == SETTINGS:
            self._setting(event)
        elif event.name == "DocumentStored":
            self.stored.setdefault(event.data["sha256"], where)
        else:
            for sha256 in _named(event.data):
                first = self.filed.get(sha256)
                if first is None or event.meta.recorded_at < first[0]:
                    self.filed[sha256] = event.meta.recorded_at, where

    def _setting(self, event: Recorded) -> None:
        """Settings stand in one stream, and so come in their order."""
        if event.name == "SettingChanged" and event.data["key"] == REQUIRED:
            on = event.data["value"].lower() == "true"
            self.required_since = (self.required_since or event.meta.recorded_at) if on else None


@dataclass
class Report:
    """What was found; `ok` only where nothing is damaged or missing."""

    documents: int = 0
    damaged: list[str] = field(default_factory=list)
    """Their bytes are not those that were stored."""
    missing: dict[str, str] = field(default_factory=dict)
    """SHA-256 to the event by which it is to be there."""
    unreferenced: list[str] = field(default_factory=list)
    """In the store, and no event says so: a writer was killed before its event."""
    digest_only: int = 0
    """Named in events and never sent in, as is allowed where documents need not be stored."""
    unreadable: int = 0

    @property
    def ok(self) -> bool:
        return not (self.damaged or self.missing or self.unreadable)


def read_names(source: Source, schemas: Catalog) -> Named:
    """What a log says of documents, live or from a dump."""
    named = Named()
    areas = {topic.name: parse_events_topic(topic.name) for topic in source.topics}
    places = [
        (topic.name, partition)
        for topic in source.topics
        if (area := areas[topic.name]) is not None and area[1] in (OWNER, SETTINGS)
        for partition in range(len(topic.partitions))
    ]
    for records in source.read(places):
        for record in records:
            area = areas[record.topic()]
            try:
                named.add(schemas.decode(area[1] if area else "", record.value() or b""))
            except MalformedRecord:
                named.unreadable += 1
    return named


def verify_documents(store: DocumentStore, named: Named) -> Report:
    """Read every stored document and hold the store against the log. StoreAway when the store does not answer."""
    report, there = Report(unreadable=named.unreadable), set[str]()
    for sha256 in store.stored():
        there.add(sha256)
        report.documents += 1
        try:
            store.read(sha256).close()
        except DocumentDamaged:
            report.damaged.append(sha256)
        except DocumentMissing:  # taken away while we looked
            there.discard(sha256)
        if sha256 not in named.stored:
            report.unreferenced.append(sha256)
    report.missing = {sha256: where for sha256, where in named.stored.items() if sha256 not in there}
    for sha256, (at, where) in named.filed.items():
        if sha256 in named.stored or sha256 in there:
            continue
        if named.required_since is not None and at >= named.required_since:
            report.missing[sha256] = where
        else:
            report.digest_only += 1
    return report


def _named(value: Any, key: str = "", depth: int = _DEEPEST) -> Iterator[str]:
    """Every SHA-256 in an event's data: a text of 64 hex digits in a field whose name ends in `sha256`."""
    if isinstance(value, str):
        if key.endswith("sha256") and _SHA256.fullmatch(value):
            yield value
    elif depth and isinstance(value, dict):
        for name, inner in value.items():
            yield from _named(inner, name, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner, key, depth - 1)
