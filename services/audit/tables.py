"""Audit's read model: the hash of every event of the district, announced cut-offs, forks, conclusions and seals; and
for findings, what the log says of vouchers, business dates and whom they concern."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, LargeBinary, MetaData, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from sevenx.district.posts import posts
from sevenx.district.published import published_settings
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
SETTINGS = published_settings(metadata)

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

subject = projection_table(
    "subject",
    metadata,
    Column("title", Text, nullable=False),
    Column("unit", Text),
    Column("group", Text),
    Column("baselined_at", DateTime(timezone=True)),
)
"""What a stream is about and whom it concerns: a lead, a project, a trip."""

evidence = projection_table(
    "evidence",
    metadata,
    Column("area", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("data", JSONB, nullable=False),
)
"""Events that a finding may rest on, decoded: those that name a voucher, and those recorded after their own date."""

voucher_use = projection_table(
    "voucher_use",
    metadata,
    Column("area", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True, comment="within the event"),
    Column("kind", Text, nullable=False, comment="funds or expense"),
    Column("item", Integer, nullable=False, comment="the claim or expense in the stream"),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False, index=True, comment="the number as it is compared"),
    Column("sha256", Text, index=True),
    Column("amount", Numeric(20, 2), nullable=False),
    Column("paid_on", Date, nullable=False),
    Column("payer", Text),
    Column("unit", Text),
    Column("name", Text, nullable=False, comment="area.EventName"),
    Column("recorded_at", DateTime(timezone=True), nullable=False, comment="business time"),
    Column("actor", Text, nullable=False),
)
undone = projection_table(
    "undone",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)
"""Claims reversed and payments taken back in full."""

finding = projection_table(
    "finding",
    metadata,
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False, comment="raised, answered or concluded"),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("detail_en", Text, nullable=False),
    Column("subjects", ARRAY(Text), nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("rules", ARRAY(Text), nullable=False),
    Column("units", ARRAY(Text), nullable=False),
    Column("groups", ARRAY(Text), nullable=False),
    Column("persons", ARRAY(Text), nullable=False),
    Column("amount", Numeric(20, 2)),
    Column("days", Integer),
    Column("resubmission", Boolean, nullable=False),
    Column("raised_for", Date, nullable=False),
    Column("answer_by", Date, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("outcome", Text),
    Column("reason", Text),
    Column("concluded_by", Text),
    Column("concluded_on", Date),
)
Index("finding_by_day", finding.c.raised_for, finding.c.stream)
finding_step = projection_table(
    "finding_step",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("step", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text),
    Column("details", JSONB, nullable=False),
)
