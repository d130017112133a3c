"""Which e-mails are due, as the read model has them beside the addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Double, and_, case, cast, func, select

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.notice.state import Status
from services.notifier.tables import DECLINED, contact, notice
from sevenx.kernel.reads import Reads

LONGEST_BACKOFF = 6 * 3600.0
"""Seconds between two attempts, at most."""
_MOST = 500

_WAITING = and_(notice.c.channel == Channel.EMAIL, notice.c.status == Status.QUEUED)


def backoff(attempts: int, first: float) -> float:
    """Seconds after so many failed attempts: `first`, then doubled each time."""
    return min(LONGEST_BACKOFF, first * 2.0 ** (attempts - 1))


async def to_send(reads: Reads, now: datetime, wall: datetime, first: float) -> list[Mapping[str, Any]]:
    """Notices whose time has come (`now`: business time) and whose pause after a failure is over (`wall`), each with
    its address: None where there is none any more, or e-mail was declined since. What belongs into one letter is never
    parted."""
    n = notice.c
    query = (
        select(notice, case((DECLINED, None), else_=contact.c.email).label("email"))
        .join(contact, contact.c.person == n.person, isouter=True)
        .where(_WAITING, n.queued_for <= now)
        .order_by(n.queued_for, n.person, n.kind, n.stream)
        .limit(_MOST)
    )
    rows = await reads.rows(query)
    if len(rows) == _MOST:
        rows = _without_last_letter(rows)
    return [row for row in rows if _rested(row, wall, first)]


def _without_last_letter(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return row["queued_for"], row["person"], row["kind"]

    whole = [row for row in rows if key(row) != key(rows[-1])]
    return whole or rows


def _rested(row: Mapping[str, Any], wall: datetime, first: float) -> bool:
    return row["tried_at"] is None or row["tried_at"] + timedelta(seconds=backoff(row["attempts"], first)) <= wall


async def backlog(reads: Reads, now: datetime) -> Mapping[str, Any]:
    """`oldest`: seconds of wall time since the oldest e-mail that is due was queued, 0 when none waits; `given_up`: how
    many notices failed for good."""
    n = notice.c
    age = func.extract("epoch", func.clock_timestamp() - func.min(n.recorded_at).filter(_WAITING, n.queued_for <= now))
    query = select(
        cast(func.coalesce(age, 0), Double).label("oldest"),
        func.count().filter(n.status == Status.FAILED).label("given_up"),
    ).where(n.status != Status.DELIVERED)
    return await reads.one(query) or {"oldest": 0.0, "given_up": 0}
