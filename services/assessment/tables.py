"""The read model of area assessment."""

from __future__ import annotations

from sqlalchemy import MetaData

from sevenx.district.posts import posts
from sevenx.kernel.projection import READ

metadata = MetaData(schema=READ)
POSTS = posts(metadata)
"""Who holds which post; whom a command is permitted to is found here."""
