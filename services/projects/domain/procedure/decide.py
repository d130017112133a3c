"""The rules of procedures (手续办理). A step counts on the day on which it is entered: nothing is back-dated."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.identity import check_free_text, check_hash
from services.projects.domain.procedure import commands as c
from services.projects.domain.procedure import events as e
from services.projects.domain.procedure.state import Procedure
from services.projects.domain.terms import check_promise
from services.projects.domain.values import OVER, STATUS_ZH
from sevenx.district.calendar import WorkCalendar
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

UNKNOWN = Rejection("unknown-procedure", "没有这项手续。", "There is no such procedure.", status=404)


def decide(command: c.ProcedureCommand, state: Procedure) -> Decision:
    """The events that a command causes, or why it is refused. What was overdue before is stated first: no command
    forestalls the clock."""
    if isinstance(command, c.RequestProcedure):
        return request(command, state)
    made = state.requested
    if made is None:
        return UNKNOWN
    if isinstance(command, c.JudgeProcedure):
        return _overdue(made, state, command.today)
    wrong = _check_open(state)
    decided = wrong if wrong is not None else _decide(command, state, made)
    if isinstance(decided, Rejection) or not decided:
        return decided
    return [*_overdue(made, state, command.today), *decided]


def _decide(
    command: c.ProcedureAnswer | c.GiveSupplement | c.WithdrawProcedure, state: Procedure, made: e.ProcedureRequested
) -> Decision:
    match command:
        case c.GiveSupplement():
            return give_supplement(command, state, made)
        case c.WithdrawProcedure():
            return withdraw(command, state, made)
        case _:
            wrong = _check_not_own(command.by, made)
            return wrong if wrong is not None else _answer(command, state, made)


def _answer(command: c.ProcedureAnswer, state: Procedure, made: e.ProcedureRequested) -> Decision:
    match command:
        case c.AcceptProcedure():
            return accept(command, state, made)
        case c.AskSupplement():
            return ask_supplement(command, state, made)
        case c.MovePromisedDate():
            return move_promised_date(command, state, made)
        case c.GrantProcedure():
            return grant(command, state, made)
        case c.RefuseProcedure():
            return refuse(command, state, made)


def request(command: c.RequestProcedure, state: Procedure) -> Decision:
    """A responsible department is asked for an approval, promised within its kind's working days (clause 二(二))."""
    if state.requested is not None:
        return Rejection("procedure-exists", "该手续已登记。", "This procedure was requested already.", status=409)
    if command.status in OVER:
        return Rejection(
            "project-over",
            f"项目状态为“{STATUS_ZH[command.status]}”，不再办理手续。",
            f"The project is {command.status}; no more procedures are requested for it.",
            rule="三（二）",
            status=409,
        )
    wrong = command.rules.check(command.kind) or check_free_text(title=command.title, note=command.note)
    if wrong is not None:
        return wrong
    days = command.rules.kinds[command.kind].working_days
    return [
        e.ProcedureRequested(
            project=command.project,
            group=command.group,
            unit=command.unit,
            kind=command.kind,
            title=command.title,
            note=command.note,
            working_days=days,
            promised_on=command.calendar.add_working_days(command.today, days),
            rulebook=command.rules.version,
            requested_by=command.by,
            requested_on=command.today,
        )
    ]


