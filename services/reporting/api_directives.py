"""Directives (督办事项, 三(一) and 三(五)): commands and reads."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from services.reporting import directive_queries, hearing_queries, queries
from services.reporting.api_models import GroupId, UnitId
from services.reporting.deciders import DIRECTIVE
from services.reporting.directive_models import (
    AssignmentBody,
    CloseBody,
    DirectiveBody,
    DirectiveStep,
    DirectiveSummary,
    DirectiveView,
    ExtensionBody,
    FeedbackBody,
    GrantBody,
    HearingRef,
    ReasonBody,
    VerifyBody,
)
from services.reporting.domain.directive import commands as d
from services.reporting.domain.directive.reminding import Reminding
from services.reporting.domain.directive.state import Directive, DirectiveStatus
from services.reporting.ids import DIRECTIVE_ID
from sevenx.district.settings import WrongSetting
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["directives 督办"])

DirectiveId = Annotated[str, Path(pattern=DIRECTIVE_ID, examples=["410804-V-2026-0001"])]


@router.post("/directives", status_code=201)
async def register(body: DirectiveBody, desk: Commands, reads: ReadModel) -> Answer:
    """The supervision office takes a matter on (立项), and with `issue` gives it to its owner at once (交办)."""
    if (before := await desk.earlier()) is not None:
        return before[0]
    if body.hearing is not None and await hearing_queries.one(reads, body.hearing) is None:
        raise _unknown("hearing", "听取汇报", body.hearing)
    by = desk.principal.subject
    stream = await desk.next_id("V", desk.today().year)
    commands: list[Any] = [d.RegisterDirective(desk.now(), body.title, body.text, body.basis, body.hearing, by)]
    if body.issue is not None:
        commands.append(await _assignment(body.issue, desk, reads))
    return await desk.give_all([(DIRECTIVE, stream, command) for command in commands])


@router.post("/directives/{directive_id}/issue")
async def issue(directive_id: DirectiveId, body: AssignmentBody, desk: Commands, reads: ReadModel) -> Answer:
    """Give the directive to its owner unit with a due day (交办)."""
    return await desk.give(DIRECTIVE, directive_id, await _assignment(body, desk, reads))


@router.post("/directives/{directive_id}/acknowledge")
async def acknowledge(directive_id: DirectiveId, desk: Commands) -> Answer:
    """The owner has received it (签收)."""
    return await desk.give(
        DIRECTIVE, directive_id, d.AcknowledgeDirective(desk.now(), desk.principal.subject), _by_owner
    )


@router.post("/directives/{directive_id}/feedback")
async def give_feedback(directive_id: DirectiveId, body: FeedbackBody, desk: Commands) -> Answer:
    """The owner tells how it stands (反馈); `done` asks for verification. It counts as received by that."""
    command = d.GiveFeedback(desk.now(), body.text, body.done, tuple(body.documents), desk.principal.subject)
    return await desk.give(DIRECTIVE, directive_id, command, _by_owner)


@router.post("/directives/{directive_id}/extension")
async def request_extension(directive_id: DirectiveId, body: ExtensionBody, desk: Commands) -> Answer:
    """The owner's head asks for a later due day (延期申请). Asked in time, the clock waits for the answer."""
    command = d.RequestExtension(desk.now(), body.new_due_on, body.reason, desk.principal.subject)
    return await desk.give(DIRECTIVE, directive_id, command, _by_owner)


@router.post("/directives/{directive_id}/extension/grant")
async def grant_extension(directive_id: DirectiveId, body: GrantBody, desk: Commands, reads: ReadModel) -> Answer:
    """The supervision office grants it (同意延期), to the day asked for or to an earlier one."""
    state = await desk.state(DIRECTIVE, directive_id)
    command = d.GrantExtension(
        desk.now(), body.due_on, desk.principal.subject, _for_owner(desk, state), await _reminding(reads)
    )
    return await desk.give(DIRECTIVE, directive_id, command)


@router.post("/directives/{directive_id}/extension/refuse")
async def refuse_extension(directive_id: DirectiveId, body: ReasonBody, desk: Commands) -> Answer:
    """The supervision office refuses it (不同意延期), with the reason."""
    state = await desk.state(DIRECTIVE, directive_id)
    command = d.RefuseExtension(desk.now(), body.reason, desk.principal.subject, _for_owner(desk, state))
    return await desk.give(DIRECTIVE, directive_id, command)


