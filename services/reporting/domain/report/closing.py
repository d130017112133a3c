"""The rules of a closed month: its figures are frozen, and corrected only in the open."""

from __future__ import annotations

import re

from services.reporting.domain.report.commands import FreezeFigures, RestateReport
from services.reporting.domain.report.events import ReportFiguresFrozen, ReportRestated
from services.reporting.domain.report.state import Report
from services.reporting.domain.report.values import FigureCorrection, FigureDifference
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

CLAUSE = "三(三)"
_POSITION = re.compile(r"^[a-z]+/[0-9]{6}-[A-Za-z0-9-]+@[1-9][0-9]*$")


def freeze(command: FreezeFigures, state: Report) -> Decision:
    """三(三): figures freeze at the cut-off, once every area has said that nothing earlier is still to come."""
    if state.frozen is not None:
        return []
    if not command.cut or any(mark.as_of < state.ends_at for mark in command.cut):
        return Rejection(
            "period-not-closed",
            zh="尚有领域未完成该期关账，不能冻结数据。",
            en="Not every area has closed the period; its figures cannot be frozen yet.",
            rule=CLAUSE,
        )
    reported = {one.indicator: one.month for one in state.figures}
    differences = tuple(
        FigureDifference(one.indicator, reported[one.indicator], one.month)
        for one in command.figures
        if one.indicator in reported and reported[one.indicator] != one.month
    )
    return [ReportFiguresFrozen(state.group, state.period, state.ends_at, command.figures, command.cut, differences)]


def restate(command: RestateReport, state: Report) -> Decision:
    """三(三): a closed month is corrected by a restatement with reason and basis, never silently.

    The basis are the correcting events, which count in the month in which they occurred: cumulative figures need no
    second correction and follow the events alone.
    """
    if state.frozen is None:
        return Rejection(
            "period-not-closed",
            zh="该期尚未关账，数据随业务自动更新，无需更正。",
            en="The month is not closed: its figures still follow the events, there is nothing to restate.",
            rule=CLAUSE,
        )
    if not command.reason.strip() or not command.basis or not all(map(_POSITION.match, command.basis)):
        return Rejection(
            "restatement-without-basis",
            zh="更正须写明理由，并列出依据的业务记录位置（如 projects/410804-P-2026-0001@7）。",
            en="A restatement needs a reason and the positions of the correcting events, such as "
            "projects/410804-P-2026-0001@7.",
            rule=CLAUSE,
            field="basis" if command.reason.strip() else "reason",
        )
    if command.by in (state.drafted_by, state.signed_by):
        return Rejection(
            "own-work",
            zh="起草人、签发人不能更正自己经手的月报。",
            en="Nobody restates a report that he himself drafted or signed.",
            rule=CLAUSE,
            status=403,
        )
    corrections = tuple(
        FigureCorrection(one.indicator, state.official[one.indicator], one.month)
        for one in command.corrections
        if one.indicator in state.official and state.official[one.indicator] != one.month
    )
    if not corrections:
        return []
    return [
        ReportRestated(
            restatement=state.restatement + 1,
            restated_by=command.by,
            reason=command.reason.strip(),
            basis=command.basis,
            corrections=corrections,
        )
    ]
