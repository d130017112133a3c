"""Commands on leads (线索)."""

from __future__ import annotations

from fastapi import APIRouter

from services.projects.api_models import CloseLeadBody, NegotiateBody, QualifyLeadBody, RegisterLeadBody
from services.projects.api_types import LeadId, documents_of
from services.projects.deciders import LEAD, PROJECT
from services.projects.domain.lead.commands import CloseLead, ConvertLead, QualifyLead, RegisterLead
from services.projects.domain.lead.events import LeadRegistered
from services.projects.domain.lead.state import Lead
from services.projects.domain.project.commands import OpenProject
from services.projects.roster import Roster
from services.projects.rulebooks import evidence_rulebook
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["leads 线索"])


@router.post("/leads", status_code=201)
async def register_lead(body: RegisterLeadBody, desk: Commands, reads: ReadModel) -> Answer:
    """Register a lead (线索登记). A complete registration is the first report (首报) of its investor and intent."""
    roster = Roster(reads)
    await roster.check_units(body.finder)
    await roster.check_group(body.group)
    await roster.check_industry(body.industry)
    today = desk.today()
    command = RegisterLead(
        title=body.title,
        intent=body.intent,
        investor=body.investor.party(),
        origin=body.origin,
        origin_place=body.origin_place,
        source=body.source,
        industry=body.industry,
        group=body.group,
        finder=body.finder,
        today=today,
        by=desk.principal.subject,
        industry_code=body.industry_code,
        expected_investment=body.expected_investment,
        referred_by=body.referred_by.party() if body.referred_by else None,
        contact=body.contact,
    )
    scopes = {"group": body.group, "finder": body.finder}
    return await desk.give(LEAD, await desk.next_id("L", today.year), command, scopes)


@router.post("/leads/{lead_id}/qualify")
async def qualify_lead(lead_id: LeadId, body: QualifyLeadBody, desk: Commands) -> Answer:
    """Find a lead genuine and worth negotiating (研判). Not by whoever registered it."""
    await _registered(desk, lead_id)
    return await desk.give(LEAD, lead_id, QualifyLead(desk.today(), desk.principal.subject, body.note), _scopes)


@router.post("/leads/{lead_id}/close")
async def close_lead(lead_id: LeadId, body: CloseLeadBody, desk: Commands) -> Answer:
    """Give a lead up, with the reason. It stays on record."""
    await _registered(desk, lead_id)
    command = CloseLead(desk.today(), desk.principal.subject, body.reason, body.note)
    return await desk.give(LEAD, lead_id, command, _scopes)


@router.post("/leads/{lead_id}/negotiate", status_code=201)
async def negotiate(lead_id: LeadId, body: NegotiateBody, desk: Commands) -> Answer:
    """Begin to negotiate (洽谈): the qualified lead becomes a project, whose id is answered. The first talk is proved
    by its minutes or by the investor's confirmation."""
    lead = await _registered(desk, lead_id)
    today = desk.today()
    project_id = await desk.next_id("P", today.year)
    opened = OpenProject(
        lead=lead_id,
        name=body.name,
        project_type=body.project_type,
        content=body.content,
        investor=lead.investor,
        origin=lead.origin,
        origin_place=lead.origin_place,
        industry=lead.industry,
        group=lead.group,
        finder=lead.finder,
        started_on=body.started_on,
        documents=documents_of(body.documents),
        rulebook=evidence_rulebook(),
        today=today,
        by=desk.principal.subject,
        industry_code=lead.industry_code,
        planned_investment=body.planned_investment or lead.expected_investment,
        referred_by=lead.referred_by,
    )
    converted = ConvertLead(project_id, today, desk.principal.subject)
    return await desk.give_all(
        [(PROJECT, project_id, opened), (LEAD, lead_id, converted)], {"group": lead.group, "finder": lead.finder}
    )


async def _registered(desk: CommandDesk, lead_id: str) -> LeadRegistered:
    """The lead as it was registered; Problem 404 when there is none."""
    lead: Lead = await desk.state(LEAD, lead_id)
    if lead.registered is None:
        raise Problem(404, "unknown-lead", f"没有线索 {lead_id}。", f"There is no lead {lead_id}.")
    return lead.registered


def _scopes(lead: Lead) -> Scopes:
    known = lead.registered
    return {"group": known.group, "finder": known.finder} if known else {}