@router.post("/directives/{directive_id}/verify")
async def verify(directive_id: DirectiveId, body: VerifyBody, desk: Commands) -> Answer:
    """The supervision office looks at what is said to be done (核验); where it does not pass, it goes on."""
    state = await desk.state(DIRECTIVE, directive_id)
    command = d.VerifyDirective(desk.now(), body.passed, body.note, desk.principal.subject, _for_owner(desk, state))
    return await desk.give(DIRECTIVE, directive_id, command)


@router.post("/directives/{directive_id}/close")
async def close(directive_id: DirectiveId, body: CloseBody, desk: Commands) -> Answer:
    """The supervision office strikes it off (销号); the owner can't close its own."""
    state = await desk.state(DIRECTIVE, directive_id)
    command = d.CloseDirective(desk.now(), body.withdrawn, body.reason, desk.principal.subject, _for_owner(desk, state))
    return await desk.give(DIRECTIVE, directive_id, command)


@router.get("/directives")
async def list_directives(
    reads: ReadModel,
    owner: UnitId | None = None,
    group: GroupId | None = None,
    hearing: HearingRef | None = None,
    status: DirectiveStatus | None = None,
    overdue: Annotated[bool | None, Query(description="Only those whose due day was missed, or was not")] = None,
    only_open: Annotated[bool | None, Query(alias="open", description="Only those not closed, or closed")] = None,
) -> list[DirectiveSummary]:
    """Directives, the earliest due day first."""
    rows = await directive_queries.find(
        reads, owner=owner, group=group, hearing=hearing, status=status, overdue=overdue, only_open=only_open
    )
    return [DirectiveSummary(**_summary(row)) for row in rows]


@router.get("/directives/{directive_id}")
async def get_directive(directive_id: DirectiveId, reads: ReadModel) -> DirectiveView:
    """A directive with every step: how it was given, received, answered, verified and struck off."""
    row = await directive_queries.one(reads, directive_id)
    if row is None:
        raise Problem(
            404, "directive-unknown", f"没有督办事项 {directive_id}。", f"There is no directive {directive_id}."
        )
    names = DirectiveStep.model_fields
    steps = await directive_queries.steps(reads, directive_id)
    return DirectiveView(
        **{**_summary(row), **{name: row[name] for name in DirectiveView.model_fields if name in row}},
        steps=[DirectiveStep(**{name: one[name] for name in names}) for one in steps],
    )


def _summary(row: directive_queries.Row) -> dict[str, Any]:
    return {"id": row["stream"], **{name: row[name] for name in DirectiveSummary.model_fields if name in row}}


async def _assignment(body: AssignmentBody, desk: CommandDesk, reads: Reads) -> d.IssueDirective:
    """Problem 422 for a unit or group that the roster lacks."""
    if not await directive_queries.knows_unit(reads, body.owner):
        raise _unknown("unit", "单位", body.owner)
    if body.group is not None and not await directive_queries.knows_group(reads, body.group):
        raise _unknown("group", "招商小组", body.group)
    reminding = await _reminding(reads)
    return d.IssueDirective(desk.now(), body.owner, body.group, body.due_on, desk.principal.subject, reminding)


async def _reminding(reads: Reads) -> Reminding:
    """Problem 409 for a setting that cannot be read."""
    try:
        return Reminding.of(await queries.settings(reads), await queries.work_calendar(reads))
    except WrongSetting as error:
        zh = f"督办提醒的设置有误，请先更正：{error}"
        raise Problem(409, "wrong-setting", zh, f"A setting must be mended first: {error}") from error


def _unknown(what: str, zh: str, given: str) -> Problem:
    return Problem(
        422,
        f"unknown-{what}",
        f"没有{zh} {given}；请从名册中选择。",
        f"There is no {what} {given}; choose one of those known.",
        details={"given": given},
    )


def _by_owner(state: Directive) -> Scopes:
    return {"unit": state.owner}


def _for_owner(desk: CommandDesk, state: Directive) -> bool:
    """Whether who gives the command holds a post in the owner unit."""
    owner = [state.owner] if state.owner else []
    return any(desk.principal.holds(role, owner) for role in ("unit_head", "unit_liaison"))
