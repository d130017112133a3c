"""The read model's table of transfers of leads (流转)."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, Numeric, Text

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

transfer = projection_table(
    "lead_transfer",
    metadata,
    Column("transfer", Integer, primary_key=True),
    Column("from_unit", Text, nullable=False),
    Column("from_group", Text, nullable=False),
    Column("to_unit", Text, nullable=False),
    Column("to_group", Text, nullable=False),
    Column("share", Numeric(12, 6), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("state", Text, nullable=False, comment="asked, accepted, declined or withdrawn"),
    Column("ended_on", Date),
    Column("ended_by", Text),
    Column("answer", Text, comment="why it was declined or withdrawn"),
)
