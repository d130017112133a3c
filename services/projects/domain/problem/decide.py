"""The rules of problems (问题协调, clause 三(二)). A step counts on the day on which it is entered."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.problem import commands as c
from services.projects.domain.problem import events as e
from services.projects.domain.problem.events import Level
from services.projects.domain.problem.state import ProblemState
from services.projects.domain.values import Referee
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

UNKNOWN = Rejection("unknown-problem", "没有这个问题。", "There is no such problem.", status=404)
LEVELS = tuple(Level)
LEVEL_ZH = dict(zip(LEVELS, ("招商小组", "区商务局", "区政府办公室"), strict=True))


def decide(command: c.ProblemCommand, state: ProblemState) -> Decision:
    """The events that a command causes, or why it is refused. What was overdue before is stated first: no command
    forestalls the clock."""
    if isinstance(command, c.RaiseProblem):
        return raise_problem(command, state)
    made = state.raised
    if made is None:
        return UNKNOWN
    match command:
        case c.JudgeProblem():
            return _overdue(made, state, command.today)
        case c.ReopenProblem():
            return reopen(command, state, made)
        case _:
            wrong = _check_open(state)
            decided = wrong if wrong is not None else _step(command, state, made)
            if isinstance(decided, Rejection):
                return decided
            return [*_overdue(made, state, command.today), *decided]


def _step(command: c.ProblemStep, state: ProblemState, made: e.ProblemRaised) -> Decision:
    match command:
        case c.HandleProblem():
            return handle(command, state, made)
        case c.EscalateProblem():
            return escalate(command, state, made)
        case c.ReturnProblem():
            return give_back(command, state, made)
        case c.CloseProblem():
            return close(command, state, made)


def raise_problem(command: c.RaiseProblem, state: ProblemState) -> Decision:
    """A problem has a unit that is to solve it within its kind's working days (clause 三(二): 及时)."""
    if state.raised is not None:
        return Rejection("problem-exists", "该问题已登记。", "This problem was raised already.", status=409)
    wrong = command.rules.check(command.kind) or check_free_text(title=command.title, text=command.text)
    if wrong is not None:
        return wrong
    days = command.rules.kinds[command.kind].working_days
    return [
        e.ProblemRaised(
            about=command.about,
            group=command.group,
            owner=command.owner,
            kind=command.kind,
            title=command.title,
            text=command.text,
            working_days=days,
            promised_on=command.calendar.add_working_days(command.today, days),
            rulebook=command.rules.version,
            raised_by=command.by,
            raised_on=command.today,
        )
    ]


def handle(command: c.HandleProblem, state: ProblemState, made: e.ProblemRaised) -> Decision:
    """What was done is on record; whether that has solved it, others find."""
    wrong = check_reason(command.measure, "measure") or check_free_text(measure=command.measure)
    return wrong or [
        e.ProblemHandled(
            **_of(made, state),
            step=state.steps + 1,
            measure=command.measure,
            handled_by=command.by,
            handled_on=command.today,
        )
    ]


def escalate(command: c.EscalateProblem, state: ProblemState, made: e.ProblemRaised) -> Decision:
    """What the group cannot settle goes to the Commerce Bureau, and from there to the district, by the bureau or by who
    raised it (clause 三(二): 区商务局 coordinates)."""
    if state.level is LEVELS[-1]:
        return Rejection(
            "highest-level", "已提请区级协调，没有更高层级。", "The district coordinates it already.", status=409
        )
    if state.level is Level.COMMERCE_BUREAU and command.by != made.raised_by:
        wrong = _check_office(state.level, command.office)
        if wrong is not None:
            return wrong
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        e.ProblemEscalated(
            **_of(made, state),
            step=state.steps + 1,
            from_level=state.level,
            to_level=LEVELS[LEVELS.index(state.level) + 1],
            reason=command.reason,
            escalated_by=command.by,
            escalated_on=command.today,
        )
    ]


