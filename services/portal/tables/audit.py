"""Seals, conclusions about records, and findings."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, Index, Integer, Text

from services.portal.tables.base import INSTANT, metadata, yuan
from sevenx.kernel.projection import projection_table

seal = projection_table(
    "seal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("as_of", INSTANT, nullable=False),
    Column("sealed_at", INSTANT, nullable=False),
    Column("leaves", Integer, nullable=False),
    Column("tree_size", Integer, nullable=False),
    Column("root", Text, nullable=False),
    Column("key_id", Text, nullable=False),
)
fork = projection_table(
    "fork",
    metadata,
    Column("found_hash", Text, primary_key=True),
    Column("area", Text, nullable=False),
    Column("forked_stream", Text, nullable=False),
    Column("forked_version", Integer, nullable=False),
    Column("found_at", INSTANT, nullable=False),
)
conclusion = projection_table(
    "conclusion",
    metadata,
    Column("kind", Text, primary_key=True, comment="tampering or discarded"),
    Column("record_hash", Text, nullable=False, index=True),
    Column("area", Text, nullable=False),
    Column("about", Text),
    Column("version", Integer),
    Column("reason", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", INSTANT, nullable=False),
)
finding = projection_table(
    "finding",
    metadata,
    Column("kind", Text, nullable=False),
    Column("subjects", ARRAY(Text), nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("detail_en", Text, nullable=False),
    Column("units", ARRAY(Text), nullable=False),
    Column("groups", ARRAY(Text), nullable=False),
    yuan("amount"),
    Column("days", Integer),
    Column("resubmission", Boolean, nullable=False),
    Column("raised_for", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("state", Text, nullable=False, comment="open, answered or concluded"),
    Column("outcome", Text),
    Column("reason", Text),
    Column("concluded_by", Text),
    Column("concluded_on", Date),
)
Index("finding_by_state", finding.c.state, finding.c.raised_for)
finding_answer = projection_table(
    "finding_answer",
    metadata,
    Column("answer", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("unit", Text),
    Column("sha256", Text),
    Column("answered_by", Text, nullable=False),
    Column("answered_on", Date, nullable=False),
)
