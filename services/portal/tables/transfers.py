"""Transfers of leads (流转)."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Numeric, Text

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

lead_transfer = projection_table(
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
    Column("answer", Text),
)
Index("lead_transfer_by_state", lead_transfer.c.state, lead_transfer.c.to_unit)
