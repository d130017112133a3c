"""`/inbox`: what the visitor was told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from services.portal import notices
from services.portal.render import page
from services.portal.visit import Visitor
from sevenx.kernel.http import ReadModel

router = APIRouter()
Cursor = Annotated[str, Query(pattern=r"^$|^[0-9T:.+Z-]{20,40}~[0-9A-Za-z-]{1,120}$")]


@router.get("/inbox")
async def inbox(
    request: Request, visitor: Visitor, reads: ReadModel, show: Annotated[str, Query()] = "all", before: Cursor = ""
) -> Response:
    """Notices, the newest first; `show=unread` for those not read yet."""
    persons, unread = notices.inboxes(visitor.principal), show == "unread"
    rows = await notices.inbox(reads, persons, unread, _mark(before))
    shown = rows[: notices.PAGE]
    after = ""
    if len(rows) > notices.PAGE:
        last = shown[-1]
        after = f"{last['queued_for'].isoformat()}~{last['stream']}"
    return await page(request, "inbox.html", rows=[_safe(row) for row in shown], unread_only=unread, next=after)


def _mark(before: str) -> tuple[datetime, str] | None:
    at, _, stream = before.partition("~")
    try:
        return (datetime.fromisoformat(at), stream) if stream else None
    except ValueError:
        return None


def _safe(row: Any) -> dict[str, Any]:
    """A notice leads to a page of ours, or nowhere."""
    link = row["link"] or ""
    return {**row, "link": link if link.startswith("/") and not link.startswith("//") else ""}
