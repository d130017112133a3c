"""Commands on the seven groups' monthly reports (月报)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from services.reporting import queries
from services.reporting.api_models import (
    ContributeBody,
    DelegateBody,
    DraftBody,
    OpenPeriodBody,
    ReasonsBody,
    RestateBody,
    ReviewBody,
    SendBackBody,
)
from services.reporting.deciders import REPORT
from services.reporting.domain.report import commands as c
from services.reporting.domain.report.state import Report
from services.reporting.figures import figures_of
from services.reporting.ids import REPORT_ID
from services.reporting.opening import first_openings
from sevenx.kernel.auth import Scopes
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.errors import Problem
from sevenx.kernel.http import Answer, Commands, ReadModel

router = APIRouter(tags=["monthly reports 月报"])

ReportId = Annotated[str, Path(pattern=REPORT_ID, examples=["410804-R-2026-08-G1"])]


@router.post("/periods", status_code=201)
async def open_period(body: OpenPeriodBody, desk: Commands, reads: ReadModel) -> Answer:
    """Begin to report (开启报送期): the groups owe a report for the current period, and from then on the clock opens
    each next one. Only the seven groups owe it (三(三)). The answer speaks of the first group's report."""
    openings = await first_openings(reads, desk.now(), body.period, body.groups)
    return await desk.give_all([(REPORT, stream, command) for stream, command in openings])


@router.post("/reports/{report_id}/contributions")
async def contribute(report_id: ReportId, body: ContributeBody, desk: Commands) -> Answer:
    """A responsible unit contributes (责任单位供稿), in time if it can; a later one replaces the earlier."""
    await _opened(desk, report_id)
    command = c.Contribute(desk.now(), desk.principal.subject, body.unit, body.text)
    return await desk.give(REPORT, report_id, command, {"unit": body.unit})


@router.post("/reports/{report_id}/draft")
async def draft(report_id: ReportId, body: DraftBody, desk: Commands, reads: ReadModel) -> Answer:
    """The group's liaison drafts the report (起草). Figures come from the events; a claim that differs is kept with
    both numbers. Each draft begins the reviews anew."""
    await _opened(desk, report_id)
    row = await queries.one_report(reads, report_id)
    if row is None:
        raise Problem(
            504, "not-yet", "月报数据尚在同步，请稍后再试。", "The report has not been read yet; try again shortly."
        )
    command = c.DraftReport(
        at=desk.now(),
        by=desk.principal.subject,
        narrative=body.narrative,
        figures=await figures_of(reads, row),
        claims=tuple(c.Claim(one.indicator, one.month, one.explanation) for one in body.claims),
    )
    return await desk.give(REPORT, report_id, command, _by_group)


@router.post("/reports/{report_id}/review")
async def review(report_id: ReportId, body: ReviewBody, desk: Commands, reads: ReadModel) -> Answer:
    """A lead unit's head reviews the draft (审核); where two units lead, both heads must."""
    state = await _opened(desk, report_id)
    command = c.ReviewReport(desk.now(), desk.principal.subject, body.unit, await _lead_units(desk, reads, state))
    return await desk.give(REPORT, report_id, command, {"unit": body.unit})


@router.post("/reports/{report_id}/send-back")
async def send_back(report_id: ReportId, body: SendBackBody, desk: Commands, reads: ReadModel) -> Answer:
    """A lead unit's head or the group leader sends the draft back to the liaison (退回修改), with reasons."""
    state = await _opened(desk, report_id)
    lead_units = await _lead_units(desk, reads, state)
    command = c.SendBack(desk.now(), desk.principal.subject, tuple(body.reasons), body.unit, lead_units)
    scopes: Scopes = {"unit": body.unit} if body.unit else {"group": state.group}
    return await desk.give(REPORT, report_id, command, scopes)


@router.post("/reports/{report_id}/delegate")
async def delegate(report_id: ReportId, body: DelegateBody, desk: Commands) -> Answer:
    """The group leader lets another sign off this report (委托签发)."""
    await _opened(desk, report_id)
    command = c.DelegateSignOff(desk.principal.subject, body.delegate, body.reason)
    return await desk.give(REPORT, report_id, command, _by_group)


@router.post("/reports/{report_id}/sign-off")
async def sign_off(report_id: ReportId, desk: Commands, reads: ReadModel) -> Answer:
    """The group leader or his delegate signs off (签发), which submits the report to the Commerce Bureau (报送)."""
    state = await _opened(desk, report_id)
    as_leader = desk.principal.holds("group_leader", [state.group]) is not None
    lead_units = await _lead_units(desk, reads, state)
    command = c.SignOff(desk.now(), desk.principal.subject, as_leader, lead_units)
    return await desk.give(REPORT, report_id, command, _by_group)


@router.post("/reports/{report_id}/accept")
async def accept(report_id: ReportId, desk: Commands) -> Answer:
    """The Commerce Bureau accepts the report (接收); not by one who worked on it."""
    await _opened(desk, report_id)
    return await desk.give(REPORT, report_id, c.AcceptReport(desk.principal.subject))


@router.post("/reports/{report_id}/return")
async def return_report(report_id: ReportId, body: ReasonsBody, desk: Commands) -> Answer:
    """The Commerce Bureau returns the report with reasons (退回); it is corrected and signed off again. The clock that
    has stopped stays so: a return makes nobody late."""
    await _opened(desk, report_id)
    return await desk.give(REPORT, report_id, c.ReturnReport(desk.principal.subject, tuple(body.reasons)))


@router.post("/reports/{report_id}/restate")
async def restate(report_id: ReportId, body: RestateBody, desk: Commands) -> Answer:
    """Correct the figures of a closed month (更正), with reason and basis. Both numbers stay; cumulative figures follow
    the events, in which the correction counts when it was made."""
    await _opened(desk, report_id)
    corrections = tuple(c.Correction(one.indicator, one.month) for one in body.corrections)
    command = c.RestateReport(desk.principal.subject, body.reason, tuple(body.basis), corrections)
    return await desk.give(REPORT, report_id, command)


def _by_group(state: Report) -> Scopes:
    return {"group": state.group}


async def _opened(desk: CommandDesk, report: str) -> Report:
    """The report's state; Problem 404 when it was not opened."""
    state: Report = await desk.state(REPORT, report)
    if not state.opened:
        raise unknown_report(report)
    return state


def unknown_report(report: str) -> Problem:
    return Problem(
        404, "report-not-open", f"月报 {report} 尚未开启。", f"There is no report {report}: its period was not opened."
    )


async def _lead_units(desk: CommandDesk, reads: ReadModel, state: Report) -> tuple[str, ...]:
    return await queries.units(reads, state.group, "lead", desk.now())
