"""Projects of old ledgers (历史台账): where they come from, who decided on them, and what they still lack."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY

from services.portal.tables.base import metadata, yuan
from sevenx.kernel.projection import projection_table

project_baseline = projection_table(
    "project_baseline",
    metadata,
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("row", Integer, nullable=False),
    yuan("baselined_funds"),
    Column("baselined_on", Date, nullable=False),
    Column("baselined_by", Text, nullable=False),
    Column("standing", Text, nullable=False, comment="pending, approved or rejected"),
    Column("decided_on", Date),
    Column("decided_by", Text),
    Column("note", Text),
)
Index("project_baseline_pending", project_baseline.c.stream, postgresql_where=project_baseline.c.standing == "pending")

missing_evidence = projection_table(
    "missing_evidence",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("any_of", ARRAY(Text), nullable=False),
)
"""待补 as the baseline found it; what was filed since is taken off when it is shown."""
