"""The tables of assessment's read model. Each can be dropped and filled again from the bus."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Index, Integer, MetaData, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from sevenx.district.posts import posts
from sevenx.district.published import published_calendars, published_settings
from sevenx.district.units import units_and_groups
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post; whom a command is permitted to is found here."""
SETTINGS = published_settings(metadata)
CALENDARS = published_calendars(metadata)
UNITS = units_and_groups(metadata)
_instant = DateTime(timezone=True)
_points = Numeric(12, 2)
_measured = Numeric(26, 6)

# The registry's other facts, in the stream of the district or of a group.
target = projection_table(
    "target",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("at", _instant, nullable=False),
    Column("year", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("unit", Text, comment="null: the group's own total"),
    Column("value", Numeric(20, 2), nullable=False),
)
policy_industry = projection_table("policy_industry", metadata, Column("industry", Text, primary_key=True))

# What is measured: the few fields of each event that matter, in the event's own stream.
happening = projection_table(
    "happening",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False, comment="area.EventName"),
    Column("at", _instant, nullable=False, comment="business time: decides the year"),
    Column("data", JSONB, nullable=False),
)
Index("happening_at", happening.c.at)

# Every area's word that a period is closed, in the stream of its markers.
period_closed = projection_table(
    "period_closed",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("area", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("as_of", _instant, nullable=False),
)
Index("period_closed_period", period_closed.c.period)

# Rulebooks, assessments and scores, each in its own stream.
rulebook = projection_table(
    "rulebook",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
)
assessment = projection_table(
    "assessment",
    metadata,
    Column("year", Integer, nullable=False),
    Column("phase", Text, nullable=False),
    Column("calculation", Integer, nullable=False),
    Column("rulebook", Integer, nullable=False),
    Column("as_of", _instant, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("ends_at", _instant, nullable=False),
    Column("rated_on", Date),
    Column("publicized_on", Date),
    Column("until", Date),
    Column("until_at", _instant),
    Column("provisional_calendar", Boolean),
    Column("notice_ended", Boolean),
    Column("settled_on", Date),
    Column("settled_by", Text),
    Column("document_number", Text),
    Column("version", Integer, comment="of the frozen result"),
    Column("cut", JSONB),
)
calculation = projection_table(
    "calculation",
    metadata,
    Column("calculation", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("rulebook", Integer, nullable=False),
    Column("as_of", _instant, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("month", Text),
    Column("by", Text),
    Column("at", _instant, nullable=False),
)
ranking = projection_table(
    "ranking",
    metadata,
    Column("edition", Text, primary_key=True, comment="calculated-3, public, settled, frozen-1"),
    Column("cohort", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("total", _points, nullable=False),
    Column("vetoed", Boolean, nullable=False),
)
appeal = projection_table(
    "appeal",
    metadata,
    Column("appeal", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("appellant", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("indicator", Text),
    Column("grounds", Text, nullable=False),
    Column("evidence", ARRAY(Text), nullable=False),
    Column("sha256", Text),
    Column("filed_by", Text, nullable=False),
    Column("filed_on", Date, nullable=False),
    Column("reason", Text),
    Column("reviewed_by", Text),
    Column("reviewed_on", Date),
    Column("correction", JSONB),
)
veto = projection_table(
    "veto",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("veto", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("applied_on", Date, nullable=False),
)
commendation = projection_table(
    "commendation",
    metadata,
    Column("commendation", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("person", Text),
    Column("reason", Text, nullable=False),
    Column("advised_on", Date, nullable=False),
)
step = projection_table(
    "step",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("step", Text, nullable=False),
    Column("at", _instant, nullable=False),
    Column("by", Text),
    Column("details", JSONB, nullable=False),
)
deadline = projection_table(
    "deadline",
    metadata,
    Column("name", Text, primary_key=True, comment="public_notice"),
    Column("due_at", _instant, nullable=False),
)
Index("deadline_due", deadline.c.due_at)

score = projection_table(
    "score",
    metadata,
    Column("calculation", Integer, primary_key=True),
    Column("version", Integer, nullable=False, comment="of the event in its stream"),
    Column("year", Integer, nullable=False),
    Column("cohort", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_name", Text, nullable=False),
    Column("rulebook", Integer, nullable=False),
    Column("total", _points, nullable=False),
    Column("scale", Numeric(12, 6), nullable=False),
    Column("as_of", _instant, nullable=False),
    Column("provisional", Boolean, nullable=False),
)
score_item = projection_table(
    "score_item",
    metadata,
    Column("calculation", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("indicator", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("value", _measured, nullable=False),
    Column("target", _measured),
    Column("points", _points, nullable=False),
    Column("max_points", _points, nullable=False),
    Column("marks", _points, nullable=False),
    Column("applies", Boolean, nullable=False),
    Column("formula", Text, nullable=False),
    Column("facts_count", Integer, nullable=False),
    Column("facts_sha256", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
)
score_facts = projection_table(
    "score_facts",
    metadata,
    Column("calculation", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("facts", JSONB, nullable=False),
)
score_correction = projection_table(
    "score_correction",
    metadata,
    Column("version", Integer, primary_key=True, comment="of the event in its stream"),
    Column("calculation", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("was", _points, nullable=False),
    Column("now", _points, nullable=False),
    Column("total_was", _points, nullable=False),
    Column("total_now", _points, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("on", Date, nullable=False),
    Column("appeal", Integer),
    Column("assessment_version", Integer),
)
