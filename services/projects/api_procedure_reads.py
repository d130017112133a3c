"""Lists of procedures (手续办理), and how each unit answers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from services.projects import matter_queries as q
from services.projects import matter_views as v
from services.projects.api_procedures import unknown_procedure
from services.projects.api_types import GroupId, ProcedureId, UnitId
from services.projects.matter_desk import After, Limit, mark_of, next_of, rulebook_view, shown
from services.projects.matter_models import OfProject
from services.projects.matter_rulebooks import procedure_rulebook
from services.projects.matter_tables import procedure as table
from services.projects.visibility import check_reader
from sevenx.kernel.http import Asking, ReadModel

router = APIRouter(prefix="/procedures", tags=["procedures 手续"])


class State(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    STOPPED = "stopped"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@router.get("")
async def list_procedures(
    asking: Asking,
    reads: ReadModel,
    unit: UnitId | None = None,
    group: GroupId | None = None,
    project: OfProject | None = None,
    state: State | None = None,
    open_: Annotated[bool | None, Query(alias="open", description="Without or with an outcome")] = None,
    overdue: bool | None = None,
    after: After = None,
    limit: Limit = 50,
) -> v.ProcedurePage:
    """Procedures, the one promised first before the others."""
    check_reader(asking)
    filters = {"unit": unit, "group_id": group, "project": project, "state": state, "overdue": overdue}
    rows = await reads.rows(q.page(table, mark_of(after), limit, open_, **filters))
    return v.ProcedurePage(
        items=[v.ProcedureView(**shown(asking, row)) for row in rows[:limit]], next=next_of(rows, limit)
    )


@router.get("/units")
async def units(
    asking: Asking, reads: ReadModel, since: date | None = None, until: date | None = None
) -> v.UnitFigures:
    """Of each department what it was asked from a day to another, what is overdue, what was answered in time and within
    how many working days on average: for the supervision office (三(五))."""
    check_reader(asking)
    rows = await reads.rows(q.by_unit(table, (State.GRANTED, State.REFUSED), since, until))
    return v.UnitFigures(rows=[v.UnitFigure(**row) for row in rows])


@router.get("/rulebook")
async def rulebook(asking: Asking) -> v.TermsRulebookView:
    """The kinds of procedures and their working days."""
    check_reader(asking)
    return rulebook_view(procedure_rulebook())


@router.get("/{procedure}")
async def procedure(procedure: ProcedureId, asking: Asking, reads: ReadModel) -> v.ProcedureView:
    """One procedure."""
    check_reader(asking)
    row = await reads.one(q.with_project(table).where(table.c.stream == procedure))
    if row is None:
        raise unknown_procedure(procedure)
    return v.ProcedureView(**shown(asking, row))
