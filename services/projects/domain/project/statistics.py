"""The statistics figure (入统固定资产投资) stands beside funds in place and is never mixed with them («Projects»)."""

from __future__ import annotations

from decimal import Decimal

from services.projects.domain.codes import is_month
from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.project.events import StatisticsCorrected, StatisticsRecorded
from services.projects.domain.project.state import ZERO, Project
from services.projects.domain.project.statistics_commands import (
    CorrectStatistics,
    RecordStatistics,
    StatisticsCommand,
)
from services.projects.domain.values import Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_LIMIT = Decimal(10) ** 18


def decide_statistics(command: StatisticsCommand, state: Project) -> Decision:
    """A month is recorded once, of a signed project, and corrected with a reason."""
    wrong = _check_month(command, state) or _check_amount(command, state)
    if wrong is not None:
        return wrong
    match command:
        case RecordStatistics():
            return record(command, state)
        case CorrectStatistics():
            return correct(command, state)


def record(command: RecordStatistics, state: Project) -> Decision:
    """入统: the month's figure as the statistics bureau counts it; the same again changes nothing."""
    known = state.statistics.get(command.month)
    if known == command.amount:
        return []
    if known is not None:
        return Rejection(
            "month-recorded",
            f"{command.month} 已登记入统数据；有误的请更正并写明原因。",
            f"{command.month} is on record; correct it, with the reason, where it is wrong.",
            details={"month": command.month, "amount": str(known)},
            status=409,
            field="month",
        )
    wrong = check_free_text(note=command.note)
    return wrong or [
        StatisticsRecorded(
            command.month, command.amount, _cumulative(command, state), command.today, command.by, command.note
        )
    ]


def correct(command: CorrectStatistics, state: Project) -> Decision:
    """What was recorded stays on record; the correction says what holds."""
    known = state.statistics.get(command.month)
    if known is None:
        return Rejection(
            "month-not-recorded",
            f"{command.month} 尚未登记入统数据，无可更正。",
            f"{command.month} is not on record; record it first.",
            status=404,
            field="month",
        )
    if known == command.amount:
        return []
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [
        StatisticsCorrected(
            command.month, known, command.amount, _cumulative(command, state), command.reason, command.today, command.by
        )
    ]


def _cumulative(command: StatisticsCommand, state: Project) -> Decimal:
    return sum({**state.statistics, command.month: command.amount}.values(), ZERO)


def _check_month(command: StatisticsCommand, state: Project) -> Rejection | None:
    if state.stage.rank < Stage.SIGNED.rank:
        return Rejection(
            "not-signed",
            "项目签订正式合同后才登记入统数据。",
            "Statistics are recorded of a project with a formal contract.",
            status=409,
        )
    this_month = command.today.isoformat()[:7]
    if is_month(command.month) and command.month <= this_month:
        return None
    return Rejection(
        "month-wrong",
        f"月份须为 {this_month} 或更早的月份（如 2026-07）。",
        f"The month is {this_month} or an earlier one, written as 2026-07.",
        details={"month": command.month},
        field="month",
    )


def _check_amount(command: StatisticsCommand, state: Project) -> Rejection | None:
    if command.amount >= ZERO and _cumulative(command, state) < _LIMIT:
        return None
    return Rejection(
        "amount-out-of-range",
        "入统金额不得为负，累计不得超出可登记的范围。",
        "A month's figure is not below zero, and all of them together are within what can be kept.",
        field="amount",
    )
