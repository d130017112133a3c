"""Checks that several rules of a project share. Each answers with a Rejection or None."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from services.projects.domain.project.state import Project
from services.projects.domain.values import ALIVE, OVER, STAGE_ZH, STAGES, STATUS_ZH, Stage
from sevenx.kernel.errors import Rejection

LANDING_KINDS = ("zone", "sub_district")
"""Kinds of unit in the registry that projects land at: 特色商业区, 产业集聚区, 各街道办事处 (二(一))."""


def check_not_over(state: Project) -> Rejection | None:
    """A lost or terminated project takes no new dates, claims or stages."""
    return _status(state) if state.status in OVER else None


def check_alive(state: Project) -> Rejection | None:
    """Only an active or delayed project moves on; a dormant or lost one is made active first."""
    return None if state.status in ALIVE else _status(state)


def _status(state: Project) -> Rejection:
    return Rejection(
        "project-not-active",
        f"项目状态为“{STATUS_ZH[state.status]}”，不能办理；确需继续的，请先变更状态并说明原因。",
        f"The project is {state.status}; change its status first, with the reason, if it goes on.",
        details={"status": str(state.status)},
    )


def check_agreed_order(dates: Mapping[Stage, date]) -> Rejection | None:
    """Agreed dates follow the order of the stages (三(五): 早落地、早开工、早投产)."""
    known = [(stage, dates[stage]) for stage in STAGES if stage in dates]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            return Rejection(
                "agreed-dates-out-of-order",
                f"约定{STAGE_ZH[later]}日期 {second} 早于{STAGE_ZH[earlier]}日期 {first}。",
                f"The date agreed for {later}, {second}, lies before that of {earlier}, {first}.",
                rule="三（五）",
                details={"stage": str(later)},
                field=str(later),
            )
    return None


def check_positive(zh: str, field: str, amount: Decimal) -> Rejection | None:
    """An amount that something is about is greater than zero."""
    if amount > 0:
        return None
    return Rejection("amount-not-positive", f"{zh}须大于零。", f"`{field}` must be greater than zero.", field=field)
