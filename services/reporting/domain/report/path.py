"""The rules of a report's path: contribution, draft, review, sign-off (which submits), acceptance or return."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from services.reporting.domain.report.commands import (
    AcceptReport,
    Contribute,
    DelegateSignOff,
    DraftReport,
    ReturnReport,
    ReviewReport,
    SendBack,
    SignOff,
)
from services.reporting.domain.report.dates import effective, stop_clock
from services.reporting.domain.report.events import (
    ContributionSubmitted,
    DeadlineMissed,
    FigureDiscrepancyNoted,
    ReportAccepted,
    ReportClockStopped,
    ReportDrafted,
    ReportReturned,
    ReportReviewed,
    ReportSentBack,
    ReportSignedOff,
    ReportSubmitted,
    SignOffDelegated,
)
from services.reporting.domain.report.state import STATUS_ZH, Report, Status
from services.reporting.domain.report.values import Figure, Step
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(三)"
_WITH_THE_BUREAU = (Status.SUBMITTED, Status.ACCEPTED)


def contribute(command: Contribute, state: Report) -> Decision:
    """三(三): responsible units contribute to each of their groups; late is marked and has no other consequence."""
    if command.unit not in state.responsible_units:
        return Rejection(
            "not-responsible-unit",
            zh="该单位不是本期本组的责任单位。",
            en="The unit is not a responsible unit of this group in this period.",
            rule=CLAUSE,
            details={"unit": command.unit, "responsible_units": list(state.responsible_units)},
            status=403,
            field="unit",
        )
    if state.status in _WITH_THE_BUREAU:
        return _already_submitted(state)
    late = command.at >= state.contribution_due_at
    return [ContributionSubmitted(command.unit, command.text, command.by, late)]


def draft(command: DraftReport, state: Report) -> Decision:
    """三(三): the liaison drafts from the events. A claim that the events do not bear out stands with both numbers."""
    if state.status in _WITH_THE_BUREAU:
        return _already_submitted(state)
    if not command.narrative.strip():
        return Rejection(
            "narrative-missing",
            zh="请填写本月招商工作开展情况。",
            en="Say in words how the month's work went.",
            rule=CLAUSE,
            field="narrative",
        )
    figures = tuple(_figure(one, state) for one in command.figures)
    number = state.draft + 1
    at = effective(state, command.at)
    return [
        ReportDrafted(number, command.by, command.narrative.strip(), figures, min(at, state.ends_at)),
        *_discrepancies(number, command, figures),
        *stop_clock(replace(state, status=Status.DRAFTED), Step.DRAFT, at),
    ]


def _figure(live: Figure, state: Report) -> Figure:
    """The figure that holds: once the period is closed the frozen one, with the month as it was restated."""
    if state.frozen is None or live.indicator not in state.frozen:
        return live
    return replace(state.frozen[live.indicator], month=state.official[live.indicator])


def _discrepancies(number: int, command: DraftReport, figures: tuple[Figure, ...]) -> list[FigureDiscrepancyNoted]:
    borne_out = {one.indicator: one.month for one in figures}
    return [
        FigureDiscrepancyNoted(number, one.indicator, one.month, borne_out[one.indicator], one.explanation)
        for one in command.claims
        if one.indicator in borne_out and one.month != borne_out[one.indicator]
    ]


def review(command: ReviewReport, state: Report) -> Decision:
    """三(三): the lead unit's head reviews, both heads where two units lead; nobody reviews his own draft."""
    if state.status not in (Status.DRAFTED, Status.REVIEWED):
        return _nothing_to("review", "审核", state)
    if command.unit not in command.lead_units:
        return _not_lead_unit(command.unit, command.lead_units)
    if command.by == state.drafted_by:
        return _own_draft("审核", "review")
    if command.unit in state.reviews:
        return []
    outstanding = tuple(unit for unit in command.lead_units if unit not in state.reviews and unit != command.unit)
    reviewed = ReportReviewed(state.draft, command.unit, command.by, outstanding)
    if outstanding:
        return [reviewed]
    complete = replace(state, status=Status.REVIEWED)
    return [reviewed, *stop_clock(complete, Step.REVIEW, effective(state, command.at))]


def send_back(command: SendBack, state: Report) -> Decision:
    """三(三): a reviewer or the leader may ask for another draft, and says why."""
    if state.status not in (Status.DRAFTED, Status.REVIEWED):
        return _nothing_to("send back", "退回", state)
    if command.unit is not None and command.unit not in command.lead_units:
        return _not_lead_unit(command.unit, command.lead_units)
    reasons = _given(command.reasons)
    if not reasons:
        return _REASONS_NEEDED
    return [ReportSentBack(state.draft, command.by, command.unit, reasons)]


def delegate(command: DelegateSignOff, state: Report) -> Decision:
    """三(三): the group leader signs off or names a delegate, for one report."""
    if state.status in _WITH_THE_BUREAU:
        return _already_submitted(state)
    if command.delegate == state.delegate:
        return []
    return [SignOffDelegated(command.delegate, command.by, command.reason)]


