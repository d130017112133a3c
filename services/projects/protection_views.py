"""What the lists and pages of protections, lights and referrals answer."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.projects.api_types import View
from services.projects.api_views import ReasonView
from services.projects.domain.protection.state import Standing
from services.projects.domain.values import Light, Stage, Status


class ProtectionView(View):
    """A report of an investor. Of another unit's report only its unit, group and that it holds are shown."""

    lead: str
    unit: str = Field(alias="finder", serialization_alias="unit", description="The unit that found it")
    group: str = Field(alias="group_id", serialization_alias="group")
    standing: Standing = Field(description="holding: protected; queued: on file, waits; ended")
    since: date | None
    investor_name: str | None
    intent: str | None
    report: int | None = Field(description="The order of the investor's reports; 1 is the first (首报)")
    registered_on: date | None
    from_date: date | None
    until: date | None
    basis: str | None
    extended: bool | None
    fulfilled: bool | None = Field(description="The formal contract is signed: no term counts any more")
    project: str | None
    warned_since: date | None = Field(description="The idleness of which the holder was warned")
    proposed_since: date | None = Field(description="The idleness for which a release is proposed")
    ended_cause: str | None


class ProtectionList(View):
    items: list[ProtectionView]


class FirstTalkView(View):
    lead: str
    unit: str = Field(alias="finder", serialization_alias="unit")
    talked_on: date
    sha256: str


class ContestView(View):
    contest: int
    lead: str
    by_unit: str = Field(alias="finder", serialization_alias="by_unit")
    holder: str
    holder_unit: str
    group: str = Field(alias="group_id", serialization_alias="group")
    intent: str
    grounds: str
    evidence: list[str]
    contested_on: date
    decide_by: date
    referee: str = Field(description="The office that decides")
    state: str = Field(description="open, upheld, dismissed or lapsed")
    overdue: bool
    closed_on: date | None
    reason: str | None


class ContestList(View):
    items: list[ContestView]


class LeadProtectionView(ProtectionView):
    """How a lead stands among the reports of its investor and intent."""

    holder_unit: str | None = Field(description="Who is protected; null: nobody")
    position: int | None = Field(description="In the queue, 1 is the next one; null where it does not wait")
    waiting: int | None = Field(description="How many wait behind the protection")
    idle_since: date | None = Field(description="The latest progress that counts")
    contest_until: date | None = Field(description="The last day to contest; null where there is nothing to contest")
    first_talk: FirstTalkView | None = Field(description="首谈: the first talk that is proved")
    first_talk_differs: bool = Field(description="首报 and 首谈 are of two units: decided on evidence, when contested")
    contests: list[ContestView]
    queue: list[ProtectionView] = Field(description="Who waits, in order; for the offices of the district alone")


class LightView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    name: str
    group: str = Field(alias="group_id", serialization_alias="group")
    unit: str = Field(description="The landing unit, before it the finder")
    stage: Stage
    status: Status
    light: Light
    light_since: date
    light_reasons: list[ReasonView]
    progress_on: date = Field(description="The latest progress")
    stalled_since: date | None
    next_date: date | None = Field(description="The agreed date of the next stage")


class LightCount(View):
    group: str = Field(alias="group_id", serialization_alias="group")
    light: Light
    projects: int
    stalled: int


class LightsView(View):
    counts: list[LightCount] = Field(description="Projects that are under way, by group and light")
    items: list[LightView] = Field(description="The gravest first, then the longest without progress")


class StalledList(View):
    items: list[LightView] = Field(description="The longest without progress first")


class LightsRulebookView(View):
    version: str
    stall_days: dict[str, int] = Field(description="Days without progress, by stage, after which a project has stalled")
    agreed_date_yellow_days_before: int
    agreed_date_red_days_after: int
    stall_red_days_after: int
    status: dict[str, Light]
