"""The groups' monthly reports."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import INSTANT, QUANTITY, metadata
from sevenx.kernel.projection import projection_table

report = projection_table(
    "report",
    metadata,
    Column("group_id", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("due_day", Date, nullable=False),
    Column("contribution_due_at", INSTANT),
    Column("clock_stops_at", Text, nullable=False),
    Column("lead_units", ARRAY(Text), nullable=False),
    Column("responsible_units", ARRAY(Text), nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("drafted_by", Text),
    Column("narrative", Text),
    Column("figures_as_of", INSTANT),
    Column("delegate", Text),
    Column("outstanding", ARRAY(Text), comment="lead units whose review is lacking; null: nobody reviewed the draft"),
    Column("submission", Integer, nullable=False),
    Column("submitted_at", INSTANT),
    Column("stopped_at", INSTANT),
    Column("missed", Boolean, nullable=False),
    Column("late_seconds", Integer),
    Column("frozen", Boolean, nullable=False),
    Column("restatements", Integer, nullable=False),
)
Index("report_by_period", report.c.period, report.c.group_id)

contribution = projection_table(
    "contribution",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("state", Text, nullable=False, comment="submitted, late or overdue"),
    Column("text", Text),
    Column("by", Text),
    Column("at", INSTANT, nullable=False),
)
report_figure = projection_table(
    "report_figure",
    metadata,
    Column("source", Text, primary_key=True, comment="draft: of the latest draft; frozen: at the cut-off"),
    Column("indicator", Text, primary_key=True),
    Column("month", QUANTITY, nullable=False),
    Column("cumulative", QUANTITY, nullable=False),
    Column("last_year", QUANTITY),
    Column("target", QUANTITY),
    Column("completion", Numeric(12, 6)),
    Column("claimed", QUANTITY, comment="draft: what the liaison says, where it differs"),
    Column("explanation", Text),
    Column("before_restatement", QUANTITY, comment="frozen: the month's figure before its last restatement"),
)
