"""Totals: sums over many streams that are kept while rows change, so that a page need not add up every row.

A total is a SELECT of rows with a `stream`, some columns that they are counted by, and some that are added up. A batch
adds to it what the streams that it changes come to afterwards, less what they came to before. Sums commute: whatever
the order, the size of the batches, a rebuild or a stream folded again, a total is what its SELECT comes to then.

Each row is split by the partition of its streams. Whoever writes holds the checkpoints of his partitions, so that no
two workers wait for one another at a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import BigInteger, Column, MetaData, SelectBase, SmallInteger, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors

from sevenx.kernel.projection import READ, Change, Changes, Key
from sevenx.kernel.topics import partition_of

Connection = psycopg.Connection[Any]
Sums = dict[Key, tuple[Any, ...]]
"""By a row's key how many rows are counted there, and what each column of them comes to."""
_TOTAL, _TOTALS = "total", "totals"
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, eq=False)
class Total:
    """A table of sums, and the SELECT of the rows that are summed."""

    table: Table
    rows: SelectBase
    keys: tuple[str, ...]
    """The columns that rows are counted by."""
    sums: tuple[str, ...]
    """The columns that are added up."""
    source: Mapping[str, frozenset[str]]
    """By the name of each table that it reads the columns that matter to it."""

    def concerns(self, table: Table, change: Change) -> bool:
        """Whether a change of a row can change the total."""
        if table.name not in self.source:
            return False
        return change.whole or change.drop or not self.source[table.name].isdisjoint(change.values)


def total_table(name: str, metadata: MetaData, rows: SelectBase, sums: Sequence[str] = ()) -> Table:
    """The table of a total: the columns of `rows` that are neither `stream` nor among `sums` are its key, none of which
    may be NULL; `counted` is the number of rows, and each of `sums` is added up, NULL as nothing. The rows of a stream
    follow from that stream's rows alone, in the tables of `metadata`. A query sums over the partitions (`part`)."""
    columns = {column.name: column for column in rows.selected_columns}
    keys = tuple(one for one in columns if one != "stream" and one not in sums)
    table = Table(
        name,
        metadata,
        *(Column(one, columns[one].type, primary_key=True, autoincrement=False) for one in keys),
        Column("part", SmallInteger, primary_key=True, autoincrement=False),
        Column("counted", BigInteger, nullable=False),
        *(Column(one, columns[one].type, nullable=False) for one in sums),
        schema=READ,
    )
    found = Total(table, rows, keys, tuple(sums), _source(rows))
    table.info[_TOTAL] = found
    metadata.info.setdefault(_TOTALS, []).append(found)
    return table


def total_of(table: Table) -> Total | None:
    """What a table is the total of; None for a projection table, whose rows have one stream each."""
    found: Total | None = table.info.get(_TOTAL)
    return found


def totals_of(metadata: MetaData) -> Sequence[Total]:
    """The totals of a read model."""
    found: list[Total] = metadata.info.get(_TOTALS, [])
    return found


def definition(total: Total, schema: str = READ) -> str:
    """The SELECT that a total sums up, with the tables of a schema: with another one, a read model is another."""
    return _sql(total.rows, schema)


@contextmanager
def kept(connection: Connection, changes: Changes, schema: str) -> Iterator[None]:
    """Keep the totals while the changes are carried out within, all in the caller's transaction."""
    touched = {}
    for total in {one for table in changes.by_table for one in totals_of(table.metadata)}:
        streams = {
            key[0]
            for table, rows in changes.by_table.items()
            if table.name in total.source
            for key, change in rows.items()
            if total.concerns(table, change)
        }
        if streams:
            touched[total] = streams
    with _kept(connection, touched, schema):
        yield


@contextmanager
def kept_without(connection: Connection, metadata: MetaData, stream: str) -> Iterator[None]:
    """Keep the totals while the rows of a stream are deleted within."""
    with _kept(connection, {total: {stream} for total in totals_of(metadata)}, READ):
        yield


def summed(connection: Connection, total: Total) -> tuple[Sums, Sums]:
    """What the total's table says, and what its rows come to now, over all partitions."""
    keys = [_q(one) for one in total.keys]
    listed = ", ".join([*keys, "sum(counted)", *(f"sum({_q(one)})" for one in total.sums)])
    stored = f"SELECT {listed} FROM {_name(total.table, READ)} GROUP BY {', '.join(keys)}"  # noqa: S608
    summing = ", ".join([*keys, *_summing(total)])
    fresh = f"SELECT {summing} FROM ({_sql(total.rows, READ)}) AS r GROUP BY {', '.join(keys)}"  # noqa: S608
    return _read(connection, total, stored, ()), _read(connection, total, fresh, ())


