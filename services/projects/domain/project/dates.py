"""Agreed dates: by when each stage is to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.project.checks import check_agreed_order, check_not_over
from services.projects.domain.project.commands import AgreeDates
from services.projects.domain.project.events import AgreedDateSet
from services.projects.domain.project.state import Project
from services.projects.domain.values import STAGE_ZH, Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def agree(command: AgreeDates, state: Project) -> Decision:
    """Every stage has an agreed date (三(五)); it is changed with a reason, for stages that are still to come."""
    past = [stage for stage, _ in command.dates if stage.rank <= state.stage.rank]
    if past:
        return Rejection(
            "stage-already-reached",
            f"“{STAGE_ZH[past[0]]}”已到达，约定日期不再变更。",
            f"The stage {past[0]} is reached; its agreed date no longer changes.",
            details={"stages": [str(stage) for stage in past]},
            status=409,
            field=f"dates.{past[0]}",
        )
    wrong = check_not_over(state) or check_free_text(reason=command.reason)
    if wrong is not None:
        return wrong
    events = agreed_dates(command.dates, state.agreed, command.today, command.by, command.reason)
    if any(event.previous is not None for event in events) and (unexplained := check_reason(command.reason)):
        return unexplained
    pending = {stage: on for stage, on in state.agreed.items() if stage.rank > state.stage.rank}
    not_in_order = check_agreed_order({**pending, state.stage: state.reached[state.stage], **dict(command.dates)})
    return not_in_order.within("dates") if not_in_order else events


def agreed_dates(
    dates: tuple[tuple[Stage, date], ...], before: Mapping[Stage, date], today: date, by: str, reason: str
) -> list[AgreedDateSet]:
    """An event for each date that differs from what was agreed before."""
    return [
        AgreedDateSet(stage, on, today, by, before.get(stage), reason) for stage, on in dates if before.get(stage) != on
    ]
