"""Writing the net changes of a batch: a few set-based statements for each table, whatever the batch's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, JSON, Column, Numeric, String, Table
from sqlalchemy.dialects import postgresql

from sevenx.kernel.errors import SevenXError
from sevenx.kernel.projection import Change, Changes, Key
from sevenx.kernel.totals import kept

Connection = psycopg.Connection[Any]
Row = tuple[Key, dict[str, Any]]


class MissingRow(SevenXError):
    """A handler changed columns of a row that does not exist."""


class WrongKey(SevenXError):
    """A handler named a row by too few or too many columns."""


def write_changes(connection: Connection, changes: Changes, schema: str) -> None:
    """Carry out the changes in the caller's transaction, and keep the totals. Raises MissingRow, or what PostgreSQL has
    against the data."""
    with kept(connection, changes, schema):
        _write(connection, changes, schema)


def _write(connection: Connection, changes: Changes, schema: str) -> None:
    for table, rows in changes.by_table.items():
        dropped: list[Key] = []
        wholes: dict[tuple[str, ...], list[Row]] = {}
        parts: dict[tuple[str, ...], list[Row]] = {}
        for key, change in rows.items():
            _sort(key, change, dropped, wholes, parts)
        if dropped:
            _run(connection, _delete(table, schema), _columns(dropped, (), table, ()))
        for names, some in wholes.items():
            _run(connection, _upsert(table, schema, names), _columns((), some, table, names))
        for names, some in parts.items():
            changed = _run(connection, _update(table, schema, names), _columns((), some, table, names))
            if changed != len(some):
                raise MissingRow(f"{table.name}: {len(some) - changed} of {len(some)} rows to be changed do not exist")


def _sort(
    key: Key,
    change: Change,
    dropped: list[Key],
    wholes: dict[tuple[str, ...], list[Row]],
    parts: dict[tuple[str, ...], list[Row]],
) -> None:
    if change.whole:
        wholes.setdefault(tuple(change.values), []).append((key, change.values))
    elif change.drop:
        dropped.append(key)
    else:
        parts.setdefault(tuple(change.values), []).append((key, change.values))


def _run(connection: Connection, statement: str, columns: Sequence[list[Any]]) -> int:
    return connection.execute(statement.encode(), columns).rowcount


def _columns(keys: Sequence[Key], rows: Sequence[Row], table: Table, names: tuple[str, ...]) -> list[list[Any]]:
    """The rows turned into one list a column: the key's columns, then the named ones."""
    found = keys or [key for key, _ in rows]
    primary = list(table.primary_key.columns)
    wrong = next((key for key in found if len(key) != len(primary)), None)
    if wrong is not None:
        raise WrongKey(f"{table.name}: the key {wrong} is not of the columns {[c.name for c in primary]}")
    columns = [_adapted(column, [key[n] for key in found]) for n, column in enumerate(primary)]
    return columns + [_adapted(table.c[name], [values[name] for _, values in rows]) for name in names]


def _adapted(column: Column[Any], values: list[Any]) -> list[Any]:
    """Values that PostgreSQL takes as one array: JSON is wrapped, numbers and texts are of one Python type."""
    kind = column.type
    if isinstance(kind, JSON | ARRAY):
        return [None if value is None else Jsonb(value) for value in values]
    if isinstance(kind, Numeric) and kind.asdecimal:
        return [Decimal(value) if isinstance(value, int) else value for value in values]
    if isinstance(kind, String):
        return [str(value) if isinstance(value, str) and type(value) is not str else value for value in values]
    return values


@cache
def _upsert(table: Table, schema: str, names: tuple[str, ...]) -> str:
    columns = [*table.primary_key.columns, *(table.c[name] for name in names)]
    rest = [f"{_q(c.name)} = EXCLUDED.{_q(c.name)}" for c in table.columns if not c.primary_key and c.computed is None]
    listed = ", ".join(_q(column.name) for column in columns)
    values = ", ".join(_value(column, n) for n, column in enumerate(columns))
    conflict = f"DO UPDATE SET {', '.join(rest)}" if rest else "DO NOTHING"
    key = ", ".join(_q(column.name) for column in table.primary_key.columns)
    return (
        f"INSERT INTO {_name(table, schema)} ({listed}) SELECT {values} FROM {_rows(columns)} "  # noqa: S608
        f"ON CONFLICT ({key}) {conflict}"
    )


@cache
def _update(table: Table, schema: str, names: tuple[str, ...]) -> str:
    columns = [*table.primary_key.columns, *(table.c[name] for name in names)]
    offset = len(table.primary_key.columns)
    changes = [f"{_q(name)} = {_value(table.c[name], offset + n)}" for n, name in enumerate(names)]
    changes = changes or [f"{_q(columns[0].name)} = t.{_q(columns[0].name)}"]
    return f"UPDATE {_name(table, schema)} t SET {', '.join(changes)} FROM {_rows(columns)} WHERE {_same_key(table)}"  # noqa: S608


@cache
def _delete(table: Table, schema: str) -> str:
    columns = list(table.primary_key.columns)
    return f"DELETE FROM {_name(table, schema)} t USING {_rows(columns)} WHERE {_same_key(table)}"  # noqa: S608


def _rows(columns: Iterable[Column[Any]]) -> str:
    """The parameters as rows of u(a0, a1, …)."""
    listed = list(columns)
    arrays = ", ".join(f"%s::{_array_of(column)}" for column in listed)
    return f"unnest({arrays}) AS u({', '.join(f'a{n}' for n in range(len(listed)))})"


def _array_of(column: Column[Any]) -> str:
    return "jsonb[]" if isinstance(column.type, JSON | ARRAY) else f"{_type(column)}[]"


def _value(column: Column[Any], n: int) -> str:
    """An array stands in its row as JSON, because unnest would flatten arrays of arrays."""
    if isinstance(column.type, ARRAY):
        elements = f"ARRAY(SELECT jsonb_array_elements_text(u.a{n}))::{_type(column)}"
        return f"CASE WHEN u.a{n} IS NULL THEN NULL ELSE {elements} END"
    return f"u.a{n}::json" if isinstance(column.type, JSON) and _type(column) == "JSON" else f"u.a{n}"


def _type(column: Column[Any]) -> str:
    """The type's name without its collation, which an array of it does not take."""
    name = str(column.type.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    return name.partition(" COLLATE ")[0]


def _same_key(table: Table) -> str:
    return " AND ".join(f"t.{_q(column.name)} = u.a{n}" for n, column in enumerate(table.primary_key.columns))


def _name(table: Table, schema: str) -> str:
    return f"{_q(schema)}.{_q(table.name)}"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
