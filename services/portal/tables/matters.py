"""Procedures (手续办理) and problems (问题协调), each row of its own stream."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

procedure = projection_table(
    "procedure",
    metadata,
    Column("about", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("state", Text, nullable=False),
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
"""`about` is the project, `unit` the department that is asked."""
Index("procedure_by_about", procedure.c.about)

problem = projection_table(
    "problem",
    metadata,
    Column("about", Text, nullable=False),
    Column("group_id", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("level", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("closed_on", Date),
    Column("reason", Text),
    Column("working_days", Integer),
)
"""`about` is a project or lead, `unit` the owner, `asked_by` who raised it."""
Index("problem_by_about", problem.c.about)

for _table in (procedure, problem):
    _order = (_table.c.promised_on, _table.c.stream)
    Index(f"{_table.name}_by_promise", *_order)
    for _name in ("unit", "group_id", "state"):
        Index(f"{_table.name}_by_{_name}", _table.c[_name], *_order)
    Index(f"{_table.name}_running", *_order, postgresql_where=_table.c.closed_on.is_(None))
    Index(f"{_table.name}_late", *_order, postgresql_where=_table.c.overdue)
