"""The schemas are the contract on the bus: each event has one, equal to its dataclass; a released one never changes;
a newer version reads what older ones wrote; no two have one fingerprint."""

from __future__ import annotations

import json
from collections import defaultdict
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastavro import parse_schema, schemaless_reader, schemaless_writer
from fastavro.utils import generate_one

from sevenx.cli import schemas
from sevenx.kernel.avro import SCHEMAS, Catalog, Schema


def test_every_event_has_a_schema_that_equals_its_dataclass_and_released_files_are_unchanged() -> None:
    assert schemas.problems() == []


def test_no_two_schemas_have_one_fingerprint() -> None:
    prints = [schema.fingerprint for schema in Catalog().schemas()]
    assert len(set(prints)) == len(prints)


def test_every_event_says_what_it_means() -> None:
    assert [
        f"{area}.{event.__name__}" for area, event in schemas.declared_events() if not (event.__doc__ or "").strip()
    ] == []


def versions(folder: Path = SCHEMAS) -> dict[tuple[str, str], list[Schema]]:
    found: dict[tuple[str, str], list[Schema]] = defaultdict(list)
    for schema in Catalog(folder).schemas():
        found[schema.namespace, schema.name].append(schema)
    return found


def incompatible(older: Schema, newer: Schema) -> list[str]:
    """Why `newer` can't read what `older` wrote; empty when it can."""
    found = []
    before = {field["name"]: field for field in older.source["fields"]}
    for field in newer.source["fields"]:
        if field["name"] not in before and "default" not in field:
            found.append(f"{newer.name} v{newer.version}: the new field {field['name']} has no default")
    for name, field in before.items():
        after = next((f for f in newer.source["fields"] if f["name"] == name), None)
        if after is not None and after["type"] != field["type"]:
            found.append(f"{newer.name} v{newer.version}: the type of {name} changed; name the changed field anew")
    if not found:
        for sample in range(5):
            written = BytesIO()
            schemaless_writer(written, older.parsed, generate_one(parse_schema(dict(older.source))))
            written.seek(0)
            try:
                schemaless_reader(written, older.parsed, newer.parsed)
            except Exception as error:  # noqa: BLE001 whatever fastavro raises is the finding
                found.append(f"{newer.name} v{newer.version} can't read sample {sample} of v{older.version}: {error!r}")
    return found


def test_a_newer_version_reads_what_older_ones_wrote() -> None:
    for history in versions().values():
        for older, newer in pairwise(history):
            assert incompatible(older, newer) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of schemas with one released event."""
    (tmp_path / "Meta.avsc").write_text((SCHEMAS / "Meta.avsc").read_text("utf-8"), "utf-8")
    put(tmp_path, 1, {"name": "amount", "type": "long"})
    return tmp_path


def put(folder: Path, version: int, *fields: dict[str, Any]) -> None:
    source = {
        "type": "record",
        "name": "Paid",
        "namespace": "sevenx.audit",
        "fields": [{"name": "meta", "type": "sevenx.Meta"}, *fields],
    }
    (folder / "audit").mkdir(exist_ok=True)
    (folder / "audit" / f"Paid.v{version}.avsc").write_text(json.dumps(source), "utf-8")


def test_a_new_field_with_a_default_is_compatible(folder: Path) -> None:
    put(folder, 2, {"name": "amount", "type": "long"}, {"name": "note", "type": "string", "default": ""})
    older, newer = versions(folder)["audit", "Paid"]
    assert incompatible(older, newer) == []


@pytest.mark.parametrize(
    "fields",
    [
        [{"name": "amount", "type": "long"}, {"name": "note", "type": "string"}],
        [{"name": "amount", "type": "string"}],
        [{"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}],
    ],
    ids=["a field without a default", "another type", "a decimal for a number"],
)
def test_an_incompatible_version_is_found(folder: Path, fields: list[dict[str, Any]]) -> None:
    put(folder, 2, *fields)
    older, newer = versions(folder)["audit", "Paid"]
    assert incompatible(older, newer) != []


def test_two_schemas_that_differ_only_in_scale_are_refused(folder: Path) -> None:
    put(folder, 2, {"name": "yuan", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}})
    put(folder, 3, {"name": "yuan", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4}})
    with pytest.raises(ValueError, match="one fingerprint"):
        Catalog(folder)


def test_a_changed_released_file_is_found(folder: Path) -> None:
    path = folder / "audit" / "Paid.v1.avsc"
    (folder / schemas.LOCK).write_text(f"{schemas.sha256(path)}  audit/Paid.v1.avsc\n", "utf-8")
    put(folder, 1, {"name": "amount", "type": "string"})
    assert "audit/Paid.v1.avsc is released and was changed: put it back and add a version" in schemas.problems(folder)


def test_a_removed_released_file_is_found(folder: Path) -> None:
    (folder / schemas.LOCK).write_text(f"{'0' * 64}  audit/Gone.v1.avsc\n", "utf-8")
    assert "audit/Gone.v1.avsc is released and was removed" in schemas.problems(folder)


def test_a_schema_of_no_event_is_found(folder: Path) -> None:
    assert "audit/Paid.v1.avsc belongs to no decider's event" in schemas.problems(folder)