def sign_off(command: SignOff, state: Report) -> Decision:
    """三(三): the group leader or his delegate signs off what all lead units have reviewed; that submits the report."""
    if state.status in _WITH_THE_BUREAU:
        return _already_submitted(state)
    outstanding = [unit for unit in command.lead_units if unit not in state.reviews]
    if state.status is not Status.REVIEWED or outstanding or not command.lead_units:
        return Rejection(
            "review-outstanding",
            zh="牵头单位主要负责人尚未全部审核，不能签发。",
            en="Not every lead unit's head has reviewed the draft; it cannot be signed off yet.",
            rule=CLAUSE,
            details={"status": state.status, "outstanding": outstanding},
            status=409,
        )
    refused = _may_sign(command, state)
    if refused is not None:
        return refused
    at = effective(state, command.at)
    stopped = [*stop_clock(state, Step.SIGN_OFF, at), *stop_clock(state, Step.SUBMIT, at)]
    signed = ReportSignedOff(
        state.draft, command.by, None if command.as_leader else state.delegated_by, command.lead_units
    )
    return [signed, *stopped, _submitted(state, at, stopped)]


def _may_sign(command: SignOff, state: Report) -> Rejection | None:
    if command.by == state.drafted_by:
        return _own_draft("签发", "sign off")
    if command.as_leader:
        return None
    if command.by != state.delegate:
        return Rejection(
            "not-the-delegate",
            zh="只有组长或其为本期委托的人可以签发。",
            en="Only the group leader, or whom he delegated for this report, signs off.",
            rule=CLAUSE,
            status=403,
        )
    return _own_draft("在审核后又签发", "sign off after reviewing") if command.by in state.reviews.values() else None


def _submitted(state: Report, at: datetime, stopped: list[Any]) -> ReportSubmitted:
    """Late or not follows from when the clock stopped: now, or by an earlier step, or at an earlier submission."""
    now = next((one for one in stopped if isinstance(one, ReportClockStopped)), None)
    missed = state.missed or any(isinstance(one, DeadlineMissed) for one in stopped)
    return ReportSubmitted(
        group=state.group,
        period=state.period,
        draft=state.draft,
        submission=state.submission + 1,
        submitted_at=at,
        due_at=state.due_at,
        late=missed,
        late_seconds=now.late_seconds if now else state.late_seconds,
        figures=state.figures,
        discrepancies=state.discrepancies,
    )


def accept(command: AcceptReport, state: Report) -> Decision:
    """三(三): the Commerce Bureau accepts; nobody accepts what he himself drafted, reviewed or signed."""
    if state.status is Status.ACCEPTED:
        return []
    if state.status is not Status.SUBMITTED:
        return _nothing_to("accept", "接收", state)
    if command.by in (state.drafted_by, state.signed_by, *state.reviews.values()):
        return _own_draft("接收", "accept")
    return [ReportAccepted(state.submission, command.by)]


def return_report(command: ReturnReport, state: Report) -> Decision:
    """三(三): the Commerce Bureau returns with reasons; the report is corrected and goes the whole path again."""
    if state.status is not Status.SUBMITTED:
        return _nothing_to("return", "退回", state)
    reasons = _given(command.reasons)
    return [ReportReturned(state.submission, command.by, reasons)] if reasons else _REASONS_NEEDED


def _given(reasons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(reason.strip() for reason in reasons if reason.strip())


_REASONS_NEEDED = Rejection(
    "reasons-missing", zh="请写明退回理由。", en="Give the reasons.", rule=CLAUSE, field="reasons"
)


def _already_submitted(state: Report) -> Rejection:
    return Rejection(
        "already-submitted",
        zh="月报已报送区商务局；如需修改，请商务局退回。",
        en="The report is with the Commerce Bureau; to change it, ask the bureau to return it.",
        rule=CLAUSE,
        details={"submission": state.submission, "status": state.status},
        status=409,
    )


def _nothing_to(verb: str, zh: str, state: Report) -> Rejection:
    return Rejection(
        "wrong-step",
        zh=f"月报当前状态为“{STATUS_ZH[state.status]}”，不能{zh}。",
        en=f"The report is {state.status}: there is nothing to {verb}.",
        rule=CLAUSE,
        details={"status": state.status},
        status=409,
    )


def _not_lead_unit(unit: str, lead_units: tuple[str, ...]) -> Rejection:
    return Rejection(
        "not-lead-unit",
        zh="该单位不是本组牵头单位。",
        en="The unit is not a lead unit of this group.",
        rule=CLAUSE,
        details={"unit": unit, "lead_units": list(lead_units)},
        status=403,
        field="unit",
    )


def _own_draft(zh: str, en: str) -> Rejection:
    return Rejection(
        "own-work",
        zh=f"不能由本人{zh}自己经手的月报。",
        en=f"Nobody may {en} a report that he himself worked on.",
        rule=CLAUSE,
        status=403,
    )
