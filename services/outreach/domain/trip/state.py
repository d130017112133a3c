"""What the rules need to remember of a trip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.outreach.domain.values import ApprovalLevel, CountingRules, Destination, TripKind

_NO_RULES = CountingRules(1, ())


class TripStatus(StrEnum):
    """Where a trip stands."""

    NONE = "none"
    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


STATUS_ZH = dict(zip(TripStatus, ("未报备", "待审批", "已批准", "未批准", "已取消", "已完成"), strict=True))


@dataclass(frozen=True)
class Visit:
    """One visit that counts."""

    visited_on: date
    enterprise: str
    outside_city: bool


@dataclass(frozen=True)
class Trip:
    """One traveller's trip."""

    status: TripStatus = TripStatus.NONE
    traveller: str = ""
    unit: str | None = None
    group: str | None = None
    kind: TripKind = TripKind.INVESTMENT
    destinations: tuple[Destination, ...] = ()
    starts_on: date = date.min
    ends_on: date = date.min
    companions: tuple[str, ...] = ()
    requested_by: str = ""
    approval: ApprovalLevel = ApprovalLevel.DISTRICT
    abroad_document: str | None = None
    budget: str | None = None
    estimate: Decimal | None = None
    result_due_on: date = date.max
    result_overdue: bool = False
    visits: Mapping[int, Visit] = field(default_factory=dict)
    """Those not withdrawn, by their number."""
    last_visit: int = 0
    result: str = ""
    filed_by: str = ""
    in_time: bool = False
    rules: CountingRules = _NO_RULES
    excluded_days: tuple[date, ...] = ()
    counted_days: tuple[date, ...] = ()

    @property
    def abroad(self) -> bool:
        return any(one.abroad for one in self.destinations)

    def whose_own(self) -> tuple[str, ...]:
        """Who may not approve or correct it: who travels, who goes along, and who asked for it."""
        return (self.traveller, self.requested_by, *self.companions)
