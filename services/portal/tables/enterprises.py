"""The register of enterprises, each row of the enterprise's own stream, and the district's groups of companies."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

enterprise = projection_table(
    "enterprise",
    metadata,
    Column("name", Text, nullable=False),
    Column("code", Text),
    Column("country", Text),
    Column("foreign_number", Text),
    Column("origin", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("industry_code", Text),
    Column("note", Text, nullable=False),
    Column("registered_for", Text, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("registered_by", Text, nullable=False),
    Column("merged_into", Text),
)
Index("enterprise_by_origin", enterprise.c.origin, enterprise.c.stream)
Index("enterprise_merged", enterprise.c.merged_into)
Index("enterprise_by_code", enterprise.c.code)

enterprise_name = projection_table(
    "enterprise_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="name, former, foreign or short"),
    Column("compact", Text, nullable=False),
    Column("grams", ARRAY(Text), nullable=False),
)
Index("enterprise_name_by_grams", enterprise_name.c.grams, postgresql_using="gin")

enterprise_list = projection_table(
    "enterprise_list",
    metadata,
    Column("list_name", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("rank", Integer),
)
enterprise_contact = projection_table(
    "enterprise_contact",
    metadata,
    Column("contact", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("erased_on", Date),
)
"""Contact persons by id alone: who they are is projects' to show."""

enterprise_duplicate = projection_table(
    "enterprise_duplicate",
    metadata,
    Column("other", Text, primary_key=True),
    Column("score", Numeric(7, 6)),
    Column("ground", Text),
    Column("distinct", Boolean, nullable=False),
)
enterprise_parent = projection_table(
    "enterprise_parent",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("parent", Text, nullable=False),
)
Index("enterprise_parent_by_parent", enterprise_parent.c.parent)
