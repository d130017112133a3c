"""The read model's tables of procedures (手续办理) and problems (问题协调)."""

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
Index("procedure_by_state", procedure.c.state, procedure.c.promised_on, procedure.c.stream)
Index("procedure_overdue", procedure.c.promised_on, procedure.c.stream, postgresql_where=procedure.c.overdue)
Index("procedure_by_unit", procedure.c.unit, procedure.c.promised_on)

problem = projection_table(
    "problem",
    metadata,
    Column("about", Text, nullable=False),
    Column("project", Text),
    Column("group_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("level", Text, nullable=False, comment="group, commerce_bureau or district_office"),
    Column("raised_by", Text, nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("state", Text, nullable=False, comment="open, solved or not_solvable"),
    Column("overdue", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("last_step", Text),
    Column("closed_on", Date),
    Column("reason", Text),
    Column("working_days", Integer),
)
"""`unit` is the owner; `project` is null where it is about a lead."""
Index("problem_by_promise", problem.c.promised_on, problem.c.stream)
Index("problem_by_about", problem.c.about)
Index("problem_by_project", problem.c.project)
Index("problem_by_state", problem.c.state, problem.c.promised_on, problem.c.stream)
Index("problem_by_level", problem.c.level, problem.c.promised_on, problem.c.stream)
Index("problem_overdue", problem.c.promised_on, problem.c.stream, postgresql_where=problem.c.overdue)
Index("problem_by_unit", problem.c.unit, problem.c.promised_on)
