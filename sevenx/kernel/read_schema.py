"""The PostgreSQL schema that holds a read model: its tables, the streams' heads and the checkpoints.

Heads and checkpoints stand beside the projections because they are rebuilt and switched with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from sevenx.kernel.projection import READ, Projections
from sevenx.kernel.totals import definition, totals_of

NEXT = "read_next"
OLD = "read_old"
SCHEMA_LOCK = 7000005
"""Advisory lock of whoever makes, rebuilds or switches the schema. Not the number of any leader: a leader holds
its lock as long as it lives."""

Connection = psycopg.Connection[Any]

_OWN_TABLES = """
CREATE TABLE {schema}.checkpoint (
    topic text NOT NULL, partition integer NOT NULL, next_offset bigint NOT NULL, topic_id text NOT NULL,
    last_hash bytea, PRIMARY KEY (topic, partition)
);
COMMENT ON TABLE {schema}.checkpoint IS 'The offset that is read next; last_hash is of the value of the record before';
CREATE TABLE {schema}.stream_head (
    area text NOT NULL COLLATE "C", stream text NOT NULL COLLATE "C", version bigint NOT NULL, hash bytea NOT NULL,
    PRIMARY KEY (area, stream)
) WITH (fillfactor = 70);
CREATE TABLE {schema}.shape (version integer NOT NULL, shape text NOT NULL, built_at timestamptz DEFAULT now());
"""


def shape_of(projections: Projections) -> str:
    """A fingerprint of the tables and of what totals sum up: with another one, the read model has to be rebuilt."""
    metadata = projections.metadata
    summed = (definition(total) for total in totals_of(metadata))
    parts = (*_definitions(metadata, READ), *summed, _OWN_TABLES)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def create(connection: Connection, projections: Projections, schema: str) -> None:
    """Make an empty read model; what stood under that name is dropped."""
    name = sql.Identifier(schema)
    with connection.transaction():
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        connection.execute(sql.SQL(_OWN_TABLES).format(schema=name))
        for definition in _definitions(projections.metadata, schema):
            connection.execute(definition.encode())
        connection.execute(
            sql.SQL("INSERT INTO {}.shape (version, shape) VALUES (%s, %s)").format(name),
            (projections.version, shape_of(projections)),
        )


def recorded(connection: Connection, schema: str = READ) -> tuple[int, str] | None:
    """Version and shape of the read model that is there, or None when there is none."""
    row = connection.execute("SELECT to_regclass(%s)", (f"{schema}.shape",)).fetchone()
    if row is None or row[0] is None:
        return None
    found = connection.execute(sql.SQL("SELECT version, shape FROM {}.shape").format(sql.Identifier(schema))).fetchone()
    return (found[0], found[1]) if found else None


def switch(connection: Connection) -> None:
    """Put `read_next` in the place of `read`, in the caller's transaction. What was there stays as `read_old`: to drop
    it in the same transaction would make new readers wait for old ones."""
    connection.execute(f"DROP SCHEMA IF EXISTS {OLD} CASCADE")
    connection.execute(f"ALTER SCHEMA {READ} RENAME TO {OLD}")
    connection.execute(f"ALTER SCHEMA {NEXT} RENAME TO {READ}")


def _definitions(metadata: MetaData, schema: str) -> Iterator[str]:
    """The DDL of the projection tables and their indexes under a schema's name."""
    there = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(there, schema=schema)
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in there.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
