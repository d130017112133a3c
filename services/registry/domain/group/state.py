"""A group as the events tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.registry.domain.tenure import Tenures

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


@dataclass(frozen=True, slots=True)
class Group:
    """`number` is 0 until the group is formed."""

    number: int = 0
    zh: str = ""
    en: str = ""
    lead_units: tuple[Membership, ...] = ()
    responsible_units: tuple[Membership, ...] = ()
    last_position: int = 0
    leaders: Tenures = ()
    deputies: Tenures = ()
    liaisons: Tenures = ()
    liaison_ends: date | None = None
    """The announced end of the present liaison's time."""
    duties: str = ""
    duty_items: tuple[str, ...] = ()
    plans: Mapping[int, int] = field(default_factory=dict)
    """Each year's newest plan version."""
    plan_documents: Mapping[int, str] = field(default_factory=dict)
    targets: Mapping[TargetKey, Target] = field(default_factory=dict)

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
