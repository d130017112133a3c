"""Bodies and answers of the gates before the contract (前置程序)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.projects.api_types import UnitId, View
from services.projects.domain.project.events import Gate, GateOutcome
from services.projects.domain.values import ProjectType
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example


class RecordGateBody(Body):
    """A gate as its document says: which one, when, by whom, and how it ended."""

    gate: Gate
    held_on: Day
    body: Line = Field(description="Who held it, as the document names it")
    departments: Annotated[list[UnitId], Field(default_factory=list, max_length=40)] = Field(
        description="Units that took part; a joint review needs two or more"
    )
    outcome: GateOutcome
    reference: Line = Field(description="Number of the document (文号)")
    document_sha256: Sha256
    conditions: Prose = Field("", description="Needed unless it was passed outright: the conditions, or why it failed")
    model_config = example(
        gate="joint_review",
        held_on="2026-07-20",
        body="区招商项目联审会议",
        departments=["410804-U-commerce", "410804-U-development-reform"],
        outcome="conditional",
        reference="马招审〔2026〕3号（模拟）",
        document_sha256="0f" * 32,
        conditions="能耗指标落实后签约",
    )


class TakeGateBackBody(Body):
    reason: Line
    model_config = example(reason="结论录入有误")


class GateView(View):
    number: int
    gate: Gate
    held_on: date
    body: str
    departments: list[str]
    outcome: GateOutcome
    reference: str
    document_sha256: str
    conditions: str
    recorded_on: date
    recorded_by: str
    taken_back: bool


class MissingGateView(View):
    gate: Gate
    zh: str
    en: str
    failed: bool = Field(description="Held, and failed")


class GatesView(View):
    """The gates of a project: all that were held, and those that its type and amount still ask for."""

    held: list[GateView]
    missing: list[MissingGateView]
    required_from: date | None = Field(description="From which day on a signature needs them; null for never")
    rulebook: str


class GateNeedView(View):
    gate: Gate
    zh: str
    en: str
    project_type: ProjectType
    from_amount: Decimal = Field(description="From this contract amount in yuan on; 0 for every amount")


class GatesRulebookView(View):
    version: str
    needs: list[GateNeedView]