@contextmanager
def _kept(connection: Connection, touched: Mapping[Total, Collection[str]], schema: str) -> Iterator[None]:
    ordered = sorted(touched.items(), key=lambda one: one[0].table.name)
    before = [_of_streams(connection, total, streams, schema) for total, streams in ordered]
    yield
    for (total, streams), there in zip(ordered, before, strict=True):
        _add(connection, total, _difference(there, _of_streams(connection, total, streams, schema)), schema)


def _of_streams(connection: Connection, total: Total, streams: Collection[str], schema: str) -> Sums:
    """What some streams come to, with the partition at the end of the key."""
    listed = sorted(streams)
    keys = ", ".join([*(f"r.{_q(one)}" for one in total.keys), "s.part"])
    statement = (
        f"SELECT {keys}, {', '.join(_summing(total))} "  # noqa: S608
        f"FROM unnest(%s::text[], %s::smallint[]) AS s(stream, part) "
        f"JOIN ({_sql(total.rows, schema)}) AS r ON r.stream = s.stream GROUP BY {keys}"
    )
    return _read(connection, total, statement, (listed, [partition_of(one) for one in listed]), parts=1)


def _read(connection: Connection, total: Total, statement: str, values: Sequence[Any], parts: int = 0) -> Sums:
    length = len(total.keys) + parts
    return {row[:length]: row[length:] for row in connection.execute(statement.encode(), values)}


def _difference(before: Sums, after: Sums) -> Sums:
    """What is to be added to come from one to the other; nothing where they are the same."""
    found: Sums = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None or new is None:
            found[key] = new if new is not None else tuple(-one for one in old or ())
        else:
            found[key] = tuple(now - then for now, then in zip(new, old, strict=True))
    return found


def _add(connection: Connection, total: Total, more: Sums, schema: str) -> None:
    """Add to the rows; one that counts nothing any more is taken away."""
    if more:
        rows = [(*key, *values) for key, values in sorted(more.items())]
        connection.execute(_merge(total, schema).encode(), [list(column) for column in zip(*rows, strict=True)])


@cache
def _merge(total: Total, schema: str) -> str:
    columns = list(total.table.columns)  # keys, part, counted, sums: as a row of Sums has them
    names = [_q(column.name) for column in columns]
    added = names[len(total.keys) + 1 :]
    arrays = ", ".join(f"%s::{column.type.compile(dialect=_DIALECT)}[]" for column in columns)
    same = " AND ".join(f"t.{name} = d.{name}" for name in names[: len(total.keys) + 1])
    return (
        f"MERGE INTO {_name(total.table, schema)} AS t "  # noqa: S608
        f"USING unnest({arrays}) AS d({', '.join(names)}) ON {same} "
        "WHEN MATCHED AND t.counted + d.counted = 0 THEN DELETE "
        f"WHEN MATCHED THEN UPDATE SET {', '.join(f'{name} = t.{name} + d.{name}' for name in added)} "
        f"WHEN NOT MATCHED THEN INSERT ({', '.join(names)}) VALUES ({', '.join(f'd.{name}' for name in names)})"
    )


def _summing(total: Total) -> list[str]:
    return ["count(*)", *(f"coalesce(sum(r.{_q(one)}), 0)" for one in total.sums)]


@cache
def _sql(rows: SelectBase, schema: str) -> str:
    """The SELECT as text, on the tables of a schema."""
    compiled = rows.compile(
        dialect=_DIALECT,
        schema_translate_map={READ: schema},
        render_schema_translate=True,
        compile_kwargs={"literal_binds": True},
    )
    return str(compiled)


def _source(rows: SelectBase) -> dict[str, frozenset[str]]:
    """By table the columns of which a SELECT makes use, whatever it calls the table."""
    found: dict[str, set[str]] = {}
    for one in visitors.iterate(rows):
        if isinstance(one, Column) and one.table is not None:
            of = getattr(one.table, "element", one.table)
            if isinstance(of, Table):
                found.setdefault(of.name, set()).add(one.name)
    return {name: frozenset(columns) for name, columns in found.items()}


# Statements are put together from names quoted here and from SELECTs of our own code; values go as parameters.


def _name(table: Table, schema: str) -> str:
    return sql.Identifier(schema, table.name).as_string()


def _q(name: str) -> str:
    return sql.Identifier(name).as_string()
