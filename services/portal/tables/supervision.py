"""Hearings every other month, and directives."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import INSTANT, metadata
from sevenx.kernel.projection import projection_table

hearing = projection_table(
    "hearing",
    metadata,
    Column("number", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("covers_from", INSTANT, nullable=False),
    Column("covers_until", INSTANT, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("reporters", ARRAY(Text), nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("state", Text, nullable=False, comment="scheduled, held or issued"),
    Column("held_on", Date),
    Column("chair", Text),
    Column("attended", ARRAY(Text)),
    Column("absent", ARRAY(Text)),
    Column("summary", Text),
    Column("minutes", Text, comment="drafted, sent_back, approved or issued"),
    Column("minutes_draft", Integer),
    Column("document_number", Text),
    Column("issued_on", Date),
    Column("pack", Integer),
    Column("pack_as_of", INSTANT),
    Column("pack_sha256", Text),
    Column("pack_parts", JSONB, comment="groups, units, reports, projects and directives of the latest pack"),
)
Index("hearing_by_day", hearing.c.planned_on)

directive = projection_table(
    "directive",
    metadata,
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("hearing", Text),
    Column("owner", Text),
    Column("group_id", Text),
    Column("due_on", Date),
    Column("status", Text, nullable=False),
    Column("overdue", Boolean, nullable=False, comment="the due day that holds has been missed"),
    Column("times_overdue", Integer, nullable=False),
    Column("feedback", Integer, nullable=False),
    Column("extension", Integer, comment="a request that waits for its answer"),
    Column("asked_until", Date),
    Column("outcome", Text),
    Column("closed_on", Date),
    Column("late", Boolean),
)
Index("directive_by_status", directive.c.status, directive.c.due_on)
