"""Which documents are stored, so that a page links to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from services.portal.tables.documents import document
from sevenx.kernel.reads import Reads

SHOWN = 2000
"""Documents of which a page knows that they are stored."""


async def stored_for(reads: Reads, subjects: Iterable[str]) -> Mapping[str, Any]:
    """By SHA-256: size and media type of what was sent in for these leads, projects and procedures."""
    c = document.c
    wanted = [one for one in subjects if one]
    rows = await reads.rows(select(document).where(c.subject.in_(wanted)).order_by(c.sha256).limit(SHOWN))
    return {row["sha256"]: row for row in rows}