def give_back(command: c.ReturnProblem, state: ProblemState, made: e.ProblemRaised) -> Decision:
    """The office at whose level it stands returns it one level down, to its owner or another one."""
    if state.level is Level.GROUP:
        return Rejection("lowest-level", "问题尚未上报，无需退回。", "It has not been escalated.", status=409)
    wrong = (
        _check_office(state.level, command.office)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    return wrong or [
        e.ProblemReturned(
            **{**_of(made, state), "owner": command.owner or state.owner},
            previous_owner=state.owner,
            step=state.steps + 1,
            from_level=state.level,
            to_level=LEVELS[LEVELS.index(state.level) - 1],
            reason=command.reason,
            returned_by=command.by,
            returned_on=command.today,
        )
    ]


def close(command: c.CloseProblem, state: ProblemState, made: e.ProblemRaised) -> Decision:
    """销号: by who raised it or the Commerce Bureau, at the district's level by the district office too; never by its
    owner (clause 三(二))."""
    wrong = (
        _check_not_owner(command, state)
        or _check_closer(command, state, made)
        or check_reason(command.reason)
        or check_free_text(reason=command.reason)
    )
    return wrong or [
        e.ProblemClosed(
            **_of(made, state),
            kind=made.kind,
            outcome=command.outcome,
            reason=command.reason,
            working_days=state.used_days + command.calendar.working_days_between(state.open_since, command.today),
            late=_is_late(state, command.today),
            closed_by=command.by,
            closed_on=command.today,
        )
    ]


def reopen(command: c.ReopenProblem, state: ProblemState, made: e.ProblemRaised) -> Decision:
    """A wrong closing is corrected by an event, with the reason; the days of its kind are promised anew."""
    if not state.closed:
        return Rejection("problem-open", "问题尚未销号。", "The problem is not closed.", status=409)
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        e.ProblemReopened(
            **_of(made, state),
            reason=command.reason,
            promised_on=command.calendar.add_working_days(command.today, made.working_days),
            reopened_by=command.by,
            reopened_on=command.today,
        )
    ]


def _overdue(made: e.ProblemRaised, state: ProblemState, today: date) -> list[e.ProblemOverdue]:
    """Past the promised date and not closed: stated once for each promise."""
    if state.closed or state.overdue or not _is_late(state, today):
        return []
    return [
        e.ProblemOverdue(
            **_of(made, state), level=state.level, promised_on=state.promised_on, overdue_on=today
        )
    ]  # fmt: skip


def _is_late(state: ProblemState, today: date) -> bool:
    return state.overdue or today > state.promised_on


def _of(made: e.ProblemRaised, state: ProblemState) -> dict[str, Any]:
    """What every later event says of the problem."""
    said = {"about": made.about, "group": made.group, "title": made.title, "raised_by": made.raised_by}
    return {**said, "owner": state.owner}


def _check_open(state: ProblemState) -> Rejection | None:
    if not state.closed:
        return None
    return Rejection(
        "problem-closed",
        "问题已销号；确有误的请先重新打开。",
        "The problem is closed; reopen it if that was wrong.",
        status=409,
    )


def _check_office(level: Level, office: Referee | None) -> Rejection | None:
    """Who coordinates it decides where it goes."""
    if office is not None and office.value == level.value:
        return None
    return Rejection(
        "not-its-level",
        f"该问题现由{LEVEL_ZH[level]}协调，由其决定上报或退回。",
        f"The problem stands with the {level.replace('_', ' ')}, which decides where it goes.",
        details={"level": str(level)},
        status=403,
    )


def _check_not_owner(command: c.CloseProblem, state: ProblemState) -> Rejection | None:
    if state.owner not in command.own_units:
        return None
    return Rejection(
        "own-problem",
        "责任单位不得自行销号，由提出人或区商务局销号；区商务局为责任单位的，提请区级协调后由区政府办公室销号。",
        "Its owner never closes it: whoever raised it does, or the Commerce Bureau; where the bureau is the owner, the "
        "district office, once it is escalated to the district.",
        rule="三（二）",
        status=403,
    )


def _check_closer(command: c.CloseProblem, state: ProblemState, made: e.ProblemRaised) -> Rejection | None:
    district = command.office is Referee.DISTRICT_OFFICE and state.level is Level.DISTRICT_OFFICE
    if command.by == made.raised_by or command.office is Referee.COMMERCE_BUREAU or district:
        return None
    return Rejection(
        "not-the-closer",
        "由提出人或区商务局销号；已提请区级协调的，区政府办公室也可销号。",
        "Whoever raised it closes it, or the Commerce Bureau; at the district's level also the district office.",
        rule="三（二）",
        status=403,
    )
