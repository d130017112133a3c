"""What the lists and pages answer. Amounts are yuan, as text with two digits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from services.projects.api_types import View
from services.projects.baseline_models import BaselineView
from services.projects.contract_models import AmendmentView, ExtensionLine, StatisticsMonth, WithExtensions
from services.projects.domain.lead.state import LeadStatus
from services.projects.domain.project.state import BaselineStanding
from services.projects.domain.values import Light, ProjectType, Stage, Status
from services.projects.gate_models import GateView
from services.projects.promise_models import PromiseView


class LeadView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    title: str
    intent: str
    investor_name: str
    investor_code: str | None
    enterprise: str | None = Field(
        alias="investor_id", serialization_alias="enterprise", description="Its id in the register of enterprises"
    )
    origin: str
    origin_place: str
    source: str
    referred_by: str | None
    industry: str
    industry_code: str | None
    group: str = Field(alias="group_id", serialization_alias="group")
    finder: str
    expected_investment: Decimal | None
    contact: str | None
    registered_on: date
    registered_by: str
    status: LeadStatus
    qualified_on: date | None
    closed_on: date | None
    closed_reason: str | None
    project: str | None


class TransferView(View):
    transfer: int
    from_unit: str
    from_group: str
    to_unit: str
    to_group: str
    share: Decimal = Field(description="The receiver's part of the credit")
    reason: str
    asked_on: date
    asked_by: str
    state: str = Field(description="asked, accepted, declined or withdrawn")
    ended_on: date | None
    ended_by: str | None
    answer: str | None = Field(description="Why it was declined or withdrawn")


class LeadPageView(LeadView):
    """A lead with its talks and transfers, for those who work on it."""

    found_by: str | None = Field(description="The unit that registered it (首报单位)")
    found_group: str | None
    parts: list[dict[str, Any]] | None = Field(description="Who has which part of the credit, where it was transferred")
    talks: list[TalkView]
    transfers: list[TransferView]


class LeadPage(View):
    items: list[LeadView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class ReasonView(View):
    code: str
    zh: str
    en: str


class ProjectView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    lead: str | None = Field(description="Null for a project of an old ledger (历史台账)")
    name: str
    project_type: ProjectType
    content: str
    investor_name: str
    investor_code: str | None
    enterprise: str | None = Field(
        alias="investor_id", serialization_alias="enterprise", description="Its id in the register of enterprises"
    )
    origin: str
    origin_place: str
    industry: str
    industry_code: str | None
    group: str = Field(alias="group_id", serialization_alias="group")
    finder: str
    planned_investment: Decimal | None
    opened_on: date
    stage: Stage
    stage_since: date | None
    status: Status
    status_since: date | None
    status_reason: str | None
    landing_unit: str | None
    contract_number: str | None
    contract_amount: Decimal | None = Field(description="In force: as signed and amended")
    signed_amount: Decimal | None = Field(description="As signed")
    conversion: dict[str, Any] | None = Field(description="How it was computed at signing, if in another currency")
    extends: str | None = Field(description="The project that it extends (增资): the amount is the increment")
    company_name: str | None
    company_code: str | None
    company_on: date | None
    project_code: str | None
    light: Light
    light_since: date
    light_reasons: list[ReasonView]
    baseline_standing: BaselineStanding | None = Field(
        description="Of a project of an old ledger (历史台账): whether the Commerce Bureau has approved it"
    )
    stalled_since: date | None = Field(description="The last progress of a project that stands still (停滞)")


class ProjectPage(View):
    items: list[ProjectView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class StageView(View):
    stage: Stage
    reached_on: date
    agreed_on: date | None
    rulebook: str
    evidence: list[dict[str, Any]]
    recorded_by: str
    baselined: bool = Field(description="By an old ledger, without evidence")


class AgreedDateView(View):
    stage: Stage
    agreed_on: date
    previous: date | None
    reason: str
    set_on: date


class EvidenceView(View):
    kind: str
    sha256: str
    title: str
    dated: date
    filed_on: date
    filed_by: str
    filed_for: str | None
    withdrawn: bool


class TalkView(View):
    talk: int
    held_on: date
    place: str
    summary: str
    sha256: str | None
    recorded_by: str
    recorded_on: date


class IntentView(View):
    kind: str
    title: str
    signed_on: date
    sha256: str
    amount: Decimal | None


class ClaimView(View):
    project: str = Field(alias="stream", serialization_alias="project")
    claim: int
    claimant: str
    claimed_by: str
    month: str
    claimed_on: date
    step: str = Field(description="claimed, checked or recognised")
    referee: str = Field(description="The office that decides")
    claimed: Decimal
    first_checked: Decimal | None
    checked: Decimal = Field(description="What is left of the first check after reversals")
    recognised: Decimal = Field(description="What is left of the recognition after reversals")
    check_reason: str | None
    checked_on: date | None
    recognised_on: date | None
    excess_note: str | None
    note: str


class ClaimList(View):
    items: list[ClaimView]


class CreditView(View):
    cohort: str
    indicator: str
    shares: list[dict[str, Any]]
    basis: str
    reason: str
    shared_on: date


class FundsTotals(View):
    claimed: Decimal
    checked: Decimal = Field(description="Counts in monthly figures")
    recognised: Decimal = Field(description="Counts in assessment")


class MissingView(View):
    any_of: list[str]
    zh: str
    en: str


class NextStage(View):
    stage: Stage
    missing: list[MissingView] = Field(description="What the rulebook asks for and is not filed yet")


class ProjectPageView(ProjectView):
    """A project with all that belongs to it."""

    stages: list[StageView]
    agreed_dates: list[AgreedDateView]
    evidence: list[EvidenceView]
    intents: list[IntentView]
    talks: list[TalkView]
    claims: list[ClaimView]
    funds: FundsTotals
    credit: list[CreditView]
    gates: list[GateView]
    promises: list[PromiseView]
    amendments: list[AmendmentView]
    extensions: list[ExtensionLine]
    with_extensions: WithExtensions = Field(description="The project and its extensions together")
    statistics: list[StatisticsMonth] = Field(description="Fixed-asset investment as statistics count it (入统)")
    next_stage: NextStage | None = Field(description="Null at full capacity")
    baseline: BaselineView | None = Field(description="Of a project of an old ledger (历史台账), else null")


class TimelineEntry(View):
    stream: str = Field(description="The project, or a matter of it such as a procedure")
    version: int
    event: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    data: dict[str, Any]


class Timeline(View):
    id: str
    events: list[TimelineEntry]


class SummaryRow(View):
    group: str = Field(alias="group_id", serialization_alias="group")
    stage: Stage
    status: Status
    projects: int = Field(description="Without extensions: one project counts once")
    extensions: int = Field(description="Projects that extend others (增资)")
    contract_amount: Decimal = Field(description="In force, with the increments of extensions")
    increment: Decimal = Field(description="The extensions' part of it")
    checked: Decimal
    recognised: Decimal


class Summary(View):
    rows: list[SummaryRow]


class KindView(View):
    zh: str
    en: str


class RequirementView(View):
    stage: Stage
    project_type: ProjectType
    any_of: list[str] = Field(description="Kinds of document, one of which is needed")


class RulebookView(View):
    version: str
    kinds: dict[str, KindView]
    requirements: list[RequirementView]
