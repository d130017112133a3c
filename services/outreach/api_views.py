"""What the lists and pages answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.outreach.domain.budget.state import ExpenseState
from services.outreach.domain.trip.state import TripStatus
from services.outreach.domain.values import ApprovalLevel, ExpenseKind, Fund, TripKind


class DestinationView(BaseModel):
    """A place of a trip."""

    place: str
    province: str
    outside_city: bool
    abroad: bool


class TripSummary(BaseModel):
    """A trip in a list."""

    id: str
    status: TripStatus
    traveller: str
    traveller_name: str
    unit: str | None
    unit_zh: str | None
    group: str | None
    kind: TripKind
    purpose: str
    destinations: list[DestinationView]
    starts_on: date
    ends_on: date
    approval: ApprovalLevel = Field(description="Whose approval it needs")
    requested_by: str
    requested_on: date
    estimate: Decimal | None
    result_due_on: date | None
    result_overdue: bool
    in_time: bool | None
    counted: int = Field(description="Days that count towards the quota")


class VisitView(BaseModel):
    """A visit; a withdrawn one with the reason."""

    visit: int
    visited_on: date
    enterprise: str
    code: str | None
    place: str
    outside_city: bool
    people_met: int
    roles: list[str]
    summary: str
    lead: str | None
    recorded_by: str
    withdrawn: str | None


class TripView(TripSummary):
    """A trip with its visits and the days that count."""

    companions: list[str]
    enterprises: list[str]
    abroad_document: str | None
    budget: str | None
    decided_by: str | None
    decided_on: date | None
    reason: str | None
    result: str | None
    filed_on: date | None
    corrected: bool
    visits: list[VisitView]
    counted_days: list[date]


class QuotaView(BaseModel):
    """A principal head's quota (三(一)) with the forecast of today."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "410804-Q-2026-U-commerce-N-demo-he",
                    "person": "410804-N-demo-he",
                    "name": "何模拟",
                    "unit": "410804-U-commerce",
                    "unit_zh": "马村区商务局",
                    "unit_kind": "department",
                    "year": 2026,
                    "in_post": [["2026-01-01", "2026-12-31"]],
                    "base_days": 365,
                    "required_days": 92,
                    "counted_days": 0,
                    "trips": 0,
                    "as_of": "2026-07-31",
                    "required_by_now": 53,
                    "planned_days": 3,
                    "forecast_days": 3,
                    "shortfall_days": 89,
                    "fulfilled": False,
                }
            ]
        }
    )
    id: str
    person: str
    name: str
    unit: str
    unit_zh: str | None
    unit_kind: str | None
    year: int
    in_post: list[list[date]] = Field(description="Days in the post: [first, last]")
    base_days: int
    required_days: int
    counted_days: int = Field(description="Days outside so far, each once")
    trips: int
    as_of: date
    required_by_now: int = Field(description="What the part of the post that is over owes")
    planned_days: int = Field(description="Days of approved trips whose result is still to come")
    forecast_days: int
    shortfall_days: int
    fulfilled: bool


class ShownView(BaseModel):
    """Somebody who owes no figure: shown, not judged."""

    person: str
    name: str
    post: str
    of: str
    of_zh: str
    days: int
    trips: int


class QuotaTable(BaseModel):
    """Who has been outside how long. Rows of zero are shown."""

    year: int
    as_of: date
    share: str
    denominator: str
    judged: list[QuotaView]
    shown: list[ShownView]


class BudgetView(BaseModel):
    """A budget: allocated = committed + spent + available."""

    id: str
    fund: Fund
    unit: str | None
    unit_zh: str | None
    year: int
    allocated: Decimal
    committed: Decimal
    spent: Decimal
    available: Decimal


class DocumentView(BaseModel):
    """An allocation, increase or reduction by its document (指标文号)."""

    document_number: str
    amount: Decimal
    reason: str
    on: date
    by: str


class CommitmentView(BaseModel):
    """Money set aside, and what was claimed of it."""

    commitment: int
    unit: str
    purpose: str
    trip: str | None
    amount: Decimal
    drawn: Decimal
    released: bool
    committed_on: date


class ExpenseView(BaseModel):
    """An expense with the rules that it breaks."""

    budget: str
    expense: int
    state: ExpenseState
    unit: str
    unit_zh: str | None
    trip: str | None
    commitment: int | None
    kind: ExpenseKind
    purpose: str
    claimed: Decimal
    amount: Decimal = Field(description="Claimed, then approved, then paid")
    claimed_by: str
    claimed_on: date
    breaches: list[dict[str, Any]]
    rulebook: str
    details: dict[str, Any] | None
    decided_by: str | None
    decided_on: date | None
    reason: str | None
    rule: str | None
    voucher_number: str | None
    paid_on: date | None


class BudgetPage(BudgetView):
    """A budget with its documents and what is set aside."""

    documents: list[DocumentView]
    commitments: list[CommitmentView]


class RuleView(BaseModel):
    """A rule of the rulebook."""

    id: str
    zh: str
    en: str
    source: str
    on_breach: str


class ReceptionRules(BaseModel):
    """公务接待 or 商务接待; of each line of `papers` one is needed."""

    papers: list[list[str]]
    meals: int
    meal_price: Decimal


class PlaceLimits(BaseModel):
    """Yuan: lodging per person and night, meals and local transport per person and day."""

    place: str
    lodging: Decimal
    meals: Decimal
    local_transport: Decimal


class RulebookView(BaseModel):
    """The rules under which expenses are claimed."""

    version: str
    rules: list[RuleView]
    official_reception: ReceptionRules
    business_reception: ReceptionRules
    companions: str
    places: list[PlaceLimits]
