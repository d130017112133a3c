"""Answers of the API's reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field

from services.assessment.domain.score.events import Part
from services.assessment.domain.year.events import CommendationKind
from services.assessment.domain.year.state import AppealState, Phase


class RulebookErrorView(BaseModel):
    """What is wrong with a rulebook, where, and how to mend it."""

    path: str = Field(examples=["cohorts[0].indicators[3].marks"])
    line: int = Field(examples=[31])
    zh: str
    en: str


class CohortView(BaseModel):
    """A cohort of a rulebook and who is in it by the roster now."""

    id: str
    zh: str
    en: str
    full_marks: Decimal
    indicators: int
    members: list[str]


class RulebookCheck(BaseModel):
    """Whether a text can be published; nothing was stored."""

    ok: bool
    sha256: str
    title: str | None = None
    year: int | None = None
    errors: list[RulebookErrorView]
    cohorts: list[CohortView] = []


class RulebookSummary(BaseModel):
    """A published version."""

    year: int
    version: int
    title: str
    sha256: str
    published_by: str
    published_on: date
    reason: str


class RulebookView(RulebookSummary):
    """A published version with its text."""

    document: str
    cohorts: list[CohortView]
    vetoes: list[dict[str, str]]


class AssessmentSummary(BaseModel):
    """The assessment of a year."""

    id: str = Field(examples=["410804-Y-2026"])
    year: int
    phase: Phase
    calculation: int = Field(description="The latest one's number")
    rulebook: int
    as_of: datetime
    provisional: bool
    rated_on: date | None
    publicized_on: date | None
    until: date | None = Field(description="Last day of the public notice")
    settled_on: date | None
    document_number: str | None
    version: int | None = Field(description="Of the frozen result")


class CalculationView(BaseModel):
    """A calculation; `month` is set where the clock made it, `by` where a person did."""

    calculation: int
    rulebook: int
    as_of: datetime
    provisional: bool
    month: str | None
    by: str | None
    at: datetime


class VetoView(BaseModel):
    """A veto that holds (一票否决)."""

    subject: str
    veto: str
    title: str
    basis: str
    document_number: str
    reason: str
    applied_on: date


class StepView(BaseModel):
    """A step on the year's path."""

    step: str
    at: datetime
    by: str | None
    details: dict[str, Any]


class AssessmentView(AssessmentSummary):
    """The assessment of a year with its path."""

    ends_at: datetime
    until_at: datetime | None
    notice_ended: bool | None
    provisional_calendar: bool | None
    not_closed: list[str] = Field(description="Areas that have not closed the year in every partition yet")
    cut: list[dict[str, Any]] | None = Field(description="The markers that the freeze waited for")
    calculations: list[CalculationView]
    vetoes: list[VetoView]
    steps: list[StepView]


class RankedView(BaseModel):
    """A place in a ranking; equal totals share one."""

    cohort: str
    rank: int
    subject: str
    subject_name: str
    total: Decimal
    vetoed: bool


class RankingView(BaseModel):
    """A ranking and what it rests on."""

    year: int
    basis: str = Field(description="live, calculated, public, settled or frozen", examples=["frozen"])
    public: bool
    phase: Phase | None
    calculation: int | None
    version: int | None
    as_of: datetime
    provisional: bool
    cohorts: list[CohortView]
    ranking: list[RankedView]


class FactView(BaseModel):
    """What one event adds."""

    position: str = Field(examples=["projects/410804-P-2026-0007@9"])
    at: datetime
    value: Decimal
    zh: str
    whole: Decimal
    share: Decimal | None
    share_position: str | None


class ItemView(BaseModel):
    """One indicator of a score."""

    indicator: str
    zh: str
    en: str
    part: Part
    measure: str
    value: Decimal
    target: Decimal | None
    points: Decimal
    points_now: Decimal = Field(description="With what was corrected")
    max_points: Decimal
    marks: Decimal
    applies: bool
    formula: str
    facts_count: int
    facts_sha256: str
    facts_agree: bool = Field(description="Whether the facts shown have the digest that was recorded")
    facts: list[FactView]


class CorrectionView(BaseModel):
    """What was corrected of a score."""

    indicator: str
    was: Decimal
    now: Decimal
    total_was: Decimal
    total_now: Decimal
    reason: str
    by: str
    on: date
    appeal: int | None
    version: int | None = Field(description="Of the frozen assessment that it made")


class ScoreView(BaseModel):
    """A subject's score, explained item by item to the events."""

    id: str | None = Field(description="Its stream; null where it was calculated only for this answer")
    position: str | None = Field(description="The event that holds it")
    year: int
    basis: str
    cohort: str
    subject: str
    subject_name: str
    calculation: int | None
    version: int | None
    rulebook: int
    as_of: datetime
    provisional: bool
    scale: Decimal
    total: Decimal = Field(description="As calculated")
    total_now: Decimal = Field(description="With what was corrected")
    items: list[ItemView]
    corrections: list[CorrectionView]


class AppealView(BaseModel):
    """An appeal and what became of it."""

    appeal: int
    state: AppealState
    appellant: str
    subject: str
    indicator: str | None
    grounds: str
    evidence: list[str]
    sha256: str | None
    filed_by: str
    filed_on: date
    reason: str | None
    reviewed_by: str | None
    reviewed_on: date | None
    correction: dict[str, Any] | None


class CommendationView(BaseModel):
    """Advice to commend; nothing follows from it by itself."""

    commendation: int
    kind: CommendationKind
    subject: str
    subject_name: str
    person: str | None
    reason: str
    advised_on: date
