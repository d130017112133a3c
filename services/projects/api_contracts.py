"""Commands on signed contracts: amendments (补充协议) and extensions (增资); and on the statistics figure (入统)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects import contract_models as m
from services.projects.api_types import ProjectId
from services.projects.deciders import PROJECT
from services.projects.domain.project import contract_commands as c
from services.projects.domain.project.statistics_commands import CorrectStatistics, RecordStatistics
from services.projects.exchange_desk import exchange_of
from services.projects.project_desk import existing, scopes_of
from services.projects.roster import roster_of
from services.projects.rulebooks import gates_rulebook
from sevenx.kernel.decider import Decider
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(prefix="/projects/{project_id}", tags=["contracts 合同变更"])
Given = tuple[Decider[Any], str, Any]


@router.post("/amendments", status_code=201)
async def amend(project_id: ProjectId, body: m.AmendContractBody, desk: Commands, reads: ReadModel) -> Answer:
    """Record a supplementary agreement (补充协议): another amount, content or agreed dates, each with what it was. It
    counts on the day of its recording; months that are closed stay as they were. A larger amount needs the gates that
    it demands, where the district demands them."""
    await existing(desk, project_id)
    command = c.AmendContract(
        number=body.number,
        title=body.title,
        dated=body.dated,
        sha256=body.sha256,
        reason=body.reason,
        gates=gates_rulebook(),
        gates_from=(await roster_of(reads)).gates_required_from(),
        today=desk.today(),
        by=desk.principal.subject,
        amount=body.amount,
        conversion=body.conversion.conversion() if body.conversion else None,
        content=body.content,
        dates=body.dates.pairs(),
        excess_note=body.excess_note,
        exchange=await exchange_of(reads),
    )
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/extends")
async def extend(project_id: ProjectId, body: m.ExtendsBody, desk: Commands) -> Answer:
    """Say that a project which is not signed yet extends a signed one (增资): its contract is the increment, and it
    counts as no project of its own."""
    state = await existing(desk, project_id)
    return await desk.give_all(extending(desk, project_id, body.base), scopes_of(state))


@router.post("/extends/withdraw")
async def withdraw(project_id: ProjectId, body: m.WithdrawExtensionBody, desk: Commands) -> Answer:
    """Say that a project is one of its own after all; before its signature, which counts by it."""
    state = await existing(desk, project_id)
    if state.extends is None:
        raise Problem(404, "no-extension", "该项目不是增资项目。", "The project extends no other.")
    today, by = desk.today(), desk.principal.subject
    given: list[Given] = [
        (PROJECT, project_id, c.WithdrawExtension(body.reason, today, by)),
        (PROJECT, state.extends, c.RemoveExtension(project_id, body.reason, today, by)),
    ]
    return await desk.give_all(given, scopes_of(state))


@router.post("/statistics", status_code=201)
async def record_statistics(project_id: ProjectId, body: m.StatisticsBody, desk: Commands, reads: ReadModel) -> Answer:
    """Record a month's fixed-asset investment as the statistics bureau counts it (入统), by that bureau. It stands
    beside funds in place and is no part of them."""
    command = RecordStatistics(body.month, body.amount, desk.today(), desk.principal.subject, body.note)
    return await _count(project_id, command, desk, reads)


@router.post("/statistics/correct")
async def correct_statistics(
    project_id: ProjectId, body: m.CorrectStatisticsBody, desk: Commands, reads: ReadModel
) -> Answer:
    """Correct a month that is on record, with the reason; what was recorded stays on record."""
    command = CorrectStatistics(body.month, body.amount, body.reason, desk.today(), desk.principal.subject)
    return await _count(project_id, command, desk, reads)


async def _count(project_id: str, command: Any, desk: CommandDesk, reads: Reads) -> Answer:
    await existing(desk, project_id)
    return await desk.give(PROJECT, project_id, command, {"statistics": (await roster_of(reads)).statistics_unit()})


def extending(desk: CommandDesk, project_id: str, base: str) -> list[Given]:
    """The two parts of an extension, each decided in its own stream: both or none."""
    today, by = desk.today(), desk.principal.subject
    return [
        (PROJECT, project_id, c.DeclareExtension(project_id, base, today, by)),
        (PROJECT, base, c.AddExtension(project_id, today, by)),
    ]
