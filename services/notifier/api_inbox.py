"""One's own inbox."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from services.notifier import queries
from services.notifier.api_models import (
    Cursor,
    InboxItem,
    InboxPage,
    Kind,
    Limit,
    NoticeId,
    ReadAll,
    ReadAllBody,
    Unread,
    UnreadKind,
)
from services.notifier.deciders import NOTICE
from services.notifier.domain.notice.commands import MarkRead
from services.notifier.domain.notice.state import Notice
from services.notifier.permissions import inboxes, on_behalf
from services.notifier.rulebook import rules
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(tags=["inbox 站内信"])
_AT_ONCE = 200
"""Notices that one request marks as read, at most: they are one commit."""


@router.get("/inbox")
async def my_inbox(
    asking: Asking,
    reads: ReadModel,
    unread: Annotated[bool, Query(description="Only what is unread")] = False,
    kind: Kind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> InboxPage:
    """One's own notices (我的站内信), and those of the offices that one holds: unread first, then the newest first.
    Pages go on where the last one ended; what is read between two pages may be seen again among the read ones."""
    mine = inboxes(asking)
    after = queries.Mark.parse(cursor) if cursor else None
    rows = await queries.inbox(reads, mine, after, limit, unread, kind)
    kinds = await queries.unread_by_kind(reads, mine)
    return InboxPage(
        items=[_item(row) for row in rows[:limit]],
        unread=sum(row["unread"] for row in kinds),
        next=str(queries.Mark.of(rows[limit - 1])) if len(rows) > limit else None,
    )


@router.get("/inbox/unread")
async def unread_count(asking: Asking, reads: ReadModel) -> Unread:
    """How many notices are unread (未读数), and of which kinds: one line for each kind instead of a flood."""
    rows = await queries.unread_by_kind(reads, inboxes(asking))
    kinds = [UnreadKind(**row, name_zh=_name(row["kind"])[0], name_en=_name(row["kind"])[1]) for row in rows]
    return Unread(unread=sum(one.unread for one in kinds), kinds=kinds)


@router.post("/inbox/read-all")
async def read_all(body: ReadAllBody, desk: Commands, reads: ReadModel) -> ReadAll:
    """Mark one's own unread notices as read (全部已读): all, of one kind, or up to what was shown."""
    before = await desk.earlier()
    if before is not None:
        answer, events = before
        return ReadAll(read=len(events), more=False, after=answer.after)
    rows = await queries.unread_streams(reads, inboxes(desk.principal), body.kind, body.until, _AT_ONCE)
    if not rows:
        return ReadAll(read=0, more=False, after=[])
    command = MarkRead(desk.now(), desk.principal.subject)
    marked = [(NOTICE, row["stream"], command) for row in rows[:_AT_ONCE]]
    answer = await desk.give_all(marked, _own(desk))
    return ReadAll(read=len(answer.events), more=len(rows) > _AT_ONCE, after=answer.after)


@router.post("/inbox/{notice_id}/read")
async def mark_read(notice_id: NoticeId, desk: Commands) -> Answer:
    """Mark a notice of one's own as read (标为已读)."""
    return await desk.give(NOTICE, notice_id, MarkRead(desk.now(), desk.principal.subject), _own(desk))


def _own(desk: CommandDesk) -> Any:
    def scopes(state: Notice) -> Scopes:
        return {"person": on_behalf(desk.principal, state.person)}

    return scopes


def _item(row: queries.Row) -> InboxItem:
    known = {name: row[name] for name in InboxItem.model_fields if name in row}
    return InboxItem(id=row["stream"], **known)


def _name(kind: str) -> tuple[str, str]:
    """What a kind is called; a rule that is no longer in the table is called by its own name."""
    rule = rules().kind(kind)
    return (rule.name.zh, rule.name.en) if rule else (kind, kind)
