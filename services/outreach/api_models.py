"""Bodies of the commands. Every example is simulated data (模拟数据)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.outreach.api_types import (
    Amount,
    BudgetText,
    GroupId,
    LeadText,
    Number,
    PersonId,
    TripText,
    UnitId,
    Year,
)
from services.outreach.domain.budget.events import FiledPaper, Reception, Travel
from services.outreach.domain.rulebook import RuleId
from services.outreach.domain.values import Destination, ExpenseKind, Fund, Paper, TripKind
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

People = Annotated[int, Field(ge=0, le=500)]


class DestinationBody(Body):
    """A place of a trip."""

    place: Line = Field(examples=["江苏省苏州市"])
    province: Line = Field(examples=["江苏"])
    outside_city: bool = Field(True, description="Outside the district's city (市外)")
    abroad: bool = False

    def destination(self) -> Destination:
        return Destination(self.place, self.province, self.outside_city, self.abroad)


class TripBody(Body):
    """A trip, reported beforehand (外出报备)."""

    model_config = example(
        traveller="410804-N-demo-he",
        unit="410804-U-commerce",
        kind="investment",
        purpose="对接铝精深加工企业（模拟数据）",
        destinations=[{"place": "江苏省苏州市", "province": "江苏"}],
        starts_on="2026-08-10",
        ends_on="2026-08-12",
        enterprises=["示例铝业有限公司（模拟）"],
        budget="410804-B-2026-own-commerce",
        estimate="3600.00",
    )
    traveller: PersonId
    unit: UnitId | None = Field(None, description="The unit for which the trip is made")
    group: GroupId | None = None
    kind: TripKind = TripKind.INVESTMENT
    purpose: Line
    destinations: list[DestinationBody] = Field(min_length=1, max_length=20)
    starts_on: Day
    ends_on: Day
    companions: list[PersonId] = Field(default_factory=list, max_length=30)
    enterprises: list[Line] = Field(default_factory=list, max_length=50, description="To be visited")
    abroad_document: Number | None = Field(None, description="因公出国任务批件号")
    budget: BudgetText | None = Field(None, description="The budget that bears it; approval sets the estimate aside")
    estimate: Amount | None = None


class ApproveTripBody(Body):
    """Approve, for a trip abroad with the number of the approval to go abroad."""

    model_config = example(abroad_document=None)
    abroad_document: Number | None = None


class ReasonBody(Body):
    """Why."""

    model_config = example(reason="企业时间有变（模拟数据）")
    reason: Line


class VisitBody(Body):
    """An enterprise that was visited. People met are a count and their roles, never names."""

    model_config = example(
        visited_on="2026-08-10",
        enterprise="示例铝业有限公司（模拟）",
        place="江苏省苏州市工业园区",
        people_met=3,
        roles=["总经理", "投资部负责人"],
        summary="有意在产业集聚区建设二期，约定九月来访。（模拟数据）",
    )
    visited_on: Day
    enterprise: Line
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")] | None = Field(
        None, description="统一社会信用代码 (GB 32100)"
    )
    place: Line
    outside_city: bool = True
    people_met: People = 1
    roles: list[Line] = Field(default_factory=list, max_length=20)
    summary: Annotated[Prose, Field(min_length=1)]
    lead: LeadText | None = Field(None, description="The lead that came of it")


class ResultBody(Body):
    """What the trip has brought (外出成果)."""

    model_config = example(result="走访企业 3 家，形成有效线索 1 条。（模拟数据）")
    result: Annotated[Prose, Field(min_length=1)]


class CorrectTripBody(Body):
    """What was wrong in a completed trip. `excluded_days` replaces the days that are found not to be 实质招商."""

    model_config = example(reason="8月11日为参会，不计实质招商（模拟数据）", excluded_days=["2026-08-11"])
    reason: Line
    result: Annotated[Prose, Field(min_length=1)] | None = None
    excluded_days: list[Day] | None = Field(None, max_length=60)


class BudgetBody(Body):
    """An allocation (指标下达)."""

    model_config = example(
        fund="own", unit="410804-U-commerce", year=2026, amount="200000.00", document_number="模拟财预〔2026〕1号"
    )
    fund: Fund
    unit: UnitId | None = Field(None, description="For a unit's own fund")
    year: Year
    amount: Amount
    document_number: Number = Field(description="指标文号")


class AdjustBody(Body):
    """More or less, by a document of its own."""

    model_config = example(amount="50000.00", document_number="模拟财预〔2026〕9号", reason="年中追加（模拟数据）")
    amount: Amount
    document_number: Number
    reason: Line


class CommitBody(Body):
    """Money to be set aside for an approved activity."""

    model_config = example(unit="410804-U-commerce", purpose="秋季专题推介会（模拟数据）", amount="30000.00")
    unit: UnitId
    purpose: Line
    amount: Amount


class PaperBody(Body):
    """A document behind a reception."""

    kind: Paper
    reference: Number = Field(description="Its number or name")
    sha256: Sha256 | None = None


class ReceptionBody(Body):
    """A reception: the guests' body and number, not their names."""

    held_on: Day
    place: Line
    guests_from: Line
    guests: Annotated[int, Field(ge=1, le=500)]
    companions: People
    meals: Annotated[int, Field(ge=0, le=20)] = 1
    meal_amount: Amount
    alcohol: bool = False
    tobacco: bool = False
    papers: list[PaperBody] = Field(default_factory=list, max_length=30)

    def reception(self) -> Reception:
        papers = tuple(FiledPaper(one.kind, one.reference, one.sha256) for one in self.papers)
        return Reception(**{**dict(self), "papers": papers})


class TravelBody(Body):
    """A journey, for all who travelled; its parts make up the amount."""

    place: Line
    abroad: bool = False
    people: Annotated[int, Field(ge=1, le=50)] = 1
    nights: Annotated[int, Field(ge=0, le=60)]
    days: Annotated[int, Field(ge=1, le=60)]
    lodging: Amount
    meals: Amount
    local_transport: Amount
    fares: Amount

    def travel(self) -> Travel:
        return Travel(**dict(self))


class ClaimBody(Body):
    """An expense (报销申请) under the rules of `GET /rules`."""

    model_config = example(
        unit="410804-U-commerce",
        kind="travel",
        purpose="苏州招商差旅费（模拟数据）",
        amount="2480.00",
        trip="410804-T-2026-0001",
        travel={
            "place": "江苏省苏州市",
            "nights": 2,
            "days": 3,
            "lodging": "700.00",
            "meals": "300.00",
            "local_transport": "240.00",
            "fares": "1240.00",
        },
    )
    unit: UnitId
    kind: ExpenseKind
    purpose: Line
    amount: Amount
    trip: TripText | None = None
    commitment: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Out of what was set aside; default: what the trip's approval has set aside here"
    )
    reception: ReceptionBody | None = None
    travel: TravelBody | None = None


class ApproveExpenseBody(Body):
    """Approve, all or less; a breach of a rule only with a reason."""

    model_config = example(reason="")
    amount: Amount | None = None
    reason: Prose = ""


class RejectExpenseBody(Body):
    """Reject, with the rule where it is one of the rulebook."""

    model_config = example(reason="住宿费超出限额（模拟数据）", rule="travel.lodging")
    reason: Line
    rule: RuleId | None = None


class PayBody(Body):
    """That the Finance Bureau has paid, outside the system."""

    model_config = example(amount="2480.00", voucher_number="ZF2026080001", paid_on="2026-08-20")
    amount: Amount
    voucher_number: Number = Field(description="支付凭证号")
    paid_on: Day
