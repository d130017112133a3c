"""Commands on problems (问题协调)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.projects import matter_models as m
from services.projects import project_desk, protection_desk
from services.projects.api_types import ProblemId
from services.projects.deciders import PROBLEM
from services.projects.domain.problem import commands as c
from services.projects.domain.problem.state import ProblemState
from services.projects.domain.values import Referee
from services.projects.matter_rulebooks import problem_rulebook
from services.projects.roster import roster_of
from services.projects.tables import CALENDARS
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(prefix="/problems", tags=["problems 问题"])


@router.post("", status_code=201)
async def raise_problem(body: m.RaiseProblemBody, desk: Commands, reads: ReadModel) -> Answer:
    """Raise a problem of a project or lead, with the unit that is to solve it. It is promised within its kind's working
    days, by the district's calendar."""
    scopes = await _about(desk, body.about)
    (await roster_of(reads)).check_units(body.owner)
    today = desk.today()
    command = c.RaiseProblem(
        about=body.about,
        group=str(scopes["group"]),
        owner=body.owner,
        kind=body.kind,
        title=body.title,
        text=body.text,
        rules=problem_rulebook(),
        calendar=await CALENDARS.kept(reads),
        today=today,
        by=desk.principal.subject,
    )
    return await desk.give(PROBLEM, await desk.next_id("O", today.year), command, scopes)


@router.post("/{problem}/handle")
async def handle(problem: ProblemId, body: m.HandleProblemBody, desk: Commands) -> Answer:
    """Record what was done about it (办理进展)."""
    return await _give(desk, problem, c.HandleProblem(body.measure, desk.today(), desk.principal.subject))


@router.post("/{problem}/escalate")
async def escalate(problem: ProblemId, body: m.EscalateProblemBody, desk: Commands) -> Answer:
    """Pass it to the next level (提请协调): from the group to the Commerce Bureau, from there to the district."""
    office = await _office(desk, problem)
    return await _give(desk, problem, c.EscalateProblem(body.reason, office, desk.today(), desk.principal.subject))


@router.post("/{problem}/return")
async def give_back(problem: ProblemId, body: m.ReturnProblemBody, desk: Commands, reads: ReadModel) -> Answer:
    """Return it one level down (退回办理), to its owner or another unit."""
    if body.owner is not None:
        (await roster_of(reads)).check_units(body.owner)
    office = await _office(desk, problem)
    command = c.ReturnProblem(body.reason, office, desk.today(), desk.principal.subject, body.owner)
    return await _give(desk, problem, command)


@router.post("/{problem}/close")
async def close(problem: ProblemId, body: m.CloseProblemBody, desk: Commands, reads: ReadModel) -> Answer:
    """Close it (销号): solved, or not solvable with the reason; by who raised it or the Commerce Bureau, never by its
    owner."""
    office, who = await _office(desk, problem), desk.principal
    own = {grant.partition("@")[2] for grant in who.grants}
    if office is Referee.COMMERCE_BUREAU:
        own.add((await roster_of(reads)).commerce(desk.today()).unit)
    calendar = await CALENDARS.kept(reads)
    command = c.CloseProblem(body.outcome, body.reason, own, office, calendar, desk.today(), who.subject)
    return await _give(desk, problem, command)


@router.post("/{problem}/reopen")
async def reopen(problem: ProblemId, body: m.ReopenProblemBody, desk: Commands, reads: ReadModel) -> Answer:
    """Reopen what was closed wrongly, with the reason; its days are promised anew."""
    calendar = await CALENDARS.kept(reads)
    return await _give(desk, problem, c.ReopenProblem(body.reason, calendar, desk.today(), desk.principal.subject))


async def _about(desk: CommandDesk, about: str) -> Scopes:
    """For whom permissions are asked: who works on the project or lead. Problem 404 when there is none."""
    if "-P-" in about:
        return project_desk.scopes_of(await project_desk.existing(desk, about))
    return protection_desk.scopes_of(await protection_desk.registered(desk, about))


async def _state(desk: CommandDesk, problem: str) -> ProblemState:
    state: ProblemState = await desk.state(PROBLEM, problem)
    if state.raised is None:
        raise unknown_problem(problem)
    return state


async def _office(desk: CommandDesk, problem: str) -> Referee | None:
    """The office for which the person acts: that of the problem's level if he is of it, else one that he is of."""
    level, who = (await _state(desk, problem)).level, desk.principal
    held = [office for office in Referee if who.holds(office.value, [who.district])]
    at_level = [one for one in held if one.value == level.value]
    return next(iter((*at_level, *held)), None)


async def _give(desk: CommandDesk, problem: str, command: Any) -> Answer:
    state = await _state(desk, problem)
    scopes: Scopes = {"responsible": state.owner}
    if state.raised is not None:
        scopes = {**scopes, **await _about(desk, state.raised.about), "raiser": state.raised.raised_by}
    return await desk.give(PROBLEM, problem, command, scopes)


def unknown_problem(problem: str) -> Problem:
    return Problem(404, "unknown-problem", f"没有问题 {problem}。", f"There is no problem {problem}.")
