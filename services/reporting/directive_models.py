"""Bodies and answers of the API of directives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from services.reporting.api_models import GroupId, UnitId
from services.reporting.domain.directive.events import Outcome
from services.reporting.domain.directive.state import DirectiveStatus
from services.reporting.ids import HEARING_ID
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256

Text = Annotated[Prose, StringConstraints(min_length=1)]
HearingRef = Annotated[str, StringConstraints(pattern=HEARING_ID)]


class AssignmentBody(Body):
    """To whom it is given, and until when."""

    owner: UnitId = Field(examples=["410804-U-finance"])
    group: GroupId | None = Field(None, examples=["410804-G-1"])
    due_on: Day = Field(examples=["2026-09-30"])


class DirectiveBody(Body):
    """A matter that the supervision office takes on; with `issue` it is given to its owner at once."""

    title: Line = Field(examples=["加快示例铝业项目用地手续（模拟数据）"])
    text: Text = Field(examples=["9月底前完成用地预审并书面反馈。（模拟数据）"])
    basis: Line = Field(description="What it rests on", examples=["第4次双月听取汇报会议纪要第三项"])
    hearing: HearingRef | None = Field(None, examples=["410804-HD-2026-08"])
    issue: AssignmentBody | None = None


class FeedbackBody(Body):
    """How it stands."""

    text: Text = Field(examples=["用地预审已报市局，预计下周批复。（模拟数据）"])
    done: bool = Field(False, description="It is finished: verification is asked for")
    documents: list[Sha256] = Field(default_factory=list, max_length=50, description="SHA-256 of each document")


class ExtensionBody(Body):
    """A later due day is asked for."""

    new_due_on: Day = Field(examples=["2026-10-15"])
    reason: Line = Field(examples=["市局审批时限延长"])


class GrantBody(Body):
    """The day that is granted; without it the one asked for."""

    due_on: Day | None = None


class ReasonBody(Body):
    """Why."""

    reason: Line = Field(examples=["理由不充分，请按原期限办理。"])


class VerifyBody(Body):
    """Whether what is said to be done is done."""

    passed: bool
    note: Prose = Field("", examples=["已核对批复文件。"])


class CloseBody(Body):
    """销号 after a verification that passed; `withdrawn` with a reason for one that is no longer wanted."""

    withdrawn: bool = False
    reason: Prose = ""


class DirectiveSummary(BaseModel):
    """A directive (督办事项)."""

    id: str = Field(examples=["410804-V-2026-0001"])
    title: str
    status: DirectiveStatus
    owner: str | None
    owner_zh: str | None
    group: str | None
    hearing: str | None
    due_on: date | None
    overdue: bool = Field(description="Its present due day was missed")
    overdue_times: int
    asked_until: date | None = Field(description="An extension that waits for its answer")
    registered_on: date
    issued_on: date | None
    closed_on: date | None
    outcome: Outcome | None
    late: bool | None


class DirectiveStep(BaseModel):
    """One step of a directive."""

    step: str
    at: datetime
    by: str | None
    details: dict[str, Any]


class DirectiveView(DirectiveSummary):
    """A directive with every step."""

    text: str
    basis: str
    finished_on: date | None
    steps: list[DirectiveStep]
