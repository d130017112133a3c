"""Periods, reports and what is still to come."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from services.reporting import queries
from services.reporting.api_models import (
    ContributionView,
    DeadlineView,
    FigureView,
    GroupId,
    PeriodText,
    PeriodView,
    ReportSummary,
    ReportView,
    StepView,
)
from services.reporting.api_steps import ReportId, unknown_report
from services.reporting.domain.report.state import Status
from services.reporting.domain.report.values import Figure
from services.reporting.figures import figures_of
from services.reporting.projections import DRAFT, FROZEN
from sevenx.kernel.http import ReadModel
from sevenx.kernel.reads import Reads

router = APIRouter(tags=["lists 查询"])


@router.get("/periods")
async def list_periods(reads: ReadModel) -> list[PeriodView]:
    """Report periods (报送期), the newest first, with how many reports are in, accepted, missed and frozen."""
    return [PeriodView(**row) for row in await queries.periods(reads)]


@router.get("/reports")
async def list_reports(
    reads: ReadModel,
    period: PeriodText | None = None,
    group: GroupId | None = None,
    status: Status | None = None,
    missed: Annotated[bool | None, Query(description="Only those whose deadline was missed, or was not")] = None,
) -> list[ReportSummary]:
    """The groups' reports, the newest period first."""
    rows = await queries.reports(reads, period=period, of_group=group, status=status, missed=missed)
    return [ReportSummary(**_summary(row)) for row in rows]


@router.get("/reports/{report_id}")
async def get_report(report_id: ReportId, reads: ReadModel) -> ReportView:
    """A report with its figures (now, drafted, frozen), contributions and every step."""
    row = await queries.named_report(reads, report_id)
    if row is None:
        raise unknown_report(report_id)
    return ReportView(
        **{**_summary(row), **{name: row[name] for name in ReportView.model_fields if name in row}},
        figures_now=[_figure(one) for one in await figures_of(reads, row)],
        figures_drafted=await _stated(reads, report_id, DRAFT),
        figures_frozen=await _stated(reads, report_id, FROZEN),
        contributions=await _contributions(reads, row),
        steps=[
            StepView(**{name: one[name] for name in StepView.model_fields})
            for one in await queries.steps(reads, report_id)
        ],
    )


@router.get("/reports/{report_id}/figures")
async def get_figures(report_id: ReportId, reads: ReadModel) -> list[FigureView]:
    """What the events say of the period now: what a draft would take over."""
    row = await queries.one_report(reads, report_id)
    if row is None:
        raise unknown_report(report_id)
    return [_figure(one) for one in await figures_of(reads, row)]


@router.get("/deadlines")
async def list_deadlines(
    reads: ReadModel, until: Annotated[AwareDatetime | None, Query(examples=["2026-08-31T00:00:00+08:00"])] = None
) -> list[DeadlineView]:
    """What is still to come, in the order of its time."""
    names = ("group", "period", "name", "due_at")
    rows = await queries.deadlines(reads, until)
    return [DeadlineView(report=row["stream"], **{name: row[name] for name in names}) for row in rows]


def _summary(row: queries.Row) -> dict[str, Any]:
    known = {name: row[name] for name in ReportSummary.model_fields if name in row}
    return {"id": row["stream"], **known}


def _figure(one: Figure) -> FigureView:
    names = ("indicator", "month", "cumulative", "last_year", "target", "completion")
    return FigureView(**{name: getattr(one, name) for name in names})


async def _stated(reads: Reads, report: str, source: str) -> list[FigureView]:
    rows = await queries.stated_figures(reads, report, source)
    return [FigureView(**{name: row[name] for name in FigureView.model_fields}) for row in rows]


async def _contributions(reads: Reads, row: queries.Row) -> list[ContributionView]:
    """Every responsible unit: those that have not contributed are awaited."""
    known = {one["unit"]: one for one in await queries.contributions(reads, row["stream"])}
    names = ContributionView.model_fields
    return [
        ContributionView(**{name: known[unit][name] for name in names})
        if unit in known
        else ContributionView(unit=unit, state="awaited")
        for unit in row["responsible_units"]
    ]
