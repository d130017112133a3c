"""Audit's read model: the hash of every event of the district, announced cut-offs, forks, conclusions and seals."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Integer, LargeBinary, MetaData, Text

from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)

leaf = projection_table(
    "leaf",
    metadata,
    Column("area", Text(collation="C"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
)
"""SHA-256 of each event's value: the data of its Merkle leaf."""
Index("leaf_by_hash", leaf.c.hash)

period_closed = projection_table(
    "period_closed",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("area", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
)
"""Which area has announced which cut-off in which partition."""

fork = projection_table(
    "fork",
    metadata,
    Column("found_hash", Text, primary_key=True),
    Column("area", Text, nullable=False),
    Column("forked_stream", Text, nullable=False),
    Column("forked_version", Integer, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("own_hash", Text),
    Column("found_at", DateTime(timezone=True), nullable=False),
)
"""Records that their owners reported as not their own."""

conclusion = projection_table(
    "conclusion",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("record_hash", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("about", Text),
    Column("version", Integer),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
"""`tampering` and `discarded`, about one record each."""

seal = projection_table(
    "seal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("sealed_at", DateTime(timezone=True), nullable=False),
    Column("leaves", Integer, nullable=False),
    Column("tree_size", Integer, nullable=False),
    Column("root", Text, nullable=False),
    Column("statement_hash", Text, nullable=False),
    Column("key_id", Text, nullable=False),
)
