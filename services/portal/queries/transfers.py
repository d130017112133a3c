"""Transfers of leads (流转): those of one, and whether one waits for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from services.portal.queries.visibility import posts_at, sees_all
from services.portal.tables.projects import lead as leads
from services.portal.tables.transfers import lead_transfer
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

WAITING = 200
"""Transfers that are listed as waiting for an answer, at most."""


async def awaiting(reads: Reads, principal: Principal) -> list[Mapping[str, Any]]:
    """Transfers that await an answer of the reader's units or groups, the earliest first, each with where its lead
    stands and who has it."""
    c, lead, posts = lead_transfer.c, leads.c, posts_at(principal)
    query = select(lead_transfer, lead.status, lead.group_id, lead.finder).join(leads, lead.stream == c.stream)
    query = query.where(c.state == "asked", or_(c.to_unit.in_(posts), c.to_group.in_(posts)))
    return await reads.rows(query.order_by(c.asked_on, c.stream).limit(WAITING))


async def transfers_of(reads: Reads, principal: Principal, lead: str, mine: bool) -> list[Mapping[str, Any]]:
    """A lead's transfers in their order. `mine`: the reader works on the lead; others see those that name a unit or
    group of theirs."""
    c = lead_transfer.c
    query = select(lead_transfer).where(c.stream == lead).order_by(c.transfer)
    if not mine and not sees_all(principal):
        posts = posts_at(principal)
        query = query.where(or_(*(column.in_(posts) for column in (c.from_unit, c.from_group, c.to_unit, c.to_group))))
    return await reads.rows(query)
