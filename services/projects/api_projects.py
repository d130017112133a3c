"""Commands on projects (项目): contract, stages, evidence, status, credit."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects import api_models as m
from services.projects.api_types import ProjectId, documents_of
from services.projects.deciders import PROJECT
from services.projects.domain.project import commands as c
from services.projects.domain.project.events import CreditShare
from services.projects.domain.values import Party
from services.projects.exchange_desk import exchange_of
from services.projects.project_desk import existing, scopes_of
from services.projects.roster import roster_of
from services.projects.rulebooks import evidence_rulebook, gates_rulebook
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/projects/{project_id}", tags=["projects 项目"])


async def _give(desk: CommandDesk, project_id: str, command: Any) -> Answer:
    await existing(desk, project_id)
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/evidence")
async def file_evidence(project_id: ProjectId, body: m.FileEvidenceBody, desk: Commands, reads: ReadModel) -> Answer:
    """File documents by their SHA-256. The files themselves stay where they are; filing one again changes nothing."""
    if body.filed_for:
        (await roster_of(reads)).check_units(body.filed_for)
    filed = documents_of(body.documents)
    command = c.FileEvidence(filed, evidence_rulebook(), desk.today(), desk.principal.subject, body.filed_for)
    return await _give(desk, project_id, command)


@router.post("/evidence/withdraw")
async def withdraw_evidence(project_id: ProjectId, body: m.WithdrawEvidenceBody, desk: Commands) -> Answer:
    """Withdraw a document that was filed by mistake. One on which a stage rests stays until the stage is taken back."""
    command = c.WithdrawEvidence(body.kind, body.sha256, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.post("/talks", status_code=201)
async def record_talk(project_id: ProjectId, body: m.TalkBody, desk: Commands) -> Answer:
    """Record a talk or visit: date, place, what about; nobody's name. It is progress, which ends a standstill."""
    command = c.RecordProjectTalk(
        body.held_on, body.place, body.summary, desk.today(), desk.principal.subject, body.sha256
    )
    return await _give(desk, project_id, command)


@router.post("/agreed-dates")
async def agree_dates(project_id: ProjectId, body: m.AgreeDatesBody, desk: Commands) -> Answer:
    """Set or change the agreed dates of stages to come; a change needs its reason."""
    command = c.AgreeDates(body.dates.pairs(), desk.today(), desk.principal.subject, body.reason)
    return await _give(desk, project_id, command)


@router.post("/intents")
async def record_intent(project_id: ProjectId, body: m.IntentBody, desk: Commands) -> Answer:
    """Record a letter of intent (意向书) or framework agreement (框架协议). It changes no stage."""
    command = c.RecordIntent(
        body.kind, body.title, body.signed_on, body.sha256, desk.today(), desk.principal.subject, body.amount
    )
    return await _give(desk, project_id, command)


@router.post("/sign")
async def sign(project_id: ProjectId, body: m.SignBody, desk: Commands, reads: ReadModel) -> Answer:
    """Sign the formal contract (签约), with the agreed date of every stage to come. From the day of setting
    `gates.required_from` on it needs its gates (前置程序); the refusal names what is missing."""
    command = c.Sign(
        contract_kind=body.contract_kind,
        contract_number=body.contract_number,
        contract_title=body.contract_title,
        amount=body.amount,
        signed_on=body.signed_on,
        agreed=body.agreed.pairs(),
        documents=documents_of(body.documents),
        rulebook=evidence_rulebook(),
        gates=gates_rulebook(),
        gates_from=(await roster_of(reads)).gates_required_from(),
        today=desk.today(),
        by=desk.principal.subject,
        conversion=body.conversion.conversion() if body.conversion else None,
        exchange=await exchange_of(reads),
    )
    return await _give(desk, project_id, command)


@router.post("/company")
async def register_company(project_id: ProjectId, body: m.CompanyBody, desk: Commands) -> Answer:
    """Record the project company, another enterprise than the investor (履约)."""
    company = Party(body.name, body.code)
    command = c.RegisterCompany(company, body.registered_on, desk.today(), desk.principal.subject, body.sha256)
    return await _give(desk, project_id, command)


@router.post("/code")
async def assign_code(project_id: ProjectId, body: m.ProjectCodeBody, desk: Commands) -> Answer:
    """Record the national project code (GB/T 40058) once it exists."""
    command = c.AssignProjectCode(body.code, body.assigned_on, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.post("/land")
async def land(project_id: ProjectId, body: m.LandBody, desk: Commands, reads: ReadModel) -> Answer:
    """Land the project (落地) at exactly one landing unit; credit is shared by the default ratio until settled anew."""
    roster = await roster_of(reads)
    finder_share, landing_share = roster.default_shares()
    command = c.Land(
        landing_unit=body.landing_unit,
        unit_kind=roster.unit_kind(body.landing_unit),
        landed_on=body.landed_on,
        documents=documents_of(body.documents),
        rulebook=evidence_rulebook(),
        finder_share=finder_share,
        landing_share=landing_share,
        today=desk.today(),
        by=desk.principal.subject,
    )
    return await _give(desk, project_id, command)


@router.post("/start-construction")
async def start_construction(project_id: ProjectId, body: m.StageBody, desk: Commands) -> Answer:
    """Start construction (开工), or what the rulebook puts in its place."""
    return await _give(desk, project_id, c.StartConstruction(*_stage(body, desk)))


@router.post("/start-production")
async def start_production(project_id: ProjectId, body: m.StageBody, desk: Commands) -> Answer:
    """Start production (投产), or open for business."""
    return await _give(desk, project_id, c.StartProduction(*_stage(body, desk)))


@router.post("/reach-capacity")
async def reach_capacity(project_id: ProjectId, body: m.StageBody, desk: Commands) -> Answer:
    """Reach the promised capacity (达产)."""
    return await _give(desk, project_id, c.ReachCapacity(*_stage(body, desk)))


def _stage(body: m.StageBody, desk: CommandDesk) -> tuple[Any, ...]:
    return body.on, documents_of(body.documents), evidence_rulebook(), desk.today(), desk.principal.subject


@router.post("/status")
async def change_status(project_id: ProjectId, body: m.StatusBody, desk: Commands) -> Answer:
    """Change the status (正常、延期、休眠、流失、终止) with reason and date; the stage stays."""
    command = c.ChangeStatus(body.status, body.since, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.post("/correct-stage")
async def correct_stage(project_id: ProjectId, body: m.CorrectStageBody, desk: Commands) -> Answer:
    """Take a wrongly entered stage back by a correcting event; nothing is edited."""
    command = c.CorrectStage(body.to_stage, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.post("/credit")
async def share_credit(project_id: ProjectId, body: m.ShareCreditBody, desk: Commands, reads: ReadModel) -> Answer:
    """Settle the credit shares of a cohort in an indicator, by agreement or by decision, with the reason."""
    roster = await roster_of(reads)
    for one in body.shares:
        (roster.check_group if "-G-" in one.holder else roster.check_units)(one.holder)
    shares = tuple(CreditShare(one.part, one.holder, one.share) for one in body.shares)
    command = c.ShareCredit(
        body.cohort, body.indicator, shares, body.basis, body.reason, desk.today(), desk.principal.subject
    )
    return await _give(desk, project_id, command)
