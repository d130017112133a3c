"""What the portal's tables share."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, MetaData, Numeric

from sevenx.district.posts import posts
from sevenx.district.published import published_settings
from sevenx.district.units import units_and_groups
from sevenx.kernel.projection import READ

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post, and which units belong to which group."""
SETTINGS = published_settings(metadata)
UNITS = units_and_groups(metadata)

INSTANT = DateTime(timezone=True)
QUANTITY = Numeric(20, 2)
"""Yuan for an amount, a whole number for a count."""


def yuan(name: str) -> Column[object]:
    """A column of yuan that may be empty."""
    return Column(name, QUANTITY)
