"""One's own contact: how one is reached outside the inbox. It stands in one table of this service and nowhere else."""

from __future__ import annotations

from fastapi import APIRouter, Request

from services.notifier import contacts
from services.notifier.api_models import Contact, ContactBody, ErasureReceipt, PersonId
from services.notifier.domain.notice.events import Channel
from sevenx.kernel.auth import require
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, runtime_of

router = APIRouter(tags=["contact 联系方式"])
NOTE_ZH = "事件日志从未保存联系方式，各事件的哈希不变；数据库备份中的副本按备份周期到期删除。"
NOTE_EN = "The log never held it, so that every hash stays valid; copies in backups go when the backups expire."


@router.get("/contact")
async def my_contact(asking: Asking, request: Request) -> Contact:
    """One's own contact (我的联系方式)."""
    row = await contacts.find(runtime_of(request).pool, asking.subject)
    return Contact(**row) if row else Contact(email=None, opted_out=[], updated_at=None)


@router.post("/contact")
async def set_contact(body: ContactBody, asking: Asking, request: Request) -> Contact:
    """Leave an address, change it, or decline e-mail (设置联系方式). No event tells of it."""
    if Channel.INBOX in body.opted_out:
        raise Problem(
            422,
            "inbox-is-needed",
            "站内信用于告知职责事项，不能关闭；可以关闭电子邮件。",
            "Duties are told in the inbox, which cannot be declined; e-mail can.",
        )
    opted_out = sorted(set(body.opted_out))
    return Contact(**await contacts.put(runtime_of(request).pool, asking.subject, body.email, opted_out))


@router.post("/contact/forget")
async def forget(asking: Asking, request: Request) -> ErasureReceipt:
    """Erase one's own contact (删除联系方式), with a receipt. E-mails that are still queued are not sent any more."""
    return await _erased(request, asking.subject, asking.subject)


@router.post("/contacts/{person}/forget")
async def forget_person(person: PersonId, asking: Asking, request: Request) -> ErasureReceipt:
    """Erase the contact of somebody who left (删除离任人员联系方式): an operator does so, and sees nothing of it."""
    require(asking, "operator")
    return await _erased(request, person, asking.subject)


async def _erased(request: Request, person: str, by: str) -> ErasureReceipt:
    row = await contacts.erase(runtime_of(request).pool, person, by)
    return ErasureReceipt(**{**row, "receipt": str(row["receipt"])}, note_zh=NOTE_ZH, note_en=NOTE_EN)
