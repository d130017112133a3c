"""Bodies of the requests on enterprises, and what their lists and pages answer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.projects.api_referrals import ReferralView
from services.projects.api_types import CreditCode, GroupId, KnownEnterprise, UnitId, View
from services.projects.domain.enterprise.likeness import Mention
from services.projects.domain.enterprise.values import Alias, AliasKind, ForeignRegistration, Ground, Listing
from services.projects.domain.values import Origin
from sevenx.kernel.bodies import Body, Day, Line, Prose, example
from sevenx.kernel.desk import Answer

IndustryCode = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=5)]
Country = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=2, max_length=2)]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+][0-9 ()-]{4,30}$")]
EmailAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]


class AliasBody(Body):
    name: Line = Field(examples=["星河铝制品（模拟）有限公司"])
    kind: AliasKind = Field(description="former 曾用名, foreign 外文名, short 简称")
    model_config = example(name="Starriver Aluminium (demo) Co., Ltd.", kind="foreign")

    def alias(self) -> Alias:
        return Alias(self.name, self.kind)


class ForeignBody(Body):
    """The registration of an enterprise outside the mainland."""

    country: Country = Field(description="Country or region by ISO 3166-1", examples=["DE"])
    number: Line = Field(description="Its number in that register", examples=["HRB 000000"])

    def foreign(self) -> ForeignRegistration:
        return ForeignRegistration(self.country, self.number)


class ListingBody(Body):
    list_name: Line = Field(examples=["中国民营企业500强"])
    year: int = Field(ge=1950, le=2200, examples=[2025])
    rank: int | None = Field(None, ge=1, le=100_000)
    model_config = example(list_name="中国民营企业500强", year=2025, rank=321)

    def listing(self) -> Listing:
        return Listing(self.list_name, self.year, self.rank)


class RegisterEnterpriseBody(Body):
    """An enterprise, never a natural person. Check before (`POST /enterprises/check`) whether it is registered."""

    name: Line
    origin: Origin
    place: Line = Field(description="Province, city or country that it comes from")
    registered_for: UnitId | GroupId = Field(description="Your unit or group")
    code: CreditCode | None = Field(None, description="GB 32100; only an enterprise outside the mainland may lack it")
    foreign: ForeignBody | None = None
    aliases: Annotated[list[AliasBody], Field(default_factory=list, max_length=20)]
    lists: Annotated[list[ListingBody], Field(default_factory=list, max_length=20)]
    parent: KnownEnterprise | None = Field(None, description="The enterprise that it belongs to (母公司)")
    industry_code: IndustryCode | None = Field(None, description="GB/T 4754-2017, such as C3252")
    note: Prose = ""
    model_config = example(
        name="星河铝材（模拟）有限公司",
        origin="province_external",
        place="浙江省宁波市",
        registered_for="410804-U-macun",
        code="91000000MA0000001R",
        aliases=[{"name": "Starriver Aluminium (demo) Co., Ltd.", "kind": "foreign"}],
        lists=[{"list_name": "中国民营企业500强", "year": 2025, "rank": 321}],
        industry_code="C3252",
    )


class CorrectEnterpriseBody(Body):
    """What holds from now on, as a whole; what is left out no longer stands."""

    name: Line
    origin: Origin
    place: Line
    foreign: ForeignBody | None = None
    industry_code: IndustryCode | None = None
    note: Prose = ""
    reason: Line
    model_config = example(
        name="星河铝材（模拟）有限公司", origin="province_external", place="浙江省", reason="来源地登记有误"
    )


class RenameEnterpriseBody(Body):
    name: Line
    since: Day = Field(description="Day of the change, by its licence")
    model_config = example(name="星河新材料（模拟）有限公司", since="2026-07-01")


class RemoveAliasBody(Body):
    name: Line
    reason: Line
    model_config = example(name="星河铝制品（模拟）有限公司", reason="系另一家企业")


class CreditCodeBody(Body):
    code: CreditCode
    reason: Prose = Field("", description="Needed where it replaces another")
    model_config = example(code="91000000MA0000001R")


class RemoveListingBody(Body):
    list_name: Line
    year: int
    reason: Line
    model_config = example(list_name="中国民营企业500强", year=2025, reason="系其母公司入榜")


class ParentBody(Body):
    parent: KnownEnterprise
    model_config = example(parent="410804-E-2026-0002")


class ReasonBody(Body):
    reason: Line
    model_config = example(reason="登记有误")


class MergeBody(Body):
    """Find another to be this one."""

    absorbed: KnownEnterprise = Field(description="The one that is merged into this; it stays readable")
    reason: Line
    despite_codes: bool = Field(False, description="Although their credit codes differ: one of them is a mistake")
    model_config = example(absorbed="410804-E-2026-0002", reason="同一企业，曾用名登记为另一家")


class UndoMergeBody(Body):
    absorbed: KnownEnterprise
    reason: Line
    model_config = example(absorbed="410804-E-2026-0002", reason="经核实为两家企业")


class AddContactBody(Body):
    """Make an id for a contact person. Nothing of the person is said here."""

    holder: UnitId | GroupId = Field(description="The unit or group that keeps the contact")
    model_config = example(holder="410804-U-macun")


class ContactDetailsBody(Body):
    """Who a contact person is. No event tells of it."""

    name: Line
    position: Line | None = None
    telephone: Telephone | None = None
    email: EmailAddress | None = None
    note: Prose | None = None
    model_config = example(name="某某（模拟）", position="投资部经理", telephone="000-00000000", email="x@example.org")


class ContactAnswer(Answer):
    """A contact person's id, made."""

    contact: str = Field(examples=["410804-C-2026-0001-1"])


