"""The read model's table of stored documents."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Text

from services.projects.tables import metadata
from sevenx.kernel.projection import projection_table

document = projection_table(
    "document",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("stored_by", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("stored_on", Date, nullable=False),
)
"""A row for each thing for which a document was sent in, and each sender."""
Index("document_by_subject", document.c.subject, document.c.sha256)
