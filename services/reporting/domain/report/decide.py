"""What a report answers to each command. The rules stand in `dates`, `path` and `closing`."""

from __future__ import annotations

from services.reporting.domain.report import closing, dates, path
from services.reporting.domain.report.commands import (
    AcceptReport,
    CloseContributions,
    Contribute,
    DelegateSignOff,
    DraftReport,
    FreezeFigures,
    JudgeDeadline,
    MoveDeadline,
    OpenReport,
    Remind,
    RestateReport,
    ReturnReport,
    ReviewReport,
    SendBack,
    SignOff,
)
from services.reporting.domain.report.state import Report
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

NOT_OPEN = Rejection(
    "report-not-open",
    zh="该组该期的月报尚未开启；请先开启报送期。",
    en="This group's report of that period has not been opened; open the period first.",
    rule="三(三)",
    status=404,
)


def decide(command: object, state: Report) -> Decision:
    """The events that the command causes, or why it is refused."""
    if isinstance(command, OpenReport):
        return dates.open_report(command, state)
    if not state.opened:
        return NOT_OPEN
    match command:
        case JudgeDeadline():
            return dates.judge_deadline(command, state)
        case Remind():
            return dates.remind(command, state)
        case CloseContributions():
            return dates.close_contributions(command, state)
        case MoveDeadline():
            return dates.move_deadline(command, state)
        case FreezeFigures():
            return closing.freeze(command, state)
        case RestateReport():
            return closing.restate(command, state)
        case _:
            return _on_the_path(command, state)


def _on_the_path(command: object, state: Report) -> Decision:
    match command:
        case Contribute():
            return path.contribute(command, state)
        case DraftReport():
            return path.draft(command, state)
        case ReviewReport():
            return path.review(command, state)
        case SendBack():
            return path.send_back(command, state)
        case DelegateSignOff():
            return path.delegate(command, state)
        case SignOff():
            return path.sign_off(command, state)
        case AcceptReport():
            return path.accept(command, state)
        case ReturnReport():
            return path.return_report(command, state)
    raise TypeError(f"not a command of a report: {command!r}")