class ContactView(View):
    contact: str
    holder: str
    added_on: date
    erased_on: date | None
    receipt: str | None = Field(description="Of the erasure")
    name: str | None = Field(None, description="Null: nothing is kept, or it is not yours to see")
    position: str | None = None
    telephone: str | None = None
    email: str | None = None
    note: str | None = None
    updated_at: datetime | None = None


class ContactList(View):
    items: list[ContactView]


class ContactReceipt(Answer):
    """That a contact person was erased. No event ever held the details, so that every hash stays valid."""

    contact: str
    receipt: str = Field(examples=["0191f2a4-7b1e-7c55-9f8e-3d2c1b0a9f87"])
    erased: list[str] = Field(description="Kinds of details that were there", examples=[["name", "telephone"]])
    erased_at: datetime
    note_zh: str
    note_en: str


class NameView(View):
    name: str
    kind: str


class ListingView(View):
    list_name: str
    year: int
    rank: int | None


class EnterpriseView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    name: str
    code: str | None
    country: str | None
    foreign_number: str | None
    origin: Origin
    place: str
    industry_code: str | None
    note: str
    registered_for: str
    registered_on: date
    registered_by: str
    merged_into: str | None = Field(description="What it was found to be in the end (并入)")


class CheckBody(Body):
    """An enterprise that is perhaps registered already."""

    name: Line
    aliases: Annotated[list[Line], Field(default_factory=list, max_length=20, description="Its other names")]
    code: CreditCode | None = None
    foreign: ForeignBody | None = None
    model_config = example(name="星河铝材（模拟）", code="91000000MA0000001R")

    def mention(self) -> Mention:
        codes = frozenset([self.code] if self.code else [])
        foreign = frozenset([(self.foreign.country, self.foreign.number)] if self.foreign else [])
        return Mention((self.name, *self.aliases), codes, foreign)


class DismissBody(Body):
    other: KnownEnterprise
    reason: Line
    model_config = example(other="410804-E-2026-0002", reason="同名不同地，系两家企业（已核营业执照）")


class DuplicateView(View):
    id: str
    name: str
    code: str | None
    score: float = Field(ge=0, le=1, description="1 is the same")
    likely: bool = Field(description="From the threshold on, which is proposed to the Commerce Bureau")
    ground: Ground
    by: tuple[str, str] = Field(description="The two names that are most alike")


class DuplicateList(View):
    items: list[DuplicateView]


class ProposalView(View):
    id: str = Field(alias="stream", serialization_alias="id", description="The one registered later")
    name: str
    code: str | None
    other: str
    other_name: str
    other_code: str | None
    score: Decimal
    ground: Ground
    since: date


class ProposalList(View):
    items: list[ProposalView]


class EnterprisePage(View):
    items: list[EnterpriseView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class RelativeView(View):
    id: str
    name: str


class LeadLine(View):
    """A lead or project of the enterprise that the reader may see."""

    id: str = Field(alias="stream", serialization_alias="id")
    title: str
    group: str = Field(alias="group_id", serialization_alias="group")
    finder: str
    status: str
    since: date


class ProjectLine(LeadLine):
    stage: str
    contract_amount: Decimal | None


class EventView(View):
    id: str = Field(alias="stream", serialization_alias="id")
    version: int
    event: str
    occurred_at: datetime
    actor: str
    data: dict[str, Any]


class LeadLines(View):
    items: list[LeadLine]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class ProjectLines(View):
    items: list[ProjectLine]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class EventLines(View):
    items: list[EventView]
    next: str | None = Field(description="`cursor` of the next page; null on the last")


class EnterprisePageView(EnterpriseView):
    """An enterprise with all that belongs to it."""

    other_names: list[NameView]
    lists: list[ListingView]
    parents: list[RelativeView] = Field(description="Whom it belongs to, the nearest first")
    subsidiaries: list[RelativeView] = Field(description="Those whose parent it is")
    absorbed: list[RelativeView] = Field(description="What was merged into it")
    leads: list[LeadLine] = Field(description="Those that the reader works on; offices see all")
    projects: list[ProjectLine] = Field(description="Those that are signed or that the reader works on")
    referrals: list[ReferralView] = Field(description="Who brought it, and whom it brought")
    events: list[EventView] = Field(description="Its own and of what was merged into it, the latest last")
    more: list[str] = Field(
        description="Which of leads, projects, referrals and events are longer than what is shown: the rest stands in "
        "`/enterprises/{id}/leads` and so on"
    )