def accept(command: c.AcceptProcedure, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """受理; to accept again changes nothing."""
    if state.accepted:
        return []
    return [
        e.ProcedureAccepted(
            **_of(made),
            requested_by=made.requested_by,
            stopped=state.stopped_since is not None,
            accepted_by=command.by,
            accepted_on=command.today,
        )
    ]


def ask_supplement(command: c.AskSupplement, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """Lacking material stops the clock; what is lacking is said at once (一次性告知)."""
    wrong = (
        _check_running(state)
        or check_reason(command.materials, "materials")
        or check_free_text(materials=command.materials)
    )
    return wrong or [
        e.SupplementAsked(
            **_of(made),
            materials=command.materials,
            requested_by=made.requested_by,
            asked_by=command.by,
            asked_on=command.today,
        )
    ]


def give_supplement(command: c.GiveSupplement, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """The clock goes on; the promised date moves by the working days for which it stood still."""
    if state.stopped_since is None:
        return Rejection("no-supplement-asked", "当前没有待补正的材料。", "No material has been asked for.", status=409)
    wrong = check_free_text(note=command.note)
    if wrong is not None:
        return wrong
    stopped = command.calendar.working_days_between(state.stopped_since, command.today)
    moved = command.calendar.add_working_days(state.promised_on, stopped) if stopped else state.promised_on
    return [
        e.SupplementGiven(
            **_of(made),
            note=command.note,
            stopped_days=stopped,
            previous=state.promised_on,
            promised_on=moved,
            accepted=state.accepted,
            given_by=command.by,
            given_on=command.today,
        )
    ]


def move_promised_date(command: c.MovePromisedDate, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """Another date is agreed with the reason, by the department or the Commerce Bureau; what was overdue stays so."""
    if command.promised_on == state.promised_on:
        return []
    wrong = (
        _check_running(state)
        or check_promise(command.promised_on, command.today)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    return wrong or [
        e.PromisedDateMoved(
            **_of(made),
            previous=state.promised_on,
            promised_on=command.promised_on,
            reason=command.reason,
            requested_by=made.requested_by,
            moved_by=command.by,
            moved_on=command.today,
        )
    ]


def grant(command: c.GrantProcedure, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """What was accepted is granted by a document, with its number and SHA-256."""
    wrong = _check_accepted(state) or _check_running(state) or _check_document(command)
    return wrong or [
        e.ProcedureGranted(
            **_of(made),
            kind=made.kind,
            document_number=command.document_number,
            sha256=command.sha256,
            dated=command.dated,
            working_days=used(made, state, command.calendar, command.today),
            late=_is_late(state, command.today),
            requested_by=made.requested_by,
            granted_by=command.by,
            granted_on=command.today,
        )
    ]


def refuse(command: c.RefuseProcedure, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """A refusal has its reason and its document, whether or not the request was accepted."""
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason) or _check_document(command)
    return wrong or [
        e.ProcedureRefused(
            **_of(made),
            kind=made.kind,
            reason=command.reason,
            document_number=command.document_number,
            sha256=command.sha256,
            dated=command.dated,
            working_days=used(made, state, command.calendar, command.today),
            late=_is_late(state, command.today),
            requested_by=made.requested_by,
            refused_by=command.by,
            refused_on=command.today,
        )
    ]


def withdraw(command: c.WithdrawProcedure, state: Procedure, made: e.ProcedureRequested) -> Decision:
    """Those who asked take it back with the reason."""
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        e.ProcedureWithdrawn(
            **_of(made),
            kind=made.kind,
            reason=command.reason,
            working_days=used(made, state, command.calendar, command.today),
            withdrawn_by=command.by,
            withdrawn_on=command.today,
        )
    ]


def used(made: e.ProcedureRequested, state: Procedure, calendar: WorkCalendar, until: date) -> int:
    """Working days from the day after the request up to and with `until`, without those for which the clock stood
    still."""
    running_until = until if state.stopped_since is None else state.stopped_since
    return calendar.working_days_between(made.requested_on, running_until) - state.stopped_days


def _overdue(made: e.ProcedureRequested, state: Procedure, today: date) -> list[e.ProcedureOverdue]:
    """Past the promised date without an outcome: stated once, and not while the clock stands still."""
    if state.done or state.overdue or not _is_late(state, today):
        return []
    said = {"kind": made.kind, "requested_by": made.requested_by}
    return [e.ProcedureOverdue(**_of(made), **said, promised_on=state.promised_on, overdue_on=today)]


def _is_late(state: Procedure, today: date) -> bool:
    return state.overdue or (state.stopped_since is None and today > state.promised_on)


def _of(made: e.ProcedureRequested) -> dict[str, Any]:
    """What every later event says of the request."""
    return {"project": made.project, "group": made.group, "unit": made.unit, "title": made.title}


def _check_open(state: Procedure) -> Rejection | None:
    if not state.done:
        return None
    return Rejection("procedure-done", "该手续已办结。", "The procedure has its outcome already.", status=409)


def _check_accepted(state: Procedure) -> Rejection | None:
    if state.accepted:
        return None
    return Rejection(
        "not-accepted", "尚未受理，须先受理。", "It has not been accepted yet.", rule="二（二）", status=409
    )


def _check_running(state: Procedure) -> Rejection | None:
    if state.stopped_since is None:
        return None
    return Rejection(
        "supplement-awaited",
        f"自 {state.stopped_since} 起等待补正材料，计时已停止；请待补正后办理。",
        f"Material is awaited since {state.stopped_since} and the clock stands still; go on once it is given.",
        details={"since": state.stopped_since.isoformat()},
        status=409,
    )


def _check_not_own(by: str, made: e.ProcedureRequested) -> Rejection | None:
    """Nobody answers what he asked for himself (clause 三(二))."""
    if by != made.requested_by:
        return None
    return Rejection(
        "own-request",
        "提出申请的本人不得办理，请由责任单位的其他人员办理。",
        "Whoever asked does not answer himself; a colleague of the responsible unit does.",
        rule="三（二）",
        status=403,
    )


def _check_document(command: c.GrantProcedure | c.RefuseProcedure) -> Rejection | None:
    return (
        check_free_text(document_number=command.document_number)
        or check_hash(command.sha256)
        or check_date("文书日期", "dated", command.dated, command.today)
    )
