"""Documents that are stored, by what they were sent in for."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Text

from services.portal.tables.base import metadata
from sevenx.kernel.projection import projection_table

document = projection_table(
    "document",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
)
"""The lead, project or procedure is the `subject`."""
Index("document_by_subject", document.c.subject, document.c.sha256)
