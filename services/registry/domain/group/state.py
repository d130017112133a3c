"""A group as the events tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.registry.domain.tenure import Changes, Tenures, tenures_of

from .events import PlanApproved, PlanDrafted, PlannedTarget

TargetKey = tuple[int, str, str | None]
"""Year, indicator, and the unit or null for the group."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit's part in the group."""

    unit: str
    as_named: str
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target's value and what it counts."""

    value: Decimal
    measure: str


class PlanStatus(StrEnum):
    """Where a version of the plan stands."""

    DRAFT = "draft"
    SUPERSEDED = "superseded"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of the annual action plan."""

    drafted: PlanDrafted
    status: PlanStatus = PlanStatus.DRAFT
    submitted_by: str = ""
    approved: PlanApproved | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """`number` is 0 until the group is formed."""

    number: int = 0
    zh: str = ""
    en: str = ""
    clause: str = ""
    lead_units: tuple[Membership, ...] = ()
    responsible_units: tuple[Membership, ...] = ()
    last_position: int = 0
    leader_changes: Changes = ()
    deputy_changes: Changes = ()
    liaison_changes: Changes = ()
    liaison_ends: date | None = None
    """The announced end of the present liaison's time."""
    duties: str = ""
    duty_items: tuple[str, ...] = ()
    plans: Mapping[int, int] = field(default_factory=dict)
    """Each year's newest plan version."""
    plan_documents: Mapping[int, str] = field(default_factory=dict)
    targets: Mapping[TargetKey, Target] = field(default_factory=dict)
    versions: Mapping[tuple[int, int], PlanVersion] = field(default_factory=dict)
    """All versions of the plan by year and number, from the first draft on."""
    months: Mapping[tuple[int, str], tuple[Decimal, ...]] = field(default_factory=dict)
    """The group's targets by month, by year and indicator."""

    def newest_version(self, year: int) -> int:
        """The highest number that a version of the year's plan has; 0 for none."""
        return max([self.plans.get(year, 0), *(number for of, number in self.versions if of == year)])

    def planned(self, year: int) -> tuple[PlannedTarget, ...]:
        """The targets of the adopted version; none where it came without them."""
        adopted = self.versions.get((year, self.plans.get(year, 0)))
        return () if adopted is None else adopted.drafted.targets

    def is_lead(self, unit: str) -> bool:
        return any(member.unit == unit for member in self.lead_units)

    def is_responsible(self, unit: str) -> bool:
        return any(member.unit == unit for member in self.responsible_units)

    def distributed(self, year: int, indicator: str) -> Decimal:
        """What the units take of the group's target."""
        return sum(
            (t.value for (y, i, unit), t in self.targets.items() if (y, i) == (year, indicator) and unit is not None),
            Decimal(0),
        )

    @property
    def leaders(self) -> Tenures:
        return tenures_of(self.leader_changes)

    @property
    def deputies(self) -> Tenures:
        return tenures_of(self.deputy_changes)

    @property
    def liaisons(self) -> Tenures:
        return tenures_of(self.liaison_changes)
