"""Commands on funds in place (到位资金)."""

from __future__ import annotations

from fastapi import APIRouter

from services.projects import api_models as m
from services.projects.api_types import ClaimNumber, ProjectId
from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project.state import Project
from services.projects.domain.values import Referee
from services.projects.exchange_desk import exchange_of
from services.projects.project_desk import existing, scopes_of
from services.projects.protection_desk import acting_office
from services.projects.roster import roster_of
from sevenx.kernel.auth import Principal
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/projects/{project_id}/funds", tags=["funds 到位资金"])


@router.post("", status_code=201)
async def claim_funds(project_id: ProjectId, body: m.ClaimFundsBody, desk: Commands, reads: ReadModel) -> Answer:
    """Claim funds in place for a month, with vouchers, by the landing unit or a lead unit of the group."""
    state = await existing(desk, project_id)
    group = state.opened.group if state.opened else ""
    roster, today = await roster_of(reads), desk.today()
    lead_units = roster.lead_units(group, today)
    command = c.ClaimFunds(
        claimant=body.claimant,
        amount=body.amount,
        month=body.month,
        vouchers=tuple(one.voucher() for one in body.vouchers),
        lead_units=lead_units,
        commerce=roster.commerce(today),
        today=today,
        by=desk.principal.subject,
        note=body.note,
        conversion=body.conversion.conversion() if body.conversion else None,
        exchange=await exchange_of(reads),
    )
    scopes = {"claimant": body.claimant, "led": group if body.claimant in lead_units else None}
    return await desk.give(PROJECT, project_id, command, scopes)


@router.post("/{claim}/check")
async def check_funds(project_id: ProjectId, claim: ClaimNumber, body: m.CheckFundsBody, desk: Commands) -> Answer:
    """First check (初审): by the Commerce Bureau, or by the district office where the bureau is a party."""
    office = _office(desk.principal, await existing(desk, project_id), claim)
    command = c.CheckFunds(claim, body.amount, office, desk.today(), desk.principal.subject, body.reason)
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/{claim}/recognise")
async def recognise_funds(
    project_id: ProjectId, claim: ClaimNumber, body: m.RecogniseFundsBody, desk: Commands, reads: ReadModel
) -> Answer:
    """Joint recognition (联合认定) by the bodies of setting `funds.recognised_by`, the claimant never among them."""
    office = _office(desk.principal, await existing(desk, project_id), claim)
    roster = await roster_of(reads)
    roster.check_units(*body.bodies)
    command = c.RecogniseFunds(
        claim=claim,
        amount=body.amount,
        bodies=tuple(dict.fromkeys(body.bodies)),
        required=roster.recognising_bodies(),
        commerce=roster.commerce(desk.today()),
        minutes_sha256=body.minutes_sha256,
        office=office,
        today=desk.today(),
        by=desk.principal.subject,
        reason=body.reason,
        excess_note=body.excess_note,
    )
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/{claim}/reverse")
async def reverse_funds(project_id: ProjectId, claim: ClaimNumber, body: m.ReverseFundsBody, desk: Commands) -> Answer:
    """Reverse funds that no longer count, with the reason; no figure falls below zero."""
    office = _office(desk.principal, await existing(desk, project_id), claim)
    command = c.ReverseFunds(claim, body.amount, body.reason, office, desk.today(), desk.principal.subject)
    return await desk.give(PROJECT, project_id, command, scopes_of)


def _office(principal: Principal, state: Project, claim: int) -> Referee:
    """For which office the person acts: the deciding one if he is of it, else the one that he is of."""
    found = state.claim(claim)
    return acting_office(principal, found.referee if found is not None else Referee.COMMERCE_BUREAU)
