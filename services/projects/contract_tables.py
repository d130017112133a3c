"""The read model's tables of what happens to a contract after its signature, and of the statistics figure."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

amendment = projection_table(
    "contract_amendment",
    metadata,
    Column("amendment", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("dated", Date, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("amount_was", Numeric(20, 2), nullable=False),
    Column("amount", Numeric(20, 2), nullable=False),
    Column("content_was", Text),
    Column("content", Text),
    Column("dates", JSONB, nullable=False),
    Column("conversion", JSONB),
    Column("excess_note", Text, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("void", Boolean, nullable=False, comment="its signature was taken back"),
)

extension = projection_table(
    "project_extension",
    metadata,
    Column("extension", Text, primary_key=True),
    Column("added_on", Date, nullable=False),
)
"""In the base project's stream: the projects that extend it."""

statistics = projection_table(
    "project_statistics",
    metadata,
    Column("month", Text, primary_key=True),
    Column("amount", Numeric(20, 2), nullable=False),
    Column("corrected", Boolean, nullable=False),
    Column("note", Text, nullable=False, comment="of the record, or the reason of the last correction"),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
)
"""Fixed-asset investment as statistics count it (入统), by month; no part of funds in place."""
