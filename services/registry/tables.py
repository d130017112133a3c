"""The read model's tables. A row belongs to one stream: the district's, a unit's, a group's or a person's.

Posts and the groups' units are kept as changes with their day, so that every day's roster can be told.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Index, Integer, MetaData, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from sevenx.district.posts import posts
from sevenx.kernel.projection import READ, projection_table

metadata = MetaData(schema=READ)
roster_posts = posts(metadata)

district = projection_table(
    "district",
    metadata,
    Column("code", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("city_code", Text, nullable=False),
    Column("city_zh", Text, nullable=False),
    Column("clock", Text, nullable=False),
    Column("simulated_from", DateTime(timezone=True)),
    Column("notice_number", Text),
    Column("notice_issued", Date),
    Column("notice_assumed", Boolean),
)

calendar = projection_table(
    "calendar",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("provisional", Boolean, nullable=False),
    Column("days_off", JSONB, nullable=False),
    Column("workdays", JSONB, nullable=False),
    Column("source", Text, nullable=False),
)

setting = projection_table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("one_of", JSONB, nullable=False),
    Column("clause", Text, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("was", Text),
    Column("reason", Text, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

industry = projection_table(
    "industry",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("indicator", Boolean, nullable=False),
    Column("claims", JSONB, nullable=False),
    Column("parent", Text),
    Column("keywords", JSONB, nullable=False),
    Column("keywords_source", Text, nullable=False),
)

overlap_decision = projection_table(
    "overlap_decision",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("group_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
)

roster_import = projection_table(
    "roster_import",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("imported_on", Date, nullable=False),
    *(
        Column(name, Integer, nullable=False)
        for name in ("units", "groups", "people", "industries", "settings", "calendars", "changes")
    ),
    Column("rolled_back_by", Text),
    Column("rolled_back_on", Date),
    Column("reason", Text),
)

unit = projection_table(
    "unit",
    metadata,
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("in_x_department", Boolean, nullable=False),
    Column("name_source", Text, nullable=False),
    Column("merged_into", Text, index=True),
    Column("merged_on", Date),
)
Index("unit_by_kind", unit.c.kind, unit.c.stream)

unit_title = projection_table(
    "unit_title",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("effective", Date),
)
"""A unit's full name from a day on; the first one has no day."""

unit_parent = projection_table(
    "unit_parent",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("parent", Text),
    Column("effective", Date, nullable=False),
)
"""Under which unit one stands (上级/所属) from a day on."""

unit_name = projection_table(
    "unit_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("spelling", Text, nullable=False),
    Column("source", Text, nullable=False),
)
"""Every spelling of a unit's name; `spelling` is without spaces and differences of width."""

person = projection_table("person", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False))

work_group = projection_table(
    "work_group",
    metadata,
    Column("number", Integer, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("formed_on", Date, nullable=False),
    Column("assumed", Boolean, nullable=False),
    Column("duties", Text),
    Column("duty_items", JSONB),
)

group_member = projection_table(
    "group_member",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("part", Text, nullable=False),
    Column("unit", Text, nullable=False, index=True),
    Column("begins", Boolean, nullable=False),
    Column("effective", Date, nullable=False),
    Column("position", Integer),
    Column("as_named", Text),
    Column("industry", Text),
)
"""A unit becomes, or is no longer, a `lead` or `responsible` unit of the group from a day on."""

post_ending = projection_table(
    "post_ending",
    metadata,
    Column("role", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
)
"""The announced end of a liaison's time; gone when a successor is designated."""

handover = projection_table(
    "handover",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("from_person", Text, nullable=False),
    Column("from_name", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("effective", Date, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("basis", Text, nullable=False),
)
"""A post of a group or unit was handed over (交接)."""

annual_plan = projection_table(
    "annual_plan",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("approved_on", Date, nullable=False),
)

plan_version = projection_table(
    "plan_version",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("targets", JSONB, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("drafted_by", Text, nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("submitted_by", Text),
    Column("submitted_on", Date),
    Column("decided_by", Text),
    Column("decided_on", Date),
    Column("reason", Text),
    Column("adopted_by", Text),
    Column("adopted_on", Date),
)
"""A version of a group's annual action plan, from its draft on. Decimals in `targets` are texts."""

monthly_target = projection_table(
    "monthly_target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("measure", Text, nullable=False),
    Column("months", JSONB, nullable=False),
)
"""The group's target of the year by month, as texts."""

target = projection_table(
    "target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("value", Numeric(20, 2), nullable=False),
    Column("measure", Text, nullable=False),
)
"""A target of the group (`unit` is empty), or the part of it that a unit takes."""
