"""Between event dataclasses, Avro records and Avro schemas.

An event is a frozen dataclass whose fields are str, int, bool, Decimal (as Money or Ratio), date, datetime, StrEnum,
another such dataclass, `X | None`, or `tuple[X, ...]`. Its schema is derived from it once and then kept as a file,
which is the contract; a test holds the two against each other.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from sevenx.kernel.types import DecimalType

Convert = Callable[[Any], Any]


def schema_of(event: type, namespace: str) -> dict[str, Any]:
    """The Avro record of an event dataclass, its first field the shared `sevenx.Meta`."""
    seen: set[str] = set()
    record = _record(event, namespace, seen)
    record["fields"].insert(0, {"name": "meta", "type": "sevenx.Meta"})
    return record


def _record(cls: type, namespace: str, seen: set[str]) -> dict[str, Any]:
    seen.add(cls.__name__)
    hints = get_type_hints(cls, include_extras=True)
    fields = []
    for field in dataclasses.fields(cls):
        entry: dict[str, Any] = {"name": field.name, "type": _type(hints[field.name], namespace, seen)}
        if field.default is None:
            entry["default"] = None
        elif isinstance(field.default, str | int | bool):
            entry["default"] = field.default
        elif field.default == ():
            entry["default"] = []
        fields.append(entry)
    doc = " ".join((cls.__doc__ or "").split())
    return {"type": "record", "name": cls.__name__, "namespace": namespace, "doc": doc, "fields": fields}


_PRIMITIVES: dict[Any, Any] = {
    str: "string",
    int: "long",
    bool: "boolean",
    bytes: "bytes",
    date: {"type": "int", "logicalType": "date"},
    datetime: {"type": "long", "logicalType": "timestamp-micros"},
}


def _type(hint: Any, namespace: str, seen: set[str]) -> Any:
    if hint in _PRIMITIVES:
        return _PRIMITIVES[hint]
    inner = _optional(hint)
    if inner is not None:
        return ["null", _type(inner, namespace, seen)]
    origin = get_origin(hint)
    if origin is Annotated:
        base, *marks = get_args(hint)
        for mark in marks:
            if base is Decimal and isinstance(mark, DecimalType):
                return {"type": "bytes", "logicalType": "decimal", "precision": mark.precision, "scale": mark.scale}
        return _type(base, namespace, seen)
    if origin is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0], namespace, seen)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "string"
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return f"{namespace}.{hint.__name__}" if hint.__name__ in seen else _record(hint, namespace, seen)
    raise TypeError(f"an event's field may not be of type {hint!r}; see {__name__}")


def _optional(hint: Any) -> Any:
    """X of `X | None`, else None."""
    if get_origin(hint) not in (Union, types.UnionType):
        return None
    rest = [arg for arg in get_args(hint) if arg is not type(None)]
    if len(rest) != 1 or len(rest) == len(get_args(hint)):
        raise TypeError(f"the only union an event's field may have is `X | None`, not {hint!r}")
    return rest[0]


@cache
def to_record(cls: type) -> Callable[[Any], dict[str, Any]]:
    """A function from an instance to the fields of its Avro record (without meta)."""
    steps = [(f.name, _encoder(h)) for f, h in _hints(cls)]

    def convert(event: Any) -> dict[str, Any]:
        return {name: getattr(event, name) if step is None else step(getattr(event, name)) for name, step in steps}

    return convert


@cache
def from_record(cls: type) -> Callable[[Mapping[str, Any]], Any]:
    """A function from an Avro record's fields to an instance; fields it does not know are ignored."""
    steps = [(f.name, _decoder(h)) for f, h in _hints(cls)]

    def convert(record: Mapping[str, Any]) -> Any:
        return cls(**{name: record[name] if step is None else step(record[name]) for name, step in steps})

    return convert


def _hints(cls: type) -> list[tuple[dataclasses.Field[Any], Any]]:
    hints = get_type_hints(cls, include_extras=True)
    return [(field, hints[field.name]) for field in dataclasses.fields(cls)]


def _encoder(hint: Any) -> Convert | None:
    inner = _optional(hint)
    if inner is not None:
        return _maybe(_encoder(inner))
    if get_origin(hint) is Annotated:
        mark = next((m for m in get_args(hint)[1:] if isinstance(m, DecimalType)), None)
        return _scaled(mark) if mark else _encoder(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return _each(_encoder(get_args(hint)[0]), list)
    return to_record(hint) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else None


def _decoder(hint: Any) -> Convert | None:
    inner = _optional(hint)
    if inner is not None:
        return _maybe(_decoder(inner))
    if get_origin(hint) is Annotated:
        return _decoder(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return _each(_decoder(get_args(hint)[0]), tuple)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return from_record(hint) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else None


def _maybe(step: Convert | None) -> Convert | None:
    return None if step is None else lambda value: None if value is None else step(value)


def _each(step: Convert | None, make: Convert) -> Convert:
    return make if step is None else lambda values: make(step(value) for value in values)


def _scaled(mark: DecimalType) -> Convert:
    quantum = Decimal(1).scaleb(-mark.scale)

    def convert(value: Decimal) -> Decimal:
        exact = value.quantize(quantum)
        if exact != value:
            raise ValueError(f"{value} has more than {mark.scale} digits after the point")
        return exact

    return convert
