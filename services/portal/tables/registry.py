"""What the registry's pages show beside names and posts: units' names and places, duties, plans, imports."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

unit_name = projection_table(
    "unit_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("source", Text, nullable=False, comment="notice, convention, former, or the source named"),
)
"""Every spelling of a unit's name, former ones among them."""

unit_place = projection_table(
    "unit_place", metadata, Column("parent", Text), Column("in_x_department", Boolean, nullable=False)
)
"""The unit above it, and whether clause 二（二） lists it. A unit that was withdrawn has no row."""

group_part = projection_table(
    "group_part",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("as_named", Text, nullable=False),
    Column("industry", Text),
    Column("position", Integer, nullable=False),
)
"""How the notice names a unit of a group, beside the change of that version in `unit_change`."""

group_fact = projection_table(
    "group_fact",
    metadata,
    Column("formed_on", Date, nullable=False),
    Column("assumed", Boolean, nullable=False),
    Column("clause", Text, nullable=False),
    Column("duties", JSONB, nullable=False),
)
"""A group's duties (工作职责) in items, and the day from which it must be staffed."""

post_ending = projection_table(
    "post_ending",
    metadata,
    Column("role", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
)
"""The announced end of a liaison's time; gone when a successor is designated."""

industry_claim = projection_table(
    "industry_claim",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("indicator", Boolean, nullable=False),
    Column("claims", JSONB, nullable=False, comment="ids of the groups that claim it"),
)
overlap_decision = projection_table(
    "overlap_decision",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("group_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
)

plan_version = projection_table(
    "plan_version",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("targets", JSONB, nullable=False),
    Column("status", Text, nullable=False),
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
"""An approved plan in force, also one that was recorded without a draft."""

monthly_target = projection_table(
    "monthly_target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("months", JSONB, nullable=False, comment="January to December, as texts"),
)

roster_import = projection_table(
    "roster_import",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", Integer, nullable=False, comment="of the event that tells of it"),
    Column("sha256", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("imported_on", Date, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("rolled_back_by", Text),
    Column("rolled_back_on", Date),
    Column("reason", Text),
    Column("rollback_version", Integer, comment="of the event that tells of it"),
)

registry_command = projection_table(
    "registry_command",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("command", LargeBinary, nullable=False, comment="what the events of one command share"),
)
"""By which command each event of the registry was caused: an import speaks in many streams."""
Index("registry_command_events", registry_command.c.command)
