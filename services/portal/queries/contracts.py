"""Extensions (增资) of a project, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from services.portal.queries.visibility import masked
from services.portal.tables import projects as t
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

MOST = 200
"""Extensions that a page shows at most."""


async def extensions_of(reads: Reads, principal: Principal, base: str) -> list[Mapping[str, Any]]:
    """The projects that extend one, with their recognised funds, in the order of their numbers."""
    p, f = t.project, t.funds_claim.c
    recognised = select(func.coalesce(func.sum(f.recognised), 0)).where(f.stream == p.c.stream).scalar_subquery()
    query = select(*masked(principal, p), recognised.label("recognised")).where(p.c.extends == base)
    return await reads.rows(query.order_by(p.c.stream).limit(MOST))
