"""Commands on leads (线索)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects.api_contracts import extending
from services.projects.api_models import (
    CloseLeadBody,
    IdentifyInvestorBody,
    NegotiateBody,
    QualifyLeadBody,
    RegisterLeadBody,
    TalkBody,
)
from services.projects.api_types import LeadId
from services.projects.deciders import LEAD, PROTECTION
from services.projects.domain.lead.commands import (
    CloseLead,
    IdentifyInvestor,
    QualifyLead,
    RecordTalk,
)
from services.projects.domain.lead.state import Lead
from services.projects.domain.protection.commands import ProveTalk
from services.projects.enterprise_desk import investor_of, surviving
from services.projects.lead_desk import negotiation, opening, registering, registration
from services.projects.protection_desk import held, protection_id, registered, scopes_of
from services.projects.roster import roster_of
from services.projects.rulebooks import evidence_rulebook
from sevenx.kernel.auth import Scopes
from sevenx.kernel.decider import Decider
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["leads 线索"])


@router.post("/leads", status_code=201)
async def register_lead(body: RegisterLeadBody, desk: Commands, reads: ReadModel) -> Answer:
    """Register a lead (线索登记). The first complete registration of an investor and intent is protected (首报), as the
    answer tells by `ProtectionGranted`; a later one is kept on file and waits (备案, `LeadQueued`), never refused."""
    roster = await roster_of(reads)
    roster.check_units(body.finder)
    roster.check_group(body.group)
    roster.check_industry(body.industry)
    today = desk.today()
    investor = await investor_of(desk, body.investor.party())
    referrer = await investor_of(desk, body.referred_by.party()) if body.referred_by else None
    command = registering(body, investor, referrer, today, desk.principal.subject)
    lead_id = await desk.next_id("L", today.year)
    given = registration(desk.principal.district, lead_id, command, roster.terms())
    return await desk.give_all(given, {"group": body.group, "finder": body.finder})


@router.post("/leads/{lead_id}/qualify")
async def qualify_lead(lead_id: LeadId, body: QualifyLeadBody, desk: Commands) -> Answer:
    """Find a lead genuine and worth negotiating (研判). Not by whoever registered it."""
    await registered(desk, lead_id)
    return await desk.give(LEAD, lead_id, QualifyLead(desk.today(), desk.principal.subject, body.note), _scopes)


@router.post("/leads/{lead_id}/close")
async def close_lead(lead_id: LeadId, body: CloseLeadBody, desk: Commands) -> Answer:
    """Give a lead up, with the reason. It stays on record."""
    await registered(desk, lead_id)
    command = CloseLead(desk.today(), desk.principal.subject, body.reason, body.note)
    return await desk.give(LEAD, lead_id, command, _scopes)


@router.post("/leads/{lead_id}/talks", status_code=201)
async def record_talk(lead_id: LeadId, body: TalkBody, desk: Commands) -> Answer:
    """Record a talk or visit: date, place, what about; nobody's name. With minutes or the investor's confirmation
    (`sha256`) it may be the first talk (首谈) of the intent."""
    lead, today = await registered(desk, lead_id), desk.today()
    talk = RecordTalk(body.held_on, body.place, body.summary, today, desk.principal.subject, body.sha256)
    given: list[tuple[Decider[Any], str, Any]] = [(LEAD, lead_id, talk)]
    if body.sha256:
        stream = protection_id(desk.principal.district, lead.investor)
        given.append((PROTECTION, stream, ProveTalk(lead_id, body.held_on, body.sha256, today)))
    return await desk.give_all(given, scopes_of(lead))


@router.post("/leads/{lead_id}/enterprise")
async def identify_investor(lead_id: LeadId, body: IdentifyInvestorBody, desk: Commands) -> Answer:
    """Say which enterprise of the register the investor is (对应客商库企业); one that was merged is followed to its
    survivor. The protection stays with the investor as it was named."""
    lead, enterprise = await registered(desk, lead_id), await surviving(desk, body.enterprise)
    command = IdentifyInvestor(enterprise.id, enterprise.code, desk.today(), desk.principal.subject)
    return await desk.give(LEAD, lead_id, command, scopes_of(lead))


@router.post("/leads/{lead_id}/negotiate", status_code=201)
async def negotiate(lead_id: LeadId, body: NegotiateBody, desk: Commands) -> Answer:
    """Begin to negotiate (洽谈): the qualified lead becomes a project, whose id is answered. The first talk is proved
    by its minutes or by the investor's confirmation. A lead that waits behind another's protection is refused."""
    state: Lead = await desk.state(LEAD, lead_id)
    lead, today = await registered(desk, lead_id), desk.today()
    project_id = await desk.next_id("P", today.year)
    opened = opening(lead_id, state, body, evidence_rulebook(), today, desk.principal.subject)
    given = negotiation(desk.principal.district, project_id, opened)
    if body.extends is not None:
        given += extending(desk, project_id, body.extends)
    return await desk.give_all(given, scopes_of(lead))


def _scopes(lead: Lead) -> Scopes:
    return scopes_of(held(lead, lead.registered)) if lead.registered else {}
