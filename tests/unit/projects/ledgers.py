"""Rows of old ledgers as the tests tell them. All names are fictional (模拟数据)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.projects.deciders import PROJECT
from services.projects.domain.project.baseline_commands import ApproveBaseline, BaselineProject, RejectBaseline
from services.projects.domain.project.events import BaselineSource, ProjectBaselined, StageDate
from services.projects.domain.values import STAGES, ProjectType, Stage, Status
from tests.unit.projects.stories import CHECKER, INVESTOR, OFFICER, RULES, TODAY, ZONE, Story, open_project, sha

DAYS = (
    date(2023, 3, 1), date(2023, 9, 10), date(2024, 1, 15), date(2024, 5, 20), date(2025, 6, 1), date(2026, 2, 1),
)  # fmt: skip
SOURCE = BaselineSource("历史台账（模拟）.xlsx", sha("ledger"), 7)


def reached(stage: Stage) -> tuple[StageDate, ...]:
    return tuple(StageDate(one, on) for one, on in zip(STAGES, DAYS, strict=True) if one.rank <= stage.rank)


def row(stage: Stage = Stage.LANDED, **changes: Any) -> BaselineProject:
    """A row of a project that had come this far."""
    opened = open_project()
    signed, landed = stage.rank >= Stage.SIGNED.rank, stage.rank >= Stage.LANDED.rank
    facts: dict[str, Any] = {
        "name": "年产2万吨铝箔项目（模拟）",
        "project_type": ProjectType.LEASED_PLANT,
        "content": "租赁厂房8000平方米，铝箔轧机1台",
        "investor": INVESTOR,
        "origin": opened.origin,
        "origin_place": opened.origin_place,
        "industry": opened.industry,
        "group": opened.group,
        "finder": opened.finder,
        "stage": stage,
        "status": Status.ACTIVE,
        "reached": reached(stage),
        "source": SOURCE,
        "rulebook": RULES,
        "today": TODAY,
        "by": OFFICER,
        "landing_unit": ZONE if landed else None,
        "landing_kind": "zone" if landed else None,
        "contract_number": "马招合〔2023〕9号（模拟）" if signed else None,
        "contract_amount": Decimal(80_000_000) if signed else None,
        "baselined_funds": Decimal(30_000_000) if signed else None,
    }
    return BaselineProject(**{**facts, **changes})


def approve(**changes: Any) -> ApproveBaseline:
    return ApproveBaseline(**{"today": TODAY, "by": CHECKER, **changes})


def reject(**changes: Any) -> RejectBaseline:
    return RejectBaseline(**{"reason": "合同已于2023年解除", "today": TODAY, "by": CHECKER, **changes})


def taken_over(stage: Stage = Stage.LANDED, approved: bool = True) -> Story:
    """A project of an old ledger."""
    story = Story(PROJECT).after([row(stage)])
    return story.after([approve()]) if approved else story


def baselined(stage: Stage = Stage.LANDED) -> ProjectBaselined:
    """The event that a row becomes."""
    [event] = Story(PROJECT).when(row(stage))
    assert isinstance(event, ProjectBaselined)
    return event
