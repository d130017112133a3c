"""Bodies and answers of the API."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.reporting.domain.report.state import Status
from services.reporting.domain.report.values import Indicator, Step
from services.reporting.ids import GROUP_ID

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
PeriodText = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-U-[a-z][a-z0-9-]*$", max_length=80)]
GroupId = Annotated[str, StringConstraints(pattern=GROUP_ID)]
PersonId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:_.-]*$", max_length=80)]
Position = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[0-9]{6}-[A-Za-z0-9-]+@[1-9][0-9]*$", max_length=120)]
Quantity = Annotated[Decimal, Field(max_digits=20, decimal_places=2)]


class Body(BaseModel):
    """A request's body; a field that is not known is an error."""

    model_config = ConfigDict(extra="forbid")


class OpenPeriodBody(Body):
    """Begin to report."""

    period: PeriodText | None = Field(None, description="Default: the current one", examples=["2026-08"])
    groups: list[GroupId] | None = Field(
        None,
        min_length=1,
        description="Default: every group of the roster that does not report yet",
        examples=[["410804-G-1"]],
    )


class ContributeBody(Body):
    """A responsible unit's part of a group's report (责任单位供稿)."""

    unit: UnitId = Field(examples=["410804-U-finance"])
    text: Prose = Field(examples=["本月为招商一组 2 个在谈项目落实专项债申报材料。（模拟数据）"])


class ClaimBody(Body):
    """What the liaison says of the month where it differs from the events; both numbers stay in the report."""

    indicator: Indicator = Field(examples=[Indicator.SIGNED_COUNT])
    month: Quantity = Field(examples=["3"])
    explanation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        "", examples=["一份合同已签，扫描件在途。（模拟数据）"]
    )


class DraftBody(Body):
    """The report in words. Its figures come from the events."""

    narrative: Prose = Field(examples=["本月外出招商 2 次，对接企业 5 家，新签约项目 1 个。（模拟数据）"])
    claims: list[ClaimBody] = Field(default_factory=list, max_length=len(Indicator))


class ReviewBody(Body):
    """The lead unit whose head reviews."""

    unit: UnitId = Field(examples=["410804-U-development-reform"])


class ReasonsBody(Body):
    """Why."""

    reasons: list[Line] = Field(min_length=1, max_length=20, examples=[["到位资金数与初审数不一致，请核对。"]])


class SendBackBody(ReasonsBody):
    """Why, and for which lead unit; without a unit: by the group leader."""

    unit: UnitId | None = Field(None, examples=["410804-U-development-reform"])


class DelegateBody(Body):
    """Who signs off this report in the leader's place: the deputy, or the head of a lead unit who has not reviewed."""

    delegate: PersonId = Field(examples=["410804-N-lu-xiaocheng"])
    reason: Line = Field(examples=["组长外出招商"])


class CorrectionBody(Body):
    """What a closed month's figure should be."""

    indicator: Indicator
    month: Quantity = Field(examples=["1"])


class RestateBody(Body):
    """Correct a closed month in the open."""

    reason: Line = Field(examples=["合同被认定无效，签约数更正。"])
    basis: list[Position] = Field(
        min_length=1,
        max_length=50,
        description="Positions of the correcting events",
        examples=[["projects/410804-P-2026-0001@9"]],
    )
    corrections: list[CorrectionBody] = Field(min_length=1, max_length=len(Indicator))


class FigureView(BaseModel):
    """本月, 1-N月累计, 同比, 目标 and 完成率. Amounts in yuan."""

    indicator: Indicator
    month: Decimal
    cumulative: Decimal
    last_year: Decimal | None = Field(
        None, description="The same month last year; null where the log does not reach back"
    )
    target: Decimal | None = Field(None, description="The year's target")
    completion: Decimal | None = Field(None, description="Cumulative over target, 1 being the whole")
    claimed: Decimal | None = Field(None, description="What the liaison says, where it differs from the events")
    explanation: str | None = None
    before_restatement: Decimal | None = Field(None, description="A closed month's figure before its last restatement")


class ReportSummary(BaseModel):
    """A group's report of a period."""

    id: str = Field(examples=["410804-R-2026-08-G1"])
    group: str
    group_zh: str | None
    group_en: str | None
    period: str
    status: Status
    due_at: datetime
    due_day: date
    provisional: bool = Field(description="The calendar behind the dates is not final")
    clock_stops_at: Step
    missed: bool = Field(description="DeadlineMissed was published")
    late_seconds: int | None = Field(
        description="When the clock stopped, seconds after the due time; null while it runs"
    )
    draft: int
    submission: int
    submitted_at: datetime | None
    frozen: bool
    restatements: int


class StepView(BaseModel):
    """One step on the report's path."""

    step: str
    at: datetime
    by: str | None
    details: dict[str, Any]


class ContributionView(BaseModel):
    """How a responsible unit's contribution stands: submitted, late, overdue or awaited."""

    unit: str
    state: str
    text: str | None = None
    by: str | None = None
    at: datetime | None = None


class ReportView(ReportSummary):
    """A report with all that belongs to it."""

    starts_at: datetime
    ends_at: datetime
    nominal_day: date
    contribution_due_at: datetime
    lead_units: list[str]
    responsible_units: list[str]
    settings: dict[str, str] = Field(description="The settings behind the dates, as they stood at the opening")
    calendars: list[dict[str, Any]]
    narrative: str | None
    figures_as_of: datetime | None
    delegate: str | None
    stopped_at: datetime | None
    cut: list[dict[str, Any]] | None = Field(description="The markers that the freeze waited for")
    figures_now: list[FigureView] = Field(description="What the events say now")
    figures_drafted: list[FigureView] = Field(description="What the latest draft says")
    figures_frozen: list[FigureView] = Field(description="What the closed month says, as restated")
    contributions: list[ContributionView]
    steps: list[StepView]


class PeriodView(BaseModel):
    """A period and how its reports stand."""

    period: str
    starts_at: datetime
    ends_at: datetime
    due_at: datetime
    provisional: bool
    reports: int
    submitted: int
    accepted: int
    missed: int
    frozen: int


class DeadlineView(BaseModel):
    """Something that is still to come: `due`, `contributions` or `reminder`."""

    report: str
    group: str
    period: str
    name: str
    due_at: datetime
