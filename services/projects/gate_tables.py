"""The read model's table of gates before the contract."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

gate = projection_table(
    "project_gate",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("gate", Text, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("departments", JSONB, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("conditions", Text, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("taken_back", Boolean, nullable=False),
)
