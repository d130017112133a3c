"""Contracts after their signature, and the statistics figure."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.portal.tables.base import metadata, yuan
from sevenx.kernel.projection import projection_table

contract_amendment = projection_table(
    "contract_amendment",
    metadata,
    Column("amendment", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("dated", Date, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reason", Text, nullable=False),
    yuan("amount_was"),
    yuan("amount"),
    Column("content", Text),
    Column("dates", JSONB, nullable=False),
    Column("conversion", JSONB),
    Column("excess_note", Text, nullable=False),
    Column("void", Boolean, nullable=False, comment="its signature was taken back"),
)
"""补充协议."""

project_statistics = projection_table(
    "project_statistics",
    metadata,
    Column("month", Text, primary_key=True),
    yuan("amount"),
    Column("note", Text, nullable=False),
    Column("corrected", Boolean, nullable=False),
)
"""入统: fixed-asset investment as statistics count it, by month; no part of funds in place."""
