"""What is asked of the read model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, tuple_

from services.notifier.domain.notice.events import Channel
from services.notifier.domain.notice.state import Status
from services.notifier.tables import escalation, notice
from sevenx.kernel.reads import Reads

Row = Mapping[str, Any]
_n = notice.c
_MICROSECOND = 1_000_000


@dataclass(frozen=True)
class Mark:
    """Where a page of the inbox ended: the next one goes on after it, whatever came in meanwhile."""

    unread: bool
    at: datetime
    stream: str

    @classmethod
    def parse(cls, text: str) -> Mark:
        """From `1.1790000000000000.410804-M-…`."""
        unread, micros, stream = text.split(".", 2)
        seconds, rest = divmod(int(micros), _MICROSECOND)
        return cls(unread == "1", datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), stream)

    @classmethod
    def of(cls, row: Row) -> Mark:
        """The mark after a row."""
        return cls(row["unread"], row["recorded_at"], row["stream"])

    def __str__(self) -> str:
        whole = int(self.at.replace(microsecond=0).timestamp())
        return f"{int(self.unread)}.{whole * _MICROSECOND + self.at.microsecond}.{self.stream}"


async def inbox(
    reads: Reads, persons: Collection[str], after: Mark | None, limit: int, unread: bool, kind: str | None
) -> list[Row]:
    """Notices in these inboxes, the unread first and of each the newest first (by when they were
    recorded: simulated time may stand still); one more than `limit` if there is."""
    wanted = _standing_in(persons)
    if unread:
        wanted = and_(wanted, _n.unread)
    if kind is not None:
        wanted = and_(wanted, _n.kind == kind)
    if after is not None:
        wanted = and_(wanted, tuple_(_n.unread, _n.recorded_at, _n.stream) < (after.unread, after.at, after.stream))
    query = select(notice).where(wanted).order_by(_n.unread.desc(), _n.recorded_at.desc(), _n.stream.desc())
    return await reads.rows(query.limit(limit + 1))


async def unread_by_kind(reads: Reads, persons: Collection[str]) -> list[Row]:
    """How many are unread of each kind, and when the newest came; the kind with the newest first."""
    newest = func.max(_n.recorded_at)
    query = select(_n.kind, func.count().label("unread"), newest.label("newest"))
    return await reads.rows(
        query.where(_standing_in(persons), _n.unread).group_by(_n.kind).order_by(newest.desc(), _n.kind)
    )


async def unread_streams(
    reads: Reads, persons: Collection[str], kind: str | None, until: datetime | None, most: int
) -> list[Row]:
    """The streams (and owners) of what is unread, the oldest first; one more than `most` if there is."""
    query = select(_n.stream, _n.person).where(_standing_in(persons), _n.unread)
    if kind is not None:
        query = query.where(_n.kind == kind)
    if until is not None:
        query = query.where(_n.recorded_at <= until)
    return await reads.rows(query.order_by(_n.recorded_at, _n.stream).limit(most + 1))


def _standing_in(persons: Collection[str]) -> Any:
    return and_(_n.person.in_(sorted(persons)), _n.channel == Channel.INBOX)


async def deliveries(reads: Reads, about: str) -> list[Row]:
    """Everything that was told of an event."""
    return await reads.rows(select(notice).where(_n.about == about).order_by(_n.person, _n.channel))


async def failed(reads: Reads, after: str | None, limit: int) -> list[Row]:
    """What has failed for good, in the order of the streams; one more than `limit` if there is."""
    query = select(notice).where(_n.status == Status.FAILED)
    if after is not None:
        query = query.where(_n.stream > after)
    return await reads.rows(query.order_by(_n.stream).limit(limit + 1))


async def escalations(reads: Reads, scopes: Sequence[str] | None, is_open: bool | None, limit: int) -> list[Row]:
    """Escalations, the latest due first; `scopes`: only those of these groups and units."""
    e = escalation.c
    query = select(escalation)
    if scopes is not None:
        query = query.where(or_(e.group.in_(scopes), e.unit.in_(scopes)))
    if is_open is not None:
        query = query.where(e.resolved_at.is_(None) if is_open else e.resolved_at.is_not(None))
    return await reads.rows(query.order_by(e.due_at.desc(), e.stream, e.about).limit(limit))
