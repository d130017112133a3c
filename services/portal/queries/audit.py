"""Seals, conclusions about records, findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, Text, cast, or_, select

from services.portal.queries.projects import PAGE
from services.portal.queries.visibility import posts_at
from services.portal.tables import audit as t
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
READERS = ("auditor", "operator", "supervision_office", "district_office", "district_leader")
"""Roles that see seals, forks and conclusions, and every finding."""


async def seals(reads: Reads, limit: int = 60) -> list[Row]:
    """The latest first."""
    return await reads.rows(select(t.seal).order_by(t.seal.c.number.desc()).limit(limit))


async def forks(reads: Reads) -> list[Row]:
    """Records that owners report as not their own; `open` until their discard was concluded."""
    f, c = t.fork, t.conclusion.c
    decided = select(c.record_hash).where(c.kind == "discarded", c.record_hash == f.c.found_hash).exists()
    return await reads.rows(select(f, (~decided).label("open")).order_by(f.c.found_at.desc()).limit(200))


async def conclusions(reads: Reads) -> list[Row]:
    return await reads.rows(select(t.conclusion).order_by(t.conclusion.c.decided_at.desc()).limit(200))


async def findings(reads: Reads, principal: Principal, sees_all: bool, state: str = "", before: str = "") -> list[Row]:
    """A page of findings, the newest first, one row more than PAGE; without an audit role those that concern the
    reader's groups and units."""
    f = t.finding
    query = select(f)
    if not sees_all:
        posts = posts_at(principal)
        query = query.where(or_(*(column.op("&&")(cast(posts, ARRAY(Text))) for column in (f.c.units, f.c.groups))))
    if state:
        query = query.where(f.c.state == state)
    if before:
        query = query.where(f.c.stream < before)
    return await reads.rows(query.order_by(f.c.stream.desc()).limit(PAGE + 1))


async def finding(reads: Reads, finding_id: str) -> Row | None:
    return await reads.one(select(t.finding).where(t.finding.c.stream == finding_id))


async def answers(reads: Reads, finding_id: str) -> list[Row]:
    a = t.finding_answer
    return await reads.rows(select(a).where(a.c.stream == finding_id).order_by(a.c.answer))
