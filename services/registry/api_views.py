"""What the area's pages and lists answer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from services.registry.domain.district.events import ClockKind, Level, SettingType
from services.registry.domain.unit.events import UnitKind
from services.registry.plan_views import MonthlyTargetView
from sevenx.district.vacancies import VacancyKind


class NoticeView(BaseModel):
    number: str
    issued: date
    assumed: bool = Field(description="The notice bears no date; the district office is to confirm this one")


class DistrictView(BaseModel):
    """The district and the genesis of its deployment."""

    code: str = Field(description="GB/T 2260")
    zh: str
    en: str
    level: Level
    city_code: str
    city_zh: str
    clock: ClockKind
    simulated_from: datetime | None
    notice: NoticeView | None


class HolderView(BaseModel):
    """Who holds a post on the day that was asked about."""

    person: str
    name: str
    since: date


class NameView(BaseModel):
    name: str
    source: str = Field(description="`notice`, `convention`, `former`, or the source named")


class PartView(BaseModel):
    """A unit's part in a group."""

    group: str
    part: str = Field(description="`lead` or `responsible`")
    industry: str | None


class MergedView(BaseModel):
    """The unit that goes on for a merged one."""

    into: str
    on: date


class UnitView(BaseModel):
    """A unit with its spellings, its head and liaison, and its groups, under its name of the day."""

    id: str
    zh: str
    en: str
    kind: UnitKind
    landing_unit: bool = Field(description="二（一）: a zone or sub-district, which takes in the projects that land")
    in_x_department: bool = Field(description="One of the departments that 二（二） lists")
    names: list[NameView]
    head: HolderView | None
    liaison: HolderView | None
    groups: list[PartView]
    parent: str | None = Field(description="The unit under which it stands (上级/所属)")
    merged: MergedView | None = Field(description="Merged into another unit until the day: its names lead there")


class UnitPage(BaseModel):
    items: list[UnitView]
    next: str | None = Field(description="Go on with `cursor=` this; null on the last page")


class ResolvedView(BaseModel):
    """The one unit that bears a name."""

    name: str
    id: str
    zh: str
    en: str
    kind: UnitKind


class MemberView(BaseModel):
    """A unit of a group, with the name under which the notice has it."""

    unit: str
    zh: str
    en: str
    as_named: str
    industry: str | None


class GroupView(BaseModel):
    """A group of clause 一 as it stands on a day."""

    id: str
    number: int
    zh: str
    en: str
    clause: str
    as_of: date
    formed_on: date
    assumed: bool
    leader: HolderView | None
    deputy: HolderView | None
    liaison: HolderView | None
    lead_units: list[MemberView]
    responsible_units: list[MemberView]
    duties: str
    duty_items: list[str]


class TenureView(BaseModel):
    """Someone's time in a post; `until` is the first day out of it, null while the post is held."""

    role: str
    scope: str = Field(description="The group or unit")
    person: str
    name: str
    since: date
    until: date | None


class HandoverView(BaseModel):
    """A post was handed over (交接)."""

    scope: str = Field(description="The group or unit")
    role: str
    from_person: str
    from_name: str
    person: str
    name: str
    effective: date
    items: list[str]
    note: str
    witness: str
    basis: str


class HandoverPage(BaseModel):
    items: list[HandoverView]
    next: str | None


class VacancyView(BaseModel):
    """A post that nobody holds on the day, or whose holder's end is known while nobody follows."""

    scope: str = Field(description="The group or unit")
    zh: str
    en: str
    role: str = Field(description="`group_leader`, `liaison`, `unit_head`, `unit_liaison`")
    kind: VacancyKind
    since: date = Field(description="The first day without a holder; overdue or ending: the announced end")
    days: int = Field(description="How long it has been vacant or overdue; ending: how long it is still held")
    never_held: bool
    holder: HolderView | None = Field(description="Who holds it still")
    successor: HolderView | None = Field(description="Who takes it up later, where that is known")


class VacancyPage(BaseModel):
    items: list[VacancyView]
    next: str | None


class PlanView(BaseModel):
    year: int
    version: int
    title: str
    document_sha256: str
    approved_by: str
    approved_on: date


class TargetView(BaseModel):
    year: int
    indicator: str
    unit: str | None = Field(description="The unit that takes this part; null for the group's own total")
    value: Decimal
    measure: str


class GroupPageView(GroupView):
    """A group with who held its posts over time, its plans and its targets."""

    history: list[TenureView]
    plans: list[PlanView]
    targets: list[TargetView]
    monthly_targets: list[MonthlyTargetView]


class PersonView(BaseModel):
    """A person and the posts held on the day."""

    id: str
    zh: str
    en: str
    posts: list[TenureView]


class PersonPage(BaseModel):
    items: list[PersonView]
    next: str | None


class SettingView(BaseModel):
    key: str
    value: str
    type: SettingType
    one_of: list[str]
    clause: str
    stated: bool = Field(description="The notice itself states the value")
    was: str | None
    reason: str
    since: datetime


class CalendarView(BaseModel):
    """A year's days off and make-up workdays."""

    year: int
    provisional: bool = Field(description="The year's notice has not appeared: deadlines are recalculated when it does")
    published: bool = Field(description="False: nothing was published, weekends and fixed holidays are assumed")
    days_off: list[date]
    workdays: list[date]
    source: str
