"""Bodies and answers of the API of findings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from services.audit.domain.finding.events import FindingKind, FindingRule, Outcome
from sevenx.kernel.bodies import Body, Prose, Sha256

FINDING_ID = r"^[0-9]{6}-A-[0-9a-f]{16}$"
UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-U-[a-z][a-z0-9-]*$", max_length=80)]
GroupId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-G-[0-9]+$")]
StreamId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[A-Za-z0-9-]+$", max_length=128)]
Text = Annotated[Prose, StringConstraints(min_length=1)]


class AnswerBody(Body):
    """A unit's explanation; without a unit: in the name of a group that it concerns."""

    text: Text = Field(examples=["合同于6月签订，因经办人外出，7月补录。（模拟数据）"])
    unit: UnitId | None = Field(None, examples=["410804-U-finance"])
    sha256: Sha256 | None = Field(None, description="Of a document that bears it out")


class ConcludeFindingBody(Body):
    """The supervision office's conclusion."""

    outcome: Outcome = Field(examples=[Outcome.EXPLAINED])
    reason: Text = Field(examples=["说明属实，已补充材料。（模拟数据）"])


class FindingSummary(BaseModel):
    """A finding (审计疑点)."""

    id: str = Field(examples=["410804-A-0f1e2d3c4b5a6978"])
    kind: FindingKind
    status: str = Field(description="`raised`, `answered` or `concluded`")
    title_zh: str
    title_en: str
    rules: list[FindingRule]
    subjects: list[str] = Field(description="What it is about: streams")
    units: list[str]
    groups: list[str]
    amount: Decimal | None
    days: int | None
    resubmission: bool = Field(description="The voucher's earlier use had been reversed before")
    raised_for: date
    answer_by: date
    outcome: Outcome | None


class EvidenceEvent(BaseModel):
    """An event that the finding rests on, as the log holds it."""

    position: str = Field(examples=["projects/410804-P-2026-0001@3"])
    name: str = Field(examples=["projects.ProjectSigned"])
    occurred_at: datetime = Field(description="Business time")
    recorded_at: datetime = Field(description="Wall time")
    actor: str
    data: dict[str, Any]
    hash: str = Field(description="SHA-256 of the event's bytes: the data of its Merkle leaf")
    seal: int | None = Field(description="The seal that holds it; null while it is not sealed")


class FindingStep(BaseModel):
    """One step of a finding."""

    step: str
    at: datetime
    by: str | None
    details: dict[str, Any]


class FindingView(FindingSummary):
    """A finding with its evidence pack: the events decoded, each with its hash and seal."""

    detail: str
    detail_en: str
    persons: list[str]
    evidence: list[str]
    answers: int
    reason: str | None
    concluded_by: str | None
    concluded_on: date | None
    events: list[EvidenceEvent]
    steps: list[FindingStep]
