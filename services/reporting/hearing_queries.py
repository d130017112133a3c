"""What is asked of hearings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from services.reporting.tables import hearing, hearing_pack, hearing_step
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]


async def latest(reads: Reads) -> Row | None:
    """The hearing that covers the latest time."""
    return await reads.one(select(hearing).order_by(hearing.c.covers_until.desc(), hearing.c.stream.desc()).limit(1))


async def to_follow(reads: Reads, as_of: datetime) -> Row | None:
    """The latest hearing, when what it covers has ended: the next one is to be scheduled."""
    last = await latest(reads)
    return last if last is not None and last["covers_until"] <= as_of else None


async def one(reads: Reads, stream: str) -> Row | None:
    return await reads.one(select(hearing).where(hearing.c.stream == stream))


async def all_of(reads: Reads, year: int | None = None) -> list[Row]:
    """Hearings, the latest first."""
    query = select(hearing).order_by(hearing.c.year.desc(), hearing.c.month.desc())
    return await reads.rows(query if year is None else query.where(hearing.c.year == year))


async def pack(reads: Reads, stream: str, number: int) -> Row | None:
    t = hearing_pack
    return await reads.one(select(t).where(t.c.stream == stream, t.c.pack == number))


async def steps(reads: Reads, stream: str) -> list[Row]:
    """The hearing's steps in their order."""
    t = hearing_step
    return await reads.rows(select(t).where(t.c.stream == stream).order_by(t.c.version))
