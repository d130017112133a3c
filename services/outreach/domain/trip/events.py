"""What happens to a trip (外出招商). Days are days in China; people met are a count and roles, never names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.outreach.domain.values import ApprovalLevel, CountingRules, Destination, TripKind
from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class TripRequested:
    """A trip is reported beforehand (外出报备) and waits for approval."""

    traveller: str
    traveller_name: str
    unit: str | None
    group: str | None
    kind: TripKind
    purpose: str
    destinations: tuple[Destination, ...]
    starts_on: date
    ends_on: date
    companions: tuple[str, ...]
    """Persons of the register who go along; each principal head who travels reports a trip of his own."""
    enterprises: tuple[str, ...]
    """Those that are to be visited."""
    requested_by: str
    requested_on: date
    approval: ApprovalLevel
    abroad_document: str | None = None
    """Number of the approval to go abroad (因公出国任务批件)."""
    budget: str | None = None
    """The budget that is to bear it, with the estimate that its approval commits."""
    estimate: Money | None = None


@dataclass(frozen=True, slots=True)
class TripApproved:
    """The superior approves; the result is due on `result_due_on` at the latest."""

    traveller: str
    requested_by: str
    approved_by: str
    approved_on: date
    result_due_on: date
    abroad_document: str | None = None


@dataclass(frozen=True, slots=True)
class TripRejected:
    """The superior does not approve."""

    traveller: str
    requested_by: str
    rejected_by: str
    rejected_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class TripCancelled:
    """The trip does not take place."""

    traveller: str
    cancelled_by: str
    cancelled_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class VisitRecorded:
    """An enterprise was visited. `code` is its unified social credit code, `lead` the lead that came of it."""

    visit: int
    visited_on: date
    enterprise: str
    code: str | None
    place: str
    outside_city: bool
    people_met: int
    roles: tuple[str, ...]
    summary: str
    lead: str | None
    recorded_by: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class VisitWithdrawn:
    """A visit was recorded wrongly; it stands in the log and counts no more."""

    visit: int
    reason: str
    withdrawn_by: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True)
class TripResultOverdue:
    """The result was not filed by its day: the days of the trip will not count. Once for a trip."""

    traveller: str
    unit: str | None
    group: str | None
    requested_by: str
    due_on: date


@dataclass(frozen=True, slots=True)
class TripCompleted:
    """The result was filed. `counted_days` are those that count towards a quota; none when it was filed too late."""

    traveller: str
    unit: str | None
    group: str | None
    kind: TripKind
    starts_on: date
    ends_on: date
    visits: int
    counted_days: tuple[date, ...]
    result: str
    in_time: bool
    due_on: date
    filed_by: str
    filed_on: date
    rules: CountingRules


@dataclass(frozen=True, slots=True)
class TripCompletionCorrected:
    """The result or the days of a completed trip were wrong; `counted_days` replace `days_were`."""

    traveller: str
    unit: str | None
    group: str | None
    visits: int
    days_were: tuple[date, ...]
    counted_days: tuple[date, ...]
    excluded_days: tuple[date, ...]
    """Days that were found not to be 实质招商 although an enterprise is recorded for them."""
    result: str
    reason: str
    corrected_by: str
    corrected_on: date


TRIP_EVENTS = (
    TripRequested,
    TripApproved,
    TripRejected,
    TripCancelled,
    VisitRecorded,
    VisitWithdrawn,
    TripResultOverdue,
    TripCompleted,
    TripCompletionCorrected,
)
