"""The codec: events to and from Avro single-object encoding, by the schemas in `schemas/avro`.

A value is `C3 01`, the CRC-64-AVRO fingerprint of the writer's schema (little endian), then the body (Avro 1.12,
"Single-object encoding"). Readers resolve any released version to their newest: the one place where events are upcast.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.schema import fingerprint, to_parsing_canonical_form

from sevenx.declaration import ROOT
from sevenx.kernel.envelope import FINGERPRINT, MARKER, Meta, Recorded, value_hash
from sevenx.kernel.errors import MalformedRecord
from sevenx.kernel.event_types import to_record

SCHEMAS = ROOT / "schemas" / "avro"
_FILE = re.compile(r"^(?P<name>[A-Z][A-Za-z]+)\.v(?P<version>[1-9][0-9]*)\.avsc$")


@dataclass(frozen=True)
class Schema:
    """One version of one event's schema, self-contained (Meta inlined)."""

    namespace: str
    """`kernel` for events that every area writes, else the area."""
    name: str
    version: int
    fingerprint: bytes
    source: Mapping[str, Any]
    parsed: Any


class Catalog:
    """All schemas of a folder, by fingerprint and by name.

    `fetch` may supply the JSON text of a schema that the folder lacks (a newer writer's, from the schemas topic).
    """

    def __init__(self, folder: Path = SCHEMAS, fetch: Callable[[bytes], str | None] | None = None) -> None:
        meta = json.loads((folder / "Meta.avsc").read_text("utf-8"))
        self._fetch = fetch
        self._by_fingerprint: dict[bytes, Schema] = {}
        self._newest: dict[tuple[str, str], Schema] = {}
        for path in sorted(folder.glob("*/*.avsc")):
            match = _FILE.match(path.name)
            if match is None:
                raise ValueError(f"{path}: a schema file is named Event.v1.avsc")
            source = json.loads(path.read_text("utf-8"))
            self._add(_load(source, meta, path.parent.name, int(match["version"])))

    def _add(self, schema: Schema) -> None:
        twin = self._by_fingerprint.get(schema.fingerprint)
        if twin is not None:
            raise ValueError(
                f"{schema.namespace}.{schema.name} v{schema.version} and {twin.namespace}.{twin.name} v{twin.version} "
                "have one fingerprint: it ignores logical types, docs and defaults; name the changed field anew"
            )
        self._by_fingerprint[schema.fingerprint] = schema
        key = (schema.namespace, schema.name)
        if key not in self._newest or self._newest[key].version < schema.version:
            self._newest[key] = schema

    def schemas(self) -> list[Schema]:
        """Every schema, in the order of area, name and version."""
        return sorted(self._by_fingerprint.values(), key=lambda s: (s.namespace, s.name, s.version))

    def writer_of(self, value: bytes) -> Schema | None:
        """The schema that a value was written with, by its fingerprint; None when it is not known."""
        return self._by_fingerprint.get(value[FINGERPRINT])

    def newest(self, area: str, name: str) -> Schema:
        """The schema that a writer of this area uses for an event; KeyError when there is none."""
        schema = self._newest.get((area, name)) or self._newest.get(("kernel", name))
        if schema is None:
            raise KeyError(f"no schema for {area}.{name}: add schemas/avro/{area}/{name}.v1.avsc")
        return schema

    def encode(self, area: str, event: Any, meta: Meta) -> bytes:
        """The value bytes of an event dataclass under its envelope."""
        cls: type = type(event)
        schema = self.newest(area, cls.__name__)
        out = BytesIO()
        out.write(MARKER + schema.fingerprint)
        schemaless_writer(out, schema.parsed, {"meta": _meta_record(meta), **to_record(cls)(event)})
        return out.getvalue()

    def decode(self, area: str, value: bytes) -> Recorded:
        """Read a value from an area's topic; MalformedRecord says what is wrong with it."""
        if value[:2] != MARKER:
            raise MalformedRecord("the value is not in Avro single-object encoding (it does not begin with C3 01)")
        writer = self._by_fingerprint.get(value[FINGERPRINT]) or self._learn(value[FINGERPRINT])
        if writer is None:
            raise MalformedRecord(f"no schema has the fingerprint {value[FINGERPRINT].hex()}")
        if writer.namespace not in (area, "kernel"):
            raise MalformedRecord(f"an event of {writer.namespace} ({writer.name}) stands on the topic of {area}")
        reader = self._newest.get((writer.namespace, writer.name), writer)
        body = BytesIO(value)
        body.seek(10)
        try:
            record = schemaless_reader(body, writer.parsed, None if reader is writer else reader.parsed)
        except Exception as error:
            raise MalformedRecord(f"the body does not follow {writer.name} v{writer.version}: {error!r}") from error
        if body.tell() != len(value):
            raise MalformedRecord(f"{len(value) - body.tell()} bytes follow the body of {writer.name}")
        return Recorded(area, writer.name, Meta(**record.pop("meta")), record, value_hash(value))

    def _learn(self, wanted: bytes) -> Schema | None:
        text = self._fetch(wanted) if self._fetch else None
        if text is None:
            return None
        schema = _load(json.loads(text), None, "", 0)
        if schema.fingerprint != wanted:
            return None
        self._by_fingerprint[wanted] = schema
        return schema


def _load(source: dict[str, Any], meta: dict[str, Any] | None, folder: str, version: int) -> Schema:
    """A parsed schema; with `meta`, the reference in the first field is replaced by the definition."""
    namespace = source["namespace"].removeprefix("sevenx.")
    if meta is not None:
        if namespace != folder or source["fields"][0] != {"name": "meta", "type": "sevenx.Meta"}:
            raise ValueError(f"{folder}/{source['name']}: the namespace is sevenx.{folder} and the first field is Meta")
        fields = [{"name": "meta", "type": meta}, *source["fields"][1:]]
        source = {**source, "fields": fields}
    parsed = parse_schema(source)
    print_ = bytes.fromhex(fingerprint(_canonical(source), "CRC-64-AVRO"))
    return Schema(namespace, source["name"], version, print_, source, parsed)


def _canonical(source: Mapping[str, Any]) -> str:
    return str(to_parsing_canonical_form(source))


def _meta_record(meta: Meta) -> dict[str, Any]:
    return {name: getattr(meta, name) for name in Meta.__slots__}


@cache
def catalog() -> Catalog:
    """The project's own schemas, loaded once a process."""
    return Catalog()
