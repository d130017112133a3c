"""Lists of problems (问题协调), and how each unit solves them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from services.projects import matter_queries as q
from services.projects import matter_views as v
from services.projects.api_problems import unknown_problem
from services.projects.api_types import GroupId, ProblemId, UnitId
from services.projects.domain.problem.events import Level
from services.projects.matter_desk import After, Limit, mark_of, next_of, rulebook_view, shown
from services.projects.matter_models import OfProjectOrLead
from services.projects.matter_rulebooks import problem_rulebook
from services.projects.matter_tables import problem as table
from services.projects.visibility import check_reader
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(prefix="/problems", tags=["problems 问题"])


class State(StrEnum):
    OPEN = "open"
    SOLVED = "solved"
    NOT_SOLVABLE = "not_solvable"


@router.get("")
async def list_problems(
    asking: Asking,
    reads: ReadModel,
    unit: Annotated[UnitId | None, Query(description="Its owner")] = None,
    group: GroupId | None = None,
    about: Annotated[OfProjectOrLead | None, Query(description="The project or lead")] = None,
    state: State | None = None,
    level: Level | None = None,
    overdue: bool | None = None,
    after: After = None,
    limit: Limit = 50,
) -> v.ProblemPage:
    """Problems, the one promised first before the others."""
    check_reader(asking)
    filters = {
        "unit": unit,
        "group_id": group,
        "about": about,
        "state": state,
        "level": level,
        "overdue": overdue,
    }
    rows = await reads.rows(q.page(table, mark_of(after), limit, None, **filters))
    return v.ProblemPage(items=[v.ProblemView(**shown(asking, row)) for row in rows[:limit]], next=next_of(rows, limit))


@router.get("/units")
async def units(
    asking: Asking, reads: ReadModel, since: date | None = None, until: date | None = None
) -> v.UnitFigures:
    """Of each unit the problems that were raised from a day to another, what is overdue, what was closed in time and
    within how many working days on average: for the supervision office (三(五))."""
    check_reader(asking)
    rows = await reads.rows(q.by_unit(table, (State.SOLVED, State.NOT_SOLVABLE), since, until))
    return v.UnitFigures(rows=[v.UnitFigure(**row) for row in rows])


@router.get("/rulebook")
async def rulebook(asking: Asking) -> v.TermsRulebookView:
    """The kinds of problems and their working days."""
    check_reader(asking)
    return rulebook_view(problem_rulebook())


@router.get("/{problem}")
async def problem(problem: ProblemId, asking: Asking, reads: ReadModel) -> v.ProblemView:
    """One problem."""
    check_reader(asking)
    row = await reads.one(q.with_project(table).where(table.c.stream == problem))
    if row is None:
        raise unknown_problem(problem)
    return v.ProblemView(**shown(asking, row))
