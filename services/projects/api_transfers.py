"""Commands on the transfer of leads (流转)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field

from services.projects.api_types import GroupId, LeadId, Share, UnitId
from services.projects.deciders import LEAD, PROTECTION
from services.projects.domain.lead.state import Lead
from services.projects.domain.lead.transfer_commands import (
    AcceptTransfer,
    AskTransfer,
    DeclineTransfer,
    WithdrawTransfer,
)
from services.projects.domain.protection.commands import MoveReport
from services.projects.protection_desk import protection_id, registered, scopes_of
from services.projects.roster import roster_of
from sevenx.kernel.auth import Scopes
from sevenx.kernel.bodies import Body, Line, example
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/leads/{lead_id}/transfers", tags=["transfers 线索流转"])
TransferNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]


class AskTransferBody(Body):
    to_unit: UnitId = Field(description="The unit that is to have it (接收单位); the same where only the group changes")
    to_group: GroupId = Field(description="The group that is to have it; the same where only the unit changes")
    share: Share = Field(description="The receiver's part of the credit of finder and group, below 1")
    reason: Line
    model_config = example(
        to_unit="410804-U-industry-zone", to_group="410804-G-2", share="0.4", reason="投资方改向电子信息产业（模拟）"
    )


class TransferReasonBody(Body):
    reason: Line
    model_config = example(reason="本组力量不足")


@router.post("", status_code=201)
async def ask(lead_id: LeadId, body: AskTransferBody, desk: Commands, reads: ReadModel) -> Answer:
    """Ask another unit or group to take a lead over (流转). Until it accepts, everything stays as it is."""
    roster, lead = await roster_of(reads), await registered(desk, lead_id)
    roster.check_units(body.to_unit)
    roster.check_group(body.to_group)
    command = AskTransfer(body.to_unit, body.to_group, body.share, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(LEAD, lead_id, command, scopes_of(lead))


@router.post("/{transfer}/accept")
async def accept(lead_id: LeadId, transfer: TransferNumber, desk: Commands) -> Answer:
    """Take a lead over, by the receiver. From now on it works on the lead and holds its protection; both are credited
    when the lead becomes a project."""
    lead, receiver = await registered(desk, lead_id), await _receiver(desk, lead_id)
    today, by = desk.today(), desk.principal.subject
    given: list[tuple[Decider[Any], str, Any]] = [(LEAD, lead_id, AcceptTransfer(transfer, today, by))]
    unit, group = receiver.get("receiver"), receiver.get("receiving")
    if isinstance(unit, str) and isinstance(group, str):
        stream = protection_id(desk.principal.district, lead.investor)
        given.append((PROTECTION, stream, MoveReport(lead_id, unit, group, today)))
    return await desk.give_all(given, receiver)


@router.post("/{transfer}/decline")
async def decline(lead_id: LeadId, transfer: TransferNumber, body: TransferReasonBody, desk: Commands) -> Answer:
    """Decline to take a lead over, by the receiver, with the reason."""
    await registered(desk, lead_id)
    command = DeclineTransfer(transfer, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(LEAD, lead_id, command, await _receiver(desk, lead_id))


@router.post("/{transfer}/withdraw")
async def withdraw(lead_id: LeadId, transfer: TransferNumber, body: TransferReasonBody, desk: Commands) -> Answer:
    """Withdraw a transfer that is not answered yet, by those who have the lead."""
    command = WithdrawTransfer(transfer, body.reason, desk.today(), desk.principal.subject)
    return await desk.give(LEAD, lead_id, command, scopes_of(await registered(desk, lead_id)))


async def _receiver(desk: CommandDesk, lead_id: str) -> Scopes:
    """Unit and group that are asked to take the lead over."""
    state: Lead = await desk.state(LEAD, lead_id)
    asked = state.asked
    return {"receiver": asked.to_unit, "receiving": asked.to_group} if asked else {}
