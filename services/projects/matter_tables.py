"""The read model's tables of procedures (手续办理)."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

PROCEDURE_RUNS = ("requested", "accepted")
"""States in which a procedure's clock runs."""

procedure = projection_table(
    "procedure",
    metadata,
    Column("project", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("state", Text, nullable=False, comment="requested, accepted, stopped, granted, refused or withdrawn"),
    Column("accepted_on", Date),
    Column("stopped_since", Date),
    Column("materials", Text),
    Column("overdue", Boolean, nullable=False),
    Column("closed_on", Date),
    Column("reason", Text),
    Column("document_number", Text),
    Column("sha256", Text),
    Column("working_days", Integer),
)
Index("procedure_by_promise", procedure.c.promised_on, procedure.c.stream)
Index("procedure_by_project", procedure.c.project)
Index("procedure_by_unit", procedure.c.unit, procedure.c.promised_on)
