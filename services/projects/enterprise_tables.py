"""The read model's tables of enterprises, each row of the enterprise's own stream, and of the district's groups of
companies."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY

from services.projects.tables import metadata
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
    Column("merged_into", Text, comment="what it was found to be; that may have been merged further"),
)
Index("enterprise_by_code", enterprise.c.code)
Index("enterprise_by_foreign_number", enterprise.c.foreign_number)
Index("enterprise_merged", enterprise.c.merged_into)
Index("enterprise_by_origin", enterprise.c.origin, enterprise.c.stream)
Index("enterprise_by_name", enterprise.c.name, enterprise.c.stream)

enterprise_name = projection_table(
    "enterprise_name",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="name, former, foreign or short"),
    Column("compact", Text, nullable=False, comment="letters and digits, in one width, case and script"),
    Column("grams", ARRAY(Text), nullable=False, comment="each character and each pair: what a search looks for"),
    Column("marks", ARRAY(Text), nullable=False, comment="pairs of the brand: what a duplicate is looked up by"),
)
"""Every name of an enterprise, its present one among them."""
Index("enterprise_name_by_grams", enterprise_name.c.grams, postgresql_using="gin")
Index("enterprise_name_by_marks", enterprise_name.c.marks, postgresql_using="gin")

enterprise_list = projection_table(
    "enterprise_list",
    metadata,
    Column("list_name", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("rank", Integer),
)
Index("enterprise_list_by_name", enterprise_list.c.list_name, enterprise_list.c.stream)

enterprise_contact = projection_table(
    "enterprise_contact",
    metadata,
    Column("contact", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("added_on", Date, nullable=False),
    Column("erased_on", Date),
    Column("receipt", Text),
)
"""Contact persons by their ids. Who they are stands in `ops.contact`, which no event can bring back."""

enterprise_duplicate = projection_table(
    "enterprise_duplicate",
    metadata,
    Column("other", Text, primary_key=True, comment="registered before"),
    Column("score", Numeric(7, 6)),
    Column("ground", Text),
    Column("since", Date, nullable=False),
    Column("distinct", Boolean, nullable=False, comment="found to be two"),
)
"""Pairs that look like one, in the stream of the later one."""
Index("enterprise_duplicate_by_score", enterprise_duplicate.c.distinct, enterprise_duplicate.c.score)

enterprise_parent = projection_table(
    "enterprise_parent",
    metadata,
    Column("enterprise", Text, primary_key=True),
    Column("parent", Text, nullable=False),
)
Index("enterprise_parent_by_parent", enterprise_parent.c.parent)
