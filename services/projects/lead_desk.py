"""The commands that register a lead, and that turn one into a project: of a single request and of a row of a sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.projects.api_models import NegotiateBody, RegisterLeadBody
from services.projects.api_types import documents_of
from services.projects.deciders import LEAD, PROJECT, PROTECTION, REFERRALS
from services.projects.domain.lead.commands import ConvertLead, RegisterLead
from services.projects.domain.lead.state import Lead
from services.projects.domain.project.commands import OpenProject
from services.projects.domain.protection.commands import ConvertProtected, ProveTalk, ReportLead, Terms
from services.projects.domain.referral.commands import RecordReferral
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import Party
from services.projects.import_desk import Given
from services.projects.protection_desk import held, protection_id, referrals_id, unknown_lead

TALK_PROOFS = ("talk_minutes", "investor_confirmation")
"""Kinds of document that prove the first talk (首谈)."""


def registering(body: RegisterLeadBody, investor: Party, referrer: Party | None, today: date, by: str) -> RegisterLead:
    """The registration that a request asks for; investor and referrer as the register of enterprises has them."""
    return RegisterLead(
        title=body.title,
        intent=body.intent,
        investor=investor,
        origin=body.origin,
        origin_place=body.origin_place,
        source=body.source,
        industry=body.industry,
        group=body.group,
        finder=body.finder,
        today=today,
        by=by,
        industry_code=body.industry_code,
        expected_investment=body.expected_investment,
        referred_by=referrer,
        contact=body.contact,
    )


def registration(district: str, lead_id: str, lead: RegisterLead, terms: Terms) -> list[Given]:
    """A lead is registered, and reported for its investor's protection (首报); one that names who brought it tells of
    a referral (二(三), 以企引企)."""
    report = ReportLead(
        lead=lead_id,
        unit=lead.finder,
        group=lead.group,
        investor=lead.investor,
        intent_key=lead.industry,
        terms=terms,
        today=lead.today,
        by=lead.by,
    )
    given: list[Given] = [(LEAD, lead_id, lead), (PROTECTION, protection_id(district, lead.investor), report)]
    if lead.referred_by is not None:
        referral = RecordReferral(lead.referred_by, lead.investor, lead.today, lead.by, lead_id, from_lead=True)
        given.append((REFERRALS, referrals_id(district), referral))
    return given


def opening(
    lead_id: str, state: Lead, body: NegotiateBody, rulebook: EvidenceRulebook, today: date, by: str
) -> OpenProject:
    """The project that a lead becomes, with what the lead knows; Problem 404 for a lead that is not registered."""
    if state.registered is None:
        raise unknown_lead(lead_id)
    lead = held(state, state.registered)
    return OpenProject(
        lead=lead_id,
        name=body.name,
        project_type=body.project_type,
        content=body.content,
        investor=replace(lead.investor, id=state.enterprise),
        origin=lead.origin,
        origin_place=lead.origin_place,
        industry=lead.industry,
        group=lead.group,
        finder=lead.finder,
        started_on=body.started_on,
        documents=documents_of(body.documents),
        rulebook=rulebook,
        today=today,
        by=by,
        industry_code=lead.industry_code,
        planned_investment=body.planned_investment or lead.expected_investment,
        referred_by=lead.referred_by,
        parts=state.parts if len(state.parts) > 1 else (),
    )


def negotiation(district: str, project_id: str, opened: OpenProject) -> list[Given]:
    """The project begins, its lead is converted and its protection goes on with it; the first talk is proved (首谈)."""
    stream, today = protection_id(district, opened.investor), opened.today
    given: list[Given] = [
        (PROJECT, project_id, opened),
        (LEAD, opened.lead, ConvertLead(project_id, today, opened.by)),
        (PROTECTION, stream, ConvertProtected(opened.lead, project_id, today)),
    ]
    proof = next((one.sha256 for one in opened.documents if one.kind in TALK_PROOFS), None)
    if proof:
        given.append((PROTECTION, stream, ProveTalk(opened.lead, opened.started_on, proof, today, project_id)))
    return given
