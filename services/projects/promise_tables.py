"""The read model's table of promises."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Numeric, Text

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

promise = projection_table(
    "project_promise",
    metadata,
    Column("promise", Integer, primary_key=True),
    Column("party", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", Numeric(20, 4)),
    Column("unit", Text),
    Column("clause", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("urgency", Integer, nullable=False, comment="0 overdue, 1 open, 2 ended: the order of lists"),
    Column("ended_on", Date),
    Column("reached", Numeric(20, 4)),
    Column("evidence_sha256", Text),
    Column("reason", Text, nullable=False),
    Column("gate", Integer),
    Column("basis_sha256", Text),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
)
Index("promise_by_urgency", promise.c.urgency, promise.c.due, promise.c.stream, promise.c.promise)
Index("promise_by_state", promise.c.state, promise.c.due)
Index("promise_by_party", promise.c.party, promise.c.urgency, promise.c.due, promise.c.stream, promise.c.promise)
