"""The visitor's notices in the read model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_

from services.portal.tables.notices import notice
from sevenx.kernel.auth import Principal
from sevenx.kernel.reads import Reads

PAGE = 40
_OFFICES = (
    "commerce_bureau", "finance_bureau", "statistics_bureau", "supervision_office", "assessment_office",
    "district_office", "district_leader", "auditor", "city", "operator",
)  # fmt: skip
_n = notice.c


def inboxes(principal: Principal) -> tuple[str, ...]:
    """Whose notices are the visitor's: his own, and those of the offices that he holds (`410804-commerce-bureau`)."""
    held = (role for role in _OFFICES if principal.holds(role, [principal.district]))
    return tuple(
        dict.fromkeys((principal.subject, *(f"{principal.district}-{role.replace('_', '-')}" for role in held)))
    )


async def unread_count(reads: Reads, persons: Collection[str]) -> int:
    """How many notices nobody has marked as read."""
    query = select(func.count()).select_from(notice).where(_in(persons), _n.read_at.is_(None))
    return int(await reads.scalar(query) or 0)


async def inbox(
    reads: Reads, persons: Collection[str], unread: bool, before: tuple[datetime, str] | None
) -> list[Mapping[str, Any]]:
    """Notices, the newest first; one more than a page if there is. `before` is the last row of the page before."""
    wanted = _in(persons)
    if unread:
        wanted = and_(wanted, _n.read_at.is_(None))
    if before is not None:
        wanted = and_(wanted, tuple_(_n.queued_for, _n.stream) < before)
    query = select(notice).where(wanted).order_by(_n.queued_for.desc(), _n.stream.desc()).limit(PAGE + 1)
    return await reads.rows(query)


def _in(persons: Collection[str]) -> Any:
    return and_(_n.person.in_(sorted(persons)), _n.channel == "inbox")
