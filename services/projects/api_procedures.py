"""Commands on procedures (手续办理)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects import matter_models as m
from services.projects.api_types import ProcedureId
from services.projects.deciders import PROCEDURE, PROJECT
from services.projects.domain.procedure import commands as c
from services.projects.domain.procedure.state import Procedure
from services.projects.domain.project.state import Project
from services.projects.matter_rulebooks import procedure_rulebook
from services.projects.project_desk import existing, scopes_of
from services.projects.roster import roster_of
from services.projects.tables import CALENDARS
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/procedures", tags=["procedures 手续"])


@router.post("", status_code=201)
async def request(body: m.RequestProcedureBody, desk: Commands, reads: ReadModel) -> Answer:
    """Ask a department for an approval or service. It is promised within the working days of its kind, by the
    district's calendar."""
    project = await existing(desk, body.project)
    (await roster_of(reads)).check_units(body.unit)
    today = desk.today()
    command = c.RequestProcedure(
        project=body.project,
        group=project.opened.group if project.opened else "",
        status=project.status,
        unit=body.unit,
        kind=body.kind,
        title=body.title,
        rules=procedure_rulebook(),
        calendar=await CALENDARS.kept(reads),
        today=today,
        by=desk.principal.subject,
        note=body.note,
    )
    return await desk.give(PROCEDURE, await desk.next_id("H", today.year), command, scopes_of(project))


@router.post("/{procedure}/accept")
async def accept(procedure: ProcedureId, desk: Commands) -> Answer:
    """Accept the request (受理)."""
    return await _give(desk, procedure, c.AcceptProcedure(desk.today(), desk.principal.subject))


@router.post("/{procedure}/ask-supplement")
async def ask_supplement(procedure: ProcedureId, body: m.AskSupplementBody, desk: Commands) -> Answer:
    """Ask for lacking material (补正告知): the clock stands still until it is given."""
    return await _give(desk, procedure, c.AskSupplement(body.materials, desk.today(), desk.principal.subject))


@router.post("/{procedure}/give-supplement")
async def give_supplement(
    procedure: ProcedureId, body: m.GiveSupplementBody, desk: Commands, reads: ReadModel
) -> Answer:
    """Say that the material was given (补正): the clock goes on and the promised date moves."""
    calendar = await CALENDARS.kept(reads)
    return await _give(desk, procedure, c.GiveSupplement(calendar, desk.today(), desk.principal.subject, body.note))


@router.post("/{procedure}/promised-date")
async def move_promised_date(procedure: ProcedureId, body: m.MovePromisedDateBody, desk: Commands) -> Answer:
    """Agree another promised date, with the reason."""
    command = c.MovePromisedDate(body.promised_on, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, procedure, command)


@router.post("/{procedure}/grant")
async def grant(procedure: ProcedureId, body: m.GrantProcedureBody, desk: Commands, reads: ReadModel) -> Answer:
    """Grant it (办结), with the document's number and SHA-256."""
    command = c.GrantProcedure(
        body.document_number,
        body.sha256,
        body.dated,
        await CALENDARS.kept(reads),
        desk.today(),
        desk.principal.subject,
    )
    return await _give(desk, procedure, command)


@router.post("/{procedure}/refuse")
async def refuse(procedure: ProcedureId, body: m.RefuseProcedureBody, desk: Commands, reads: ReadModel) -> Answer:
    """Refuse it (不予许可), with the reason and the document."""
    command = c.RefuseProcedure(
        body.reason,
        body.document_number,
        body.sha256,
        body.dated,
        await CALENDARS.kept(reads),
        desk.today(),
        desk.principal.subject,
    )
    return await _give(desk, procedure, command)


@router.post("/{procedure}/withdraw")
async def withdraw(procedure: ProcedureId, body: m.WithdrawProcedureBody, desk: Commands, reads: ReadModel) -> Answer:
    """Take the request back (撤回), with the reason."""
    calendar = await CALENDARS.kept(reads)
    return await _give(
        desk, procedure, c.WithdrawProcedure(body.reason, calendar, desk.today(), desk.principal.subject)
    )


async def _give(desk: CommandDesk, procedure: str, command: Any) -> Answer:
    """Permissions are asked for the unit that answers and for those who work on the project now."""
    state: Procedure = await desk.state(PROCEDURE, procedure)
    made = state.requested
    if made is None:
        raise unknown_procedure(procedure)
    project: Project = await desk.state(PROJECT, made.project)
    return await desk.give(PROCEDURE, procedure, command, {**scopes_of(project), "responsible": made.unit})


def unknown_procedure(procedure: str) -> Problem:
    return Problem(404, "unknown-procedure", f"没有手续 {procedure}。", f"There is no procedure {procedure}.")
