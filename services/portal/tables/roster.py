"""The district as the registry tells it: units, groups, persons, industries, settings, targets."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Text

from services.portal.tables.base import QUANTITY, SETTINGS, UNITS, metadata
from sevenx.kernel.projection import projection_table

unit, work_group, setting = UNITS.unit, UNITS.work_group, SETTINGS.setting
district = projection_table(
    "district",
    metadata,
    Column("code", Text, nullable=False),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
)
person = projection_table(
    "person",
    metadata,
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False, comment="by a rollback: named where he is told of, given no post"),
)
industry = projection_table(
    "industry",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
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
