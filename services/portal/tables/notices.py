"""What people are told, and what was taken to the next level."""

from __future__ import annotations

from sqlalchemy import ARRAY, Column, Index, Integer, Text

from services.portal.tables.base import INSTANT, metadata
from sevenx.kernel.projection import projection_table

notice = projection_table(
    "notice",
    metadata,
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("body_zh", Text, nullable=False),
    Column("body_en", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("queued_for", INSTANT, nullable=False),
    Column("state", Text, nullable=False, comment="queued, delivered or failed"),
    Column("delivered_at", INSTANT),
    Column("read_at", INSTANT),
)
"""One notice, person and channel. No address stands here."""
Index("notice_by_person", notice.c.person, notice.c.channel, notice.c.queued_for)

escalation = projection_table(
    "escalation",
    metadata,
    Column("about", Text, nullable=False),
    Column("obligation", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("group_id", Text),
    Column("unit", Text),
    Column("link", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("told", ARRAY(Text), nullable=False),
    Column("resolved_at", INSTANT),
)
