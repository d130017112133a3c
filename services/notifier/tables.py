"""The tables of notifier's read model, and the one table that it alone keeps: contacts."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, DateTime, Index, Integer, MetaData, Text, any_, column, literal, table
from sqlalchemy.dialects.postgresql import TIMESTAMP

from sevenx.district.posts import posts
from sevenx.district.published import published_calendars, published_settings
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post: whom a rule names, and whom a command is permitted to, is found here."""
SETTINGS = published_settings(metadata)
CALENDARS = published_calendars(metadata)
_instant = DateTime(timezone=True)

# The registry's names, in the stream of a group, a unit or a person.
called = projection_table("called", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False))

# What an event may be about, in the stream of that thing: what a notice needs to say and to know of it.
subject = projection_table(
    "subject",
    metadata,
    Column("item", Text, primary_key=True, comment="empty: the thing itself; else a part of it, such as one claim"),
    Column("title", Text),
    Column("group", Text),
    Column("unit", Text),
    Column("person", Text),
    Column("delegate", Text),
    Column("parties", ARRAY(Text)),
    Column("settled_version", Integer, comment="the last event by which what was owed is done"),
    Column("settled_at", _instant),
)

# The notices, each in its own stream.
notice = projection_table(
    "notice",
    metadata,
    Column("person", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("told_as", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("body_zh", Text, nullable=False),
    Column("body_en", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("queued_at", _instant, nullable=False, comment="business time"),
    Column("queued_for", _instant, nullable=False, comment="business time from which it may be delivered"),
    Column("recorded_at", _instant, nullable=False, comment="wall time of the queueing"),
    Column("status", Text, nullable=False, comment="queued, delivered or failed"),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", _instant, comment="wall time of the last attempt that failed"),
    Column("reason", Text),
    Column("delivered_at", _instant),
    Column("receipt", Text),
    Column("unread", Boolean, nullable=False),
    Column("read_at", _instant),
    Column("read_by", Text),
)
Index("notice_inbox", notice.c.person, notice.c.channel, notice.c.unread, notice.c.recorded_at, notice.c.stream)
Index("notice_about", notice.c.about)
Index("notice_to_send", notice.c.queued_for, postgresql_where=notice.c.status == "queued")
Index("notice_failed", notice.c.tried_at, postgresql_where=notice.c.status == "failed")

# Escalations, each in its own stream.
escalation = projection_table(
    "escalation",
    metadata,
    Column("about", Text, primary_key=True),
    Column("obligation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("group", Text),
    Column("unit", Text),
    Column("link", Text, nullable=False),
    Column("due_at", _instant, nullable=False),
    Column("level", Integer, nullable=False, comment="the last level that was raised; 0: none yet"),
    Column("raised_at", _instant),
    Column("told", ARRAY(Text), nullable=False),
    Column("settled_by", Text),
    Column("resolved_at", _instant),
)
deadline = projection_table(
    "deadline",
    metadata,
    Column("name", Text, primary_key=True, comment="level"),
    Column("due_at", _instant, nullable=False),
    Column("about", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("working_days_after", Integer, nullable=False),
)
Index("deadline_due", deadline.c.due_at)

contact = table(
    "contact",
    column("person", Text),
    column("email", Text),
    column("opted_out", ARRAY(Text)),
    column("updated_at", TIMESTAMP(timezone=True)),
    schema="ops",
)
"""Addresses, off the bus; see migrations/. No projection: it cannot be rebuilt."""
DECLINED = literal("email") == any_(contact.c.opted_out)
"""Whether a person has declined e-mail."""
