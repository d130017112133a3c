"""The ledger of promises (承诺台账): entries of a project, what becomes of them, and the district's list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator

from services.projects import promise_models as m
from services.projects import promise_queries as q
from services.projects.api_types import GroupId, ProjectId
from services.projects.deciders import PROJECT
from services.projects.domain.project import promise_commands as c
from services.projects.domain.project.events import PromiseParty
from services.projects.domain.project.state import PromiseState
from services.projects.project_desk import existing, scopes_of
from services.projects.project_rows import unsigned
from services.projects.visibility import MASK, check_reader, shown, works_on
from sevenx.kernel.auth import Principal
from sevenx.kernel.bodies import Day
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Asking, Commands, ReadModel

router = APIRouter(tags=["promises 承诺台账"])
PromiseNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]
Cursor = Annotated[str, Query(pattern=q.CURSOR, description="`next` of a page"), AfterValidator(q.check_cursor)]


async def _give(desk: CommandDesk, project_id: str, command: Any) -> Answer:
    await existing(desk, project_id)
    return await desk.give(PROJECT, project_id, command, scopes_of)


@router.post("/projects/{project_id}/promises", status_code=201)
async def make_promise(project_id: ProjectId, body: m.PromiseBody, desk: Commands) -> Answer:
    """Enter a promise of the government or of the enterprise. One of the government rests on the collective decision
    that is recorded as passed, or on the document of its review or legal basis."""
    command = c.MakePromise(
        party=body.party,
        kind=body.kind,
        text=body.text,
        due=body.due,
        clause=body.clause,
        today=desk.today(),
        by=desk.principal.subject,
        value=body.value,
        unit=body.unit,
        basis_sha256=body.basis_sha256,
    )
    return await _give(desk, project_id, command)


@router.post("/projects/{project_id}/promises/{promise}/amend")
async def amend_promise(
    project_id: ProjectId, promise: PromiseNumber, body: m.AmendPromiseBody, desk: Commands
) -> Answer:
    """Change a promise, with the reason; what is not given stays. An overdue one with another due day is open again."""
    command = c.AmendPromise(
        promise=promise,
        reason=body.reason,
        today=desk.today(),
        by=desk.principal.subject,
        text=body.text,
        due=body.due,
        clause=body.clause,
        value=body.value,
        unit=body.unit,
        basis_sha256=body.basis_sha256,
    )
    return await _give(desk, project_id, command)


@router.post("/projects/{project_id}/promises/{promise}/fulfil")
async def fulfil_promise(
    project_id: ProjectId, promise: PromiseNumber, body: m.FulfilPromiseBody, desk: Commands
) -> Answer:
    """Record that a promise was kept (兑现): the day, the evidence, and the value that was reached."""
    command = c.FulfilPromise(
        promise, body.fulfilled_on, body.evidence_sha256, desk.today(), desk.principal.subject, body.value
    )
    return await _give(desk, project_id, command)


@router.post("/projects/{project_id}/promises/{promise}/break")
async def break_promise(
    project_id: ProjectId, promise: PromiseNumber, body: m.BreakPromiseBody, desk: Commands
) -> Answer:
    """Record that a promise will not be kept (违约), with the reason."""
    command = c.BreakPromise(promise, body.broken_on, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.post("/projects/{project_id}/promises/{promise}/withdraw")
async def withdraw_promise(
    project_id: ProjectId, promise: PromiseNumber, body: m.WithdrawPromiseBody, desk: Commands
) -> Answer:
    """Withdraw an entry that was wrong, or whose end was; it stays in the ledger with the reason."""
    command = c.WithdrawPromise(promise, body.reason, desk.today(), desk.principal.subject)
    return await _give(desk, project_id, command)


@router.get("/promises")
async def promises(
    asking: Asking,
    reads: ReadModel,
    party: PromiseParty | None = None,
    state: PromiseState | None = None,
    due_before: Day | None = None,
    group: GroupId | None = None,
    cursor: Cursor | None = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Rows on a page")] = 50,
) -> m.PromisePage:
    """Promises of the district: the overdue first, then the open ones, then those that have ended, each by due date."""
    check_reader(asking)
    rows = await reads.rows(q.page(party, state, due_before, group, cursor, limit))
    items = [m.ListedPromise(**seen_by(asking, row)) for row in rows[:limit]]
    return m.PromisePage(items=items, next=q.cursor_of(rows[limit - 1]) if len(rows) > limit else None)


def seen_by(principal: Principal, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as this reader sees it: what an unsigned project promises is for those who work on it."""
    seen = shown(principal, row, unsigned=unsigned(row))
    if unsigned(row) and not works_on(principal, row):
        seen |= {"text": MASK, "clause": MASK, "reason": ""}
        seen |= dict.fromkeys(("value", "unit", "reached", "gate", "basis_sha256", "evidence_sha256"))
    return seen
