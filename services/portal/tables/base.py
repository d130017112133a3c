"""What the portal's tables share."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, MetaData, Numeric

from sevenx.district.posts import posts
from sevenx.kernel.projection import READ

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post, and which units belong to which group."""

INSTANT = DateTime(timezone=True)
QUANTITY = Numeric(20, 2)
"""Yuan for an amount, a whole number for a count."""


def yuan(name: str) -> Column[object]:
    """A column of yuan that may be empty."""
    return Column(name, QUANTITY)
