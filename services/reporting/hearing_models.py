"""Bodies and answers of the API of hearings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.reporting.api_models import PeriodText
from services.reporting.domain.hearing.state import HearingStatus
from services.reporting.domain.hearing.values import (
    DirectiveBrief,
    GroupBrief,
    ProjectBrief,
    ReportBrief,
    UnitBrief,
)
from sevenx.kernel.bodies import Body, Day, Line, Sha256

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Reporter = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[GU]-[a-z0-9-]+$", max_length=80)]


class ScheduleBody(Body):
    """Begin to hear reports every second month."""

    month: PeriodText | None = Field(None, description="Default: the first that is still ahead", examples=["2026-08"])


class PostponeBody(Body):
    """Put the hearing off."""

    planned_on: Day = Field(examples=["2026-09-03"])
    reason: Line = Field(examples=["与省级会议冲突（模拟数据）"])


class HeldBody(Body):
    """Who chaired, who reported, what was said."""

    held_on: Day = Field(examples=["2026-08-27"])
    chair: Line = Field(examples=["示例区长（模拟）"])
    attended: list[Reporter] = Field(min_length=1, max_length=200, examples=[["410804-G-1", "410804-U-finance"]])
    summary: Text = Field(examples=["听取各招商小组汇报，要求加快在谈项目签约。（模拟数据）"])


class MinutesBody(Body):
    """A draft of the minutes, or the draft that is approved, by the SHA-256 of its file."""

    sha256: Sha256 = Field(examples=["0f" * 32])


class MinutesBackBody(Body):
    """Why another draft is wanted."""

    reasons: list[Line] = Field(min_length=1, max_length=20, examples=[["请补充责任单位和时限。"]])


class IssueMinutesBody(MinutesBody):
    """The document as issued, under the number that the office entered from its register."""

    document_number: Line = Field(examples=["马政办会纪〔2026〕3号"])


class HearingSummary(BaseModel):
    """A hearing (听取汇报)."""

    id: str = Field(examples=["410804-HD-2026-08"])
    year: int
    month: int
    number: int = Field(description="Of the year's hearings")
    status: HearingStatus
    covers_from: datetime
    covers_until: datetime
    planned_on: date
    provisional: bool = Field(description="The calendar behind the day is not final")
    pack: int = Field(description="The latest briefing pack; 0 while there is none")
    held_on: date | None
    document_number: str | None
    issued_on: date | None


class HearingStep(BaseModel):
    """One step of a hearing."""

    step: str
    at: datetime
    by: str | None
    details: dict[str, Any]


class PackView(BaseModel):
    """A briefing pack (汇报材料). What was recorded within its time is counted by when it was recorded; reports,
    projects and directives stand as they stood at `as_of`."""

    model_config = ConfigDict(from_attributes=True)

    hearing: str
    pack: int
    covers_from: datetime
    covers_until: datetime
    as_of: datetime
    sha256: str = Field(description="Of the pack's canonical JSON; the same as in BriefingPackPrepared")
    prepared_by: str
    groups: list[GroupBrief]
    units: list[UnitBrief]
    reports: list[ReportBrief]
    projects: list[ProjectBrief]
    directives: list[DirectiveBrief]


class HearingView(HearingSummary):
    """A hearing with all that belongs to it."""

    reporters: list[str]
    settings: dict[str, str]
    chair: str | None
    attended: list[str] | None
    absent: list[str] | None
    summary: str | None
    draft: int
    draft_sha256: str | None
    approved_by: str | None
    minutes_sha256: str | None
    briefing: PackView | None = Field(description="The latest pack")
    steps: list[HearingStep]
