"""What is recorded about a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class GroupFormed:
    """A group of the mechanism exists from `formed_on` on."""

    number: int
    zh: str
    en: str
    clause: str
    formed_on: date
    assumed: bool
    """True where the notice bears no date."""


@dataclass(frozen=True, slots=True)
class LeadUnitAssigned:
    """A unit is a lead unit (牵头单位) of the group and runs its daily work."""

    unit: str
    as_named: str
    """The name as the notice writes it."""
    industry: str | None
    """The industry that the notice gives to this lead unit."""
    position: int
    effective: date


@dataclass(frozen=True, slots=True)
class LeadUnitWithdrawn:
    """A unit is no longer a lead unit of the group."""

    unit: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class ResponsibleUnitAssigned:
    """A unit is a responsible unit (责任单位) of the group."""

    unit: str
    as_named: str
    """The name as the notice writes it; 各街道办事处 for each of the sub-districts."""
    position: int
    effective: date


@dataclass(frozen=True, slots=True)
class ResponsibleUnitWithdrawn:
    """A unit is no longer a responsible unit of the group."""

    unit: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class LeaderAppointed:
    """A person leads the group (组长) from `effective` on."""

    person: str
    name: str
    effective: date
    assumed: bool
    """True where the date of taking up the post is not known."""
    basis: str


@dataclass(frozen=True, slots=True)
class LeaderReleased:
    """The leader leaves the post; `effective` is the first day out of it."""

    person: str
    name: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class DeputyAppointed:
    """A person is the group's deputy leader (副组长) from `effective` on."""

    person: str
    name: str
    effective: date
    assumed: bool
    basis: str


@dataclass(frozen=True, slots=True)
class DeputyReleased:
    """The deputy leaves the post; `effective` is the first day out of it."""

    person: str
    name: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class DutiesSet:
    """The group's duties (工作职责), verbatim and cut into items."""

    text: str
    items: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class LiaisonDesignated:
    """A person is the group's one liaison (联络员) from `effective` on and files its monthly report."""

    person: str
    name: str
    effective: date
    basis: str


@dataclass(frozen=True, slots=True)
class LiaisonReleased:
    """The liaison is succeeded; `effective` is the successor's first day."""

    person: str
    name: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class LiaisonEndAnnounced:
    """The liaison is to leave the post on `ends_on`, and holds it until a successor begins. Null: stays after all."""

    person: str
    name: str
    ends_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class PostHandedOver:
    """One of the group's posts (`leader`, `deputy`, `liaison`) was handed over (交接); the release and the appointment
    stand beside this event."""

    post: str
    from_person: str
    from_name: str
    person: str
    name: str
    effective: date
    items: tuple[str, ...]
    """What was handed over, one thing each."""
    note: str
    witness: str
    """Who was present (监交人); empty where nobody is named."""
    basis: str


@dataclass(frozen=True, slots=True)
class AnnualPlanAdopted:
    """A version of the group's annual action plan (年度行动方案) was approved."""

    year: int
    version: int
    title: str
    document_sha256: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class TargetSet:
    """A target of the year for the group, or the part of it that one of its units takes."""

    year: int
    indicator: str
    value: Money
    measure: str
    """What the value counts: `yuan`, `projects`, …"""
    unit: str | None
    """The unit that takes this part; null for the group's own total."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """What one of the group's units takes of a planned target."""

    unit: str
    value: Money


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """A target of the year in a version of the plan, by month and by unit."""

    indicator: str
    measure: str
    value: Money
    months: tuple[Money, ...]
    """January to December; their sum is the year's."""
    parts: tuple[PlannedPart, ...]
    """None, or parts whose sum is the year's."""


@dataclass(frozen=True, slots=True)
class PlanDrafted:
    """A version of the group's annual action plan was drafted with its targets. Earlier versions are kept."""

    year: int
    version: int
    title: str
    document_sha256: str
    targets: tuple[PlannedTarget, ...]
    drafted_by: str
    drafted_on: date
    supersedes: int | None
    """The draft that this one replaces."""


@dataclass(frozen=True, slots=True)
class PlanSubmitted:
    """A version of the plan was submitted for approval."""

    year: int
    version: int
    submitted_by: str
    submitted_on: date


@dataclass(frozen=True, slots=True)
class PlanApproved:
    """A version of the plan was approved by somebody other than who drafted and submitted it."""

    year: int
    version: int
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class PlanReturned:
    """A version of the plan was returned to be drafted anew, with the reason."""

    year: int
    version: int
    returned_by: str
    returned_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class PlanAdopted:
    """An approved version is the plan of the year from now on; AnnualPlanAdopted and its targets stand beside."""

    year: int
    version: int
    adopted_by: str
    adopted_on: date


@dataclass(frozen=True, slots=True)
class MonthlyTargetsSet:
    """The group's target of the year by month, as the adopted version of the plan has it."""

    year: int
    indicator: str
    measure: str
    months: tuple[Money, ...]
    """January to December."""


EVENTS = (
    GroupFormed,
    LeadUnitAssigned,
    LeadUnitWithdrawn,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
    LeaderAppointed,
    LeaderReleased,
    DeputyAppointed,
    DeputyReleased,
    DutiesSet,
    LiaisonDesignated,
    LiaisonReleased,
    LiaisonEndAnnounced,
    PostHandedOver,
    AnnualPlanAdopted,
    TargetSet,
    PlanDrafted,
    PlanSubmitted,
    PlanApproved,
    PlanReturned,
    PlanAdopted,
    MonthlyTargetsSet,
)
