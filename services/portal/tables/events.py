"""Every event of the district as a page shows it: the one table behind all timelines."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import INSTANT, metadata
from sevenx.kernel.projection import projection_table

event = projection_table(
    "event",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("area", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("occurred_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, comment="SHA-256 of the event's bytes"),
    Column("data", JSONB, nullable=False),
)
"""A year of a district is some 18,000 rows of half a kilobyte."""
Index("event_by_time", event.c.area, event.c.occurred_at)
OF_PARENTS = ("ParentAssigned", "ParentRemoved")
"""Events of the district's groups of companies that speak of two enterprises."""
Index("event_of_parents", event.c.name, postgresql_where=event.c.name.in_(OF_PARENTS))
MILESTONES = (
    "ProjectSigned", "ProjectLanded", "ConstructionStarted", "ProductionStarted", "CapacityReached", "FundsChecked",
    "FundsReversed", "StageCorrected",
)  # fmt: skip
"""Events of projects that a month's figures count."""
TELLS = event.c.name.in_(
    (*MILESTONES, "LeadRegistered", "ProjectOpened", "IntentSigned", "CompanyRegistered", "StatusChanged")
)
"""Events of leads and projects that a month's report tells of."""
Index("event_that_tells", event.c.area, event.c.occurred_at, event.c.stream, postgresql_where=TELLS)
