"""The read model's tables of projects of old ledgers (历史台账)."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import ARRAY

from services.projects.tables import metadata, project
from sevenx.kernel.projection import projection_table

baseline = projection_table(
    "project_baseline",
    metadata,
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("rulebook", Text, nullable=False),
    Column("baselined_funds", Numeric(20, 2)),
    Column("baselined_on", Date, nullable=False),
    Column("baselined_by", Text, nullable=False),
    Column("standing", Text, nullable=False, comment="pending, approved or rejected"),
    Column("decided_on", Date),
    Column("decided_by", Text),
    Column("note", Text, comment="of the approval, or why it was rejected"),
)
Index("project_baseline_by_file", baseline.c.sha256, baseline.c.row)

missing_evidence = projection_table(
    "missing_evidence",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("any_of", ARRAY(Text), nullable=False),
)
"""待补 as the baseline found it. What is filed since, and stages that were taken back, are left out when it is read:
`baseline_queries.missing`."""
Index("missing_evidence_by_stage", missing_evidence.c.stage, missing_evidence.c.stream, missing_evidence.c.number)
Index("project_by_contract", project.c.contract_number)
Index("project_by_name", project.c.name)
Index("project_of_old_by_investor", project.c.investor_code, postgresql_where=project.c.lead.is_(None))
