"""Bodies of the requests. Amounts are yuan with two digits, as text or number; days are written YYYY-MM-DD."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from services.projects.api_dates import AgreedDates
from services.projects.api_types import (
    ContactId,
    ConversionBody,
    CreditCode,
    DocumentBody,
    GroupId,
    IndustryId,
    KnownEnterprise,
    KnownProject,
    Month,
    PartyBody,
    Share,
    UnitId,
    Word,
    Yuan,
    YuanOrZero,
)
from services.projects.domain.lead.events import CloseReason
from services.projects.domain.project.events import ShareBasis, SharePart, Voucher
from services.projects.domain.project.state import ZERO
from services.projects.domain.values import ContractKind, LeadSource, Origin, ProjectType, Stage, Status
from sevenx.kernel.bodies import Body, Day, Line, Prose, Sha256, example

_SHA = "0f" * 32


def _document(kind: str, title: str) -> dict[str, str]:
    return {"kind": kind, "title": title, "sha256": _SHA, "dated": "2026-07-20"}


Documents = Annotated[
    list[DocumentBody],
    Field(default_factory=list, max_length=50, description="Documents to file first; those filed before count as well"),
]


class RegisterLeadBody(Body):
    """A complete registration: what is missing here is not a first report (首报)."""

    title: Line
    intent: Annotated[Prose, Field(min_length=1)]
    investor: PartyBody
    origin: Origin
    origin_place: Line
    source: LeadSource
    industry: IndustryId
    group: GroupId
    finder: UnitId = Field(description="The unit that found it")
    industry_code: str | None = Field(None, max_length=5, description="GB/T 4754-2017, such as C3252")
    expected_investment: Yuan | None = None
    referred_by: PartyBody | None = Field(None, description="Needed where the source is a referral")
    contact: ContactId | None = Field(None, description="The contact person's id; never a name or a number")
    model_config = example(
        title="年产5万吨铝板带（模拟）",
        intent="拟在产业集聚区新建铝板带生产线",
        investor={"name": "星河铝材（模拟）有限公司", "code": "91000000MA0000001R"},
        origin="province_external",
        origin_place="浙江省",
        source="own_visit",
        industry="aluminium",
        group="410804-G-1",
        finder="410804-U-macun",
        industry_code="C3252",
        expected_investment="500000000.00",
        contact="410804-C-0001",
    )


class QualifyLeadBody(Body):
    note: Prose = ""
    model_config = example(note="投资意向真实，资金实力已核")


class CloseLeadBody(Body):
    reason: CloseReason
    note: Prose = ""
    model_config = example(reason="investor_withdrew", note="投资方改投外市")


class TalkBody(Body):
    """A talk or visit. Who took part is named nowhere."""

    held_on: Day
    place: Line
    summary: Annotated[Prose, Field(min_length=1)]
    sha256: Sha256 | None = Field(None, description="SHA-256 of its minutes or of the investor's confirmation")
    model_config = example(
        held_on="2026-07-20", place="浙江省宁波市", summary="对接铝板带项目用地与能耗指标（模拟）", sha256=_SHA
    )


class IdentifyInvestorBody(Body):
    enterprise: KnownEnterprise
    model_config = example(enterprise="410804-E-2026-0001")


class NegotiateBody(Body):
    """What turns a qualified lead into a project: the first substantive talk and its proof."""

    name: Line
    project_type: ProjectType
    content: Annotated[Prose, Field(min_length=1, description="建设内容")]
    started_on: Day = Field(description="Day of the first substantive talk (首谈)")
    planned_investment: Yuan | None = None
    extends: KnownProject | None = Field(None, description="The signed project that it extends (增资)")
    documents: Documents
    model_config = example(
        name="年产5万吨铝板带项目（模拟）",
        project_type="new_land",
        content="新建厂房4万平方米，铝板带生产线2条",
        started_on="2026-07-20",
        planned_investment="500000000.00",
        documents=[_document("talk_minutes", "首次洽谈纪要")],
    )


class FileEvidenceBody(Body):
    documents: Annotated[list[DocumentBody], Field(min_length=1, max_length=50)]
    filed_for: UnitId | None = Field(None, description="The unit in whose name they are filed")
    model_config = example(documents=[_document("business_licence", "项目公司营业执照")])


class WithdrawEvidenceBody(Body):
    kind: Word
    sha256: Sha256
    reason: Line
    model_config = example(kind="business_licence", sha256=_SHA, reason="误传其他公司的执照")


class AgreeDatesBody(Body):
    dates: AgreedDates
    reason: Prose = Field("", description="Needed where a date changes")
    model_config = example(dates={"started": "2026-11-01"}, reason="用地手续顺延")


class IntentBody(Body):
    """A letter of intent or framework agreement: kept apart, never a signature."""

    kind: ContractKind
    title: Line
    signed_on: Day
    sha256: Sha256
    amount: Yuan | None = None
    model_config = example(kind="framework", title="战略合作框架协议", signed_on="2026-07-20", sha256=_SHA)


class SignBody(Body):
    """The formal contract (正式合同)."""

    contract_kind: ContractKind = ContractKind.FORMAL
    contract_number: Line
    contract_title: Line
    amount: Yuan | None = Field(None, description="Contract amount in yuan; left out where the conversion makes it")
    conversion: ConversionBody | None = Field(None, description="If the contract is in another currency")
    signed_on: Day
    agreed: AgreedDates
    documents: Documents
    model_config = example(
        contract_number="马招合〔2026〕1号（模拟）",
        contract_title="铝板带项目投资合同",
        amount="500000000.00",
        signed_on="2026-07-20",
        agreed={
            "landed": "2026-08-31",
            "started": "2026-10-31",
            "in_production": "2027-06-30",
            "at_capacity": "2028-06-30",
        },
        documents=[_document("formal_contract", "铝板带项目投资合同")],
    )


class CompanyBody(Body):
    name: Line
    code: CreditCode
    registered_on: Day
    sha256: Sha256 | None = Field(None, description="SHA-256 of its licence")
    model_config = example(name="马村星河铝业（模拟）有限公司", code="91000000MA0000002W", registered_on="2026-07-20")


class ProjectCodeBody(Body):
    code: Line = Field(description="24 characters, GB/T 40058-2021")
    assigned_on: Day
    model_config = example(code="2607-410804-04-01-123456", assigned_on="2026-07-20")


class LandBody(Body):
    landing_unit: UnitId = Field(description="One of the zones or sub-districts (clause 二(一))")
    landed_on: Day
    documents: Documents
    model_config = example(
        landing_unit="410804-U-industry-zone",
        landed_on="2026-07-22",
        documents=[
            _document("business_licence", "项目公司营业执照"),
            _document("project_filing", "项目备案证明"),
            _document("land_contract", "国有建设用地使用权出让合同"),
        ],
    )


class StageBody(Body):
    """A stage was reached on a day, with the documents that the rulebook asks for."""

    on: Day
    documents: Documents
    model_config = example(
        on="2026-07-24",
        documents=[_document("construction_permit", "施工许可证"), _document("commencement_order", "开工令")],
    )


class StatusBody(Body):
    status: Status
    since: Day
    reason: Line
    model_config = example(status="delayed", since="2026-07-24", reason="征地手续推迟")


class CorrectStageBody(Body):
    to_stage: Stage
    reason: Line
    model_config = example(to_stage="signed", reason="落地单位登记有误")


class VoucherBody(Body):
    number: Line
    amount: Yuan | None = Field(None, description="In yuan; left out where the conversion makes it")
    paid_on: Day
    payer: Line
    sha256: Sha256
    conversion: ConversionBody | None = Field(None, description="If it was paid in another currency: that day's rate")

    def voucher(self) -> Voucher:
        made = self.conversion.conversion() if self.conversion else None
        return Voucher(self.number, self.amount or ZERO, self.paid_on, self.payer, self.sha256, made)


class ClaimFundsBody(Body):
    """A claim of funds in place (到位资金) for a month, by the landing unit or a lead unit of the group."""

    claimant: UnitId
    amount: Yuan | None = Field(None, description="In yuan; left out, all that the vouchers come to")
    month: Month
    vouchers: Annotated[list[VoucherBody], Field(min_length=1, max_length=100)]
    note: Prose = ""
    conversion: ConversionBody | None = None
    model_config = example(
        claimant="410804-U-industry-zone",
        amount="30000000.00",
        month="2026-07",
        vouchers=[
            {
                "number": "银收0001",
                "amount": "30000000.00",
                "paid_on": "2026-07-21",
                "payer": "星河铝材（模拟）有限公司",
                "sha256": _SHA,
            }
        ],
    )


class CheckFundsBody(Body):
    amount: YuanOrZero = Field(description="What is accepted, at most what was claimed; 0 refuses the claim")
    reason: Prose = Field("", description="Needed where it is less than claimed")
    model_config = example(amount="28000000.00", reason="凭证3为借款，核减")


class RecogniseFundsBody(Body):
    """Joint recognition (联合认定) with its minutes."""

    amount: YuanOrZero
    bodies: Annotated[list[UnitId], Field(min_length=1, max_length=20)] = Field(description="Units that recognised")
    minutes_sha256: Sha256
    reason: Prose = Field("", description="Needed where it is less than checked")
    excess_note: Prose = Field("", description="Needed where recognised funds stand above the contract amount")
    model_config = example(
        amount="28000000.00",
        bodies=[
            "410804-U-commerce",
            "410804-U-development-reform",
            "410804-U-finance",
            "410804-U-statistics",
            "410804-U-audit",
            "410804-U-supervision",
        ],
        minutes_sha256=_SHA,
    )


class ReverseFundsBody(Body):
    amount: Yuan
    reason: Line
    model_config = example(amount="5000000.00", reason="资金次月回流投资方")


class ShareBody(Body):
    part: SharePart
    holder: UnitId | GroupId
    share: Share


class ShareCreditBody(Body):
    cohort: Word = Field(description="`units` or `groups`")
    indicator: Word = Field("all", description="`all`, or one indicator that is shared apart")
    shares: Annotated[list[ShareBody], Field(min_length=1, max_length=20)]
    basis: ShareBasis
    reason: Line
    model_config = example(
        cohort="units",
        indicator="all",
        basis="agreed",
        reason="双方协商一致",
        shares=[
            {"part": "finder", "holder": "410804-U-macun", "share": "0.4"},
            {"part": "landing_unit", "holder": "410804-U-industry-zone", "share": "0.6"},
        ],
    )
