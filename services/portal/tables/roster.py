"""The district as the registry tells it: units, groups, persons, industries, settings, targets."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Text

from services.portal.tables.base import QUANTITY, metadata
from sevenx.kernel.projection import projection_table

district = projection_table(
    "district",
    metadata,
    Column("code", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)
unit = projection_table(
    "unit", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False), Column("kind", Text)
)
work_group = projection_table(
    "work_group",
    metadata,
    Column("number", Integer, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)
person = projection_table("person", metadata, Column("zh", Text, nullable=False), Column("en", Text, nullable=False))
industry = projection_table(
    "industry",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)
setting = projection_table(
    "setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)
target = projection_table(
    "target",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("unit", Text, primary_key=True, comment="empty: the group's own total"),
    Column("value", QUANTITY, nullable=False),
    Column("measure", Text, nullable=False),
)
