"""The tables of reporting's read model. Each can be dropped and filled again from the bus."""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, Index, Integer, MetaData, Numeric, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from sevenx.district.posts import posts
from sevenx.district.published import published_calendars, published_settings
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
SETTINGS = published_settings(metadata)
CALENDARS = published_calendars(metadata)
_instant = DateTime(timezone=True)
_quantity = Numeric(20, 2)

# The registry's other facts, in the stream of a group or of a unit.
group = projection_table(
    "report_group",
    metadata,
    Column("number", Integer, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)
target = projection_table(
    "target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("value", _quantity, nullable=False),
)

unit = projection_table("unit", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False))

# The projects' facts, in the stream of a lead or a project.
work_item = projection_table(
    "work_item",
    metadata,
    Column("group", Text, nullable=False, index=True),
    Column("finder", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("stage", Text, comment="null for a lead"),
    Column("landing_unit", Text),
    Column("landed_at", _instant),
    Column("light", Text, comment="null for a lead"),
    Column("light_reasons", ARRAY(Text)),
    Column("stalled_since", Date),
)
figure_entry = projection_table(
    "figure_entry",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("at", _instant, nullable=False, comment="business time: decides the period"),
    Column("value", _quantity, comment="null: takes back the entry of this indicator that stands before it"),
)

# Every area's word that a period is closed, in the stream of its markers.
period_closed = projection_table(
    "period_closed",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("area", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("as_of", _instant, nullable=False),
)
Index("period_closed_as_of", period_closed.c.as_of)

# The reports, each in its own stream.
report = projection_table(
    "report",
    metadata,
    Column("group", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts_at", _instant, nullable=False),
    Column("ends_at", _instant, nullable=False),
    Column("due_at", _instant, nullable=False),
    Column("due_day", Date, nullable=False),
    Column("nominal_day", Date, nullable=False),
    Column("contribution_due_at", _instant, nullable=False),
    Column("clock_stops_at", Text, nullable=False),
    Column("lead_units", ARRAY(Text), nullable=False),
    Column("responsible_units", ARRAY(Text), nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("calendars", JSONB, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("narrative", Text),
    Column("figures_as_of", _instant),
    Column("delegate", Text),
    Column("submission", Integer, nullable=False),
    Column("submitted_at", _instant),
    Column("stopped_at", _instant),
    Column("missed", Boolean, nullable=False),
    Column("late_seconds", Integer),
    Column("frozen", Boolean, nullable=False),
    Column("cut", JSONB),
    Column("restatements", Integer, nullable=False),
)
Index("report_by_period", report.c.period, report.c.group)
Index("report_by_end", report.c.group, report.c.ends_at)
report_step = projection_table(
    "report_step",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("step", Text, nullable=False),
    Column("at", _instant, nullable=False),
    Column("by", Text),
    Column("details", JSONB, nullable=False),
)
contribution = projection_table(
    "contribution",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("state", Text, nullable=False, comment="submitted, late or overdue"),
    Column("text", Text),
    Column("by", Text),
    Column("at", _instant, nullable=False),
)
report_figure = projection_table(
    "report_figure",
    metadata,
    Column("source", Text, primary_key=True, comment="draft: of the latest draft; frozen: at the cut-off"),
    Column("indicator", Text, primary_key=True),
    Column("month", _quantity, nullable=False),
    Column("cumulative", _quantity, nullable=False),
    Column("last_year", _quantity),
    Column("target", _quantity),
    Column("completion", Numeric(12, 6)),
    Column("claimed", _quantity, comment="draft: what the liaison says, where it differs"),
    Column("explanation", Text),
    Column("before_restatement", _quantity, comment="frozen: the month's figure before its last restatement"),
)
deadline = projection_table(
    "deadline",
    metadata,
    Column("name", Text, primary_key=True, comment="due, contributions, reminder; pack; directive, directive_reminder"),
    Column("due_at", _instant, nullable=False),
)
Index("deadline_due", deadline.c.due_at)

# The outreach's facts, in the stream of a trip or of a head's quota.
trip = projection_table(
    "trip",
    metadata,
    Column("traveller", Text, nullable=False),
    Column("unit", Text),
    Column("group", Text),
    Column("completed_at", _instant, nullable=False, index=True),
    Column("counted_days", Integer, nullable=False),
)
quota = projection_table(
    "quota",
    metadata,
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("counted_days", Integer, nullable=False),
    Column("required_by_now", Integer),
    Column("shortfall_days", Integer, comment="as last noted; null when none is foreseen"),
)

# The hearings and directives, each in its own stream.
hearing = projection_table(
    "hearing",
    metadata,
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("covers_from", _instant, nullable=False),
    Column("covers_until", _instant, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("reporters", ARRAY(Text), nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("pack", Integer, nullable=False),
    Column("held_on", Date),
    Column("chair", Text),
    Column("attended", ARRAY(Text)),
    Column("absent", ARRAY(Text)),
    Column("summary", Text),
    Column("draft", Integer, nullable=False),
    Column("draft_sha256", Text),
    Column("approved_by", Text),
    Column("document_number", Text),
    Column("minutes_sha256", Text),
    Column("issued_on", Date),
)
Index("hearing_by_time", hearing.c.covers_until)
hearing_pack = projection_table(
    "hearing_pack",
    metadata,
    Column("pack", Integer, primary_key=True),
    Column("covers_from", _instant, nullable=False),
    Column("covers_until", _instant, nullable=False),
    Column("as_of", _instant, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("prepared_by", Text, nullable=False),
    Column("content", JSONB, nullable=False),
)
directive = projection_table(
    "directive",
    metadata,
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("hearing", Text, index=True),
    Column("status", Text, nullable=False),
    Column("owner", Text, index=True),
    Column("group", Text),
    Column("due_on", Date),
    Column("overdue", Boolean, nullable=False, comment="its present due day was missed"),
    Column("overdue_times", Integer, nullable=False),
    Column("asked_until", Date, comment="an extension that waits for its answer"),
    Column("registered_on", Date, nullable=False),
    Column("issued_on", Date),
    Column("finished_on", Date),
    Column("outcome", Text),
    Column("late", Boolean),
    Column("closed_on", Date),
)


def _steps(name: str) -> Table:
    return projection_table(
        name,
        metadata,
        Column("version", Integer, primary_key=True),
        Column("step", Text, nullable=False),
        Column("at", _instant, nullable=False),
        Column("by", Text),
        Column("details", JSONB, nullable=False),
    )


hearing_step, directive_step = _steps("hearing_step"), _steps("directive_step")
