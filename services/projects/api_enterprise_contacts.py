"""Contact persons of enterprises. An event has their ids; who they are stands in one table of this service and nowhere
else, for those who keep them and for the Commerce Bureau."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from services.projects import contacts
from services.projects import enterprise_models as m
from services.projects import enterprise_queries as q
from services.projects.api_types import EnterpriseId
from services.projects.deciders import ENTERPRISE
from services.projects.domain.enterprise.commands import AddEnterpriseContact, EraseEnterpriseContact
from services.projects.enterprise_desk import body_scopes, check_body, registered, unknown_enterprise
from services.projects.permissions import PERMISSIONS
from services.projects.visibility import check_reader
from sevenx.kernel.auth import Principal, authorize
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Asking, Commands, ReadModel, runtime_of

router = APIRouter(prefix="/enterprises", tags=["enterprises 客商"])
ContactId = Annotated[str, Path(pattern=r"^[0-9]{6}-C-[0-9]{4}-[0-9]{4,}-[0-9]+$", examples=["410804-C-2026-0001-1"])]
NOTE_ZH = "事件日志从未保存联系人信息，各事件的哈希不变；数据库备份中的副本按备份周期到期删除。"
NOTE_EN = (
    "No event ever held the details, so that every hash stays valid; copies in backups go when the backups expire."
)


@router.post("/{enterprise}/contacts", status_code=201)
async def add_contact(
    enterprise: EnterpriseId, body: m.AddContactBody, desk: Commands, reads: ReadModel
) -> m.ContactAnswer:
    """Make an id for a contact person (联系人编号), kept by a unit or group; the details are left apart."""
    await check_body(reads, body.holder)
    await registered(desk, enterprise)
    command = AddEnterpriseContact(body.holder, desk.today(), desk.principal.subject)
    answer = await desk.give(ENTERPRISE, enterprise, command, body_scopes(body.holder))
    given = await desk.earlier()
    if given is None:
        raise LookupError("the contact that was just added is not in the log")
    return m.ContactAnswer(**answer.model_dump(), contact=given[1][0].data["contact"])


@router.get("/{enterprise}/contacts")
async def list_contacts(enterprise: EnterpriseId, asking: Asking, reads: ReadModel, request: Request) -> m.ContactList:
    """Contact persons; who they are only for those who keep them and the Commerce Bureau."""
    check_reader(asking)
    if await reads.one(q.one(enterprise)) is None:
        raise unknown_enterprise(enterprise)
    rows = await reads.rows(q.contacts_of(enterprise))
    mine = [row["contact"] for row in rows if row["erased_on"] is None and keeps(asking, row["holder"])]
    found = await contacts.find(runtime_of(request).pool, mine)
    details: dict[str, Mapping[str, Any]] = {one["contact"]: one for one in found}
    return m.ContactList(items=[m.ContactView(**row, **_rest(details.get(row["contact"]))) for row in rows])


@router.post("/{enterprise}/contacts/{contact}")
async def set_contact(
    enterprise: EnterpriseId,
    contact: ContactId,
    body: m.ContactDetailsBody,
    asking: Asking,
    reads: ReadModel,
    request: Request,
) -> m.ContactView:
    """Say who a contact person is, or change it (登记联系人). No event tells of it."""
    row = next((one for one in await reads.rows(q.contacts_of(enterprise)) if one["contact"] == contact), None)
    if row is None:
        raise _unknown(enterprise, contact)
    _check(asking, row["holder"])
    pool = runtime_of(request).pool
    kept = await contacts.put(pool, contact, enterprise, asking.subject, body.model_dump())
    if kept is None:
        raise Problem(
            410,
            "contact-erased",
            f"联系人 {contact} 已删除，不能再填写；需要时请新建联系人编号。",
            f"The contact {contact} is erased for good; make another id if there is to be a contact again.",
            details={"contact": contact},
        )
    return m.ContactView(**row, **_rest(kept))


@router.post("/{enterprise}/contacts/{contact}/forget")
async def forget_contact(
    enterprise: EnterpriseId, contact: ContactId, desk: Commands, request: Request
) -> m.ContactReceipt:
    """Erase a contact person for good (删除联系人), with a receipt: the event says that, when and by whom, and nothing
    of the person. Asked again it is the same receipt."""
    await desk.earlier()
    state = await registered(desk, enterprise)
    holder = state.contacts.get(contact)
    if holder is None:
        raise _unknown(enterprise, contact)
    _check(desk.principal, holder)
    gone = await contacts.erase(runtime_of(request).pool, contact, enterprise, desk.principal.subject)
    command = EraseEnterpriseContact(
        contact, str(gone["receipt"]), tuple(gone["erased"]), desk.today(), desk.principal.subject
    )
    answer = await desk.give(ENTERPRISE, enterprise, command, body_scopes(holder))
    return m.ContactReceipt(
        **answer.model_dump(),
        contact=contact,
        receipt=str(gone["receipt"]),
        erased=list(gone["erased"]),
        erased_at=gone["erased_at"],
        note_zh=NOTE_ZH,
        note_en=NOTE_EN,
    )


def keeps(principal: Principal, holder: str) -> bool:
    """Whether the contact is the reader's to see: of the Commerce Bureau, or with a post where it is kept."""
    if principal.holds("commerce_bureau", [principal.district]):
        return True
    return any(grant.partition("@")[2] == holder for grant in principal.grants)


def _check(principal: Principal, holder: str) -> None:
    """Problem 403 for somebody who may not give the command at that unit or group."""
    authorize(principal, PERMISSIONS[EraseEnterpriseContact], body_scopes(holder), EraseEnterpriseContact.__name__)


def _rest(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (kept or {}).items() if key != "contact"}


def _unknown(enterprise: str, contact: str) -> Problem:
    return Problem(
        404,
        "unknown-contact",
        f"企业 {enterprise} 没有联系人 {contact}。",
        f"The enterprise {enterprise} has no contact {contact}.",
        details={"contact": contact},
    )
