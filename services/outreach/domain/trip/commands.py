"""Commands to a trip. `by` is the person who gives the command, `today` the business date in China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.outreach.domain.values import ApprovalLevel, CountingRules, Destination, TripKind


@dataclass(frozen=True)
class RequestTrip:
    """Report a trip beforehand. `approval` is what the roster says of the traveller; `home_city` is the city's name."""

    by: str
    today: date
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
    enterprises: tuple[str, ...]
    approval: ApprovalLevel
    home_city: str
    abroad_document: str | None = None
    budget: str | None = None
    estimate: Decimal | None = None


@dataclass(frozen=True)
class ApproveTrip:
    """Approve a trip; `result_due_on` follows from its end, the calendar and the setting."""

    by: str
    today: date
    result_due_on: date
    abroad_document: str | None = None


@dataclass(frozen=True)
class RejectTrip:
    """Do not approve a trip."""

    by: str
    today: date
    reason: str


@dataclass(frozen=True)
class CancelTrip:
    """The trip does not take place."""

    by: str
    today: date
    reason: str


@dataclass(frozen=True)
class RecordVisit:
    """An enterprise was visited."""

    by: str
    today: date
    visited_on: date
    enterprise: str
    code: str | None
    place: str
    outside_city: bool
    people_met: int
    roles: tuple[str, ...]
    summary: str
    home_city: str
    lead: str | None = None


@dataclass(frozen=True)
class WithdrawVisit:
    """A visit was recorded wrongly."""

    by: str
    today: date
    visit: int
    reason: str


@dataclass(frozen=True)
class FileResult:
    """What the trip has brought; it closes the trip."""

    by: str
    today: date
    result: str
    rules: CountingRules


@dataclass(frozen=True)
class NoteResultOverdue:
    """By the clock: was the result filed by its day? `today` is the first day after it."""

    today: date


@dataclass(frozen=True)
class CorrectCompletion:
    """Correct a completed trip's result, or which of its days are 实质招商."""

    by: str
    today: date
    reason: str
    result: str | None = None
    excluded_days: tuple[date, ...] | None = None
    """None: as they are."""
