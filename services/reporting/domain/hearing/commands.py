"""Commands to a hearing. `at` is business time (UTC), `today` the business date; `by` is the id of who gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.hearing.schedule import HearingDates
from services.reporting.domain.hearing.values import Pack


@dataclass(frozen=True)
class ScheduleHearing:
    """Schedule a hearing; the reporters are the roster's."""

    covers_from: datetime
    dates: HearingDates
    reporters: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class PostponeHearing:
    """Put the hearing off. `covers_until` is what the new day would cover."""

    at: datetime
    planned_on: date
    covers_until: datetime
    reason: str
    by: str


@dataclass(frozen=True)
class PreparePack:
    """Prepare the briefing pack out of what the events say."""

    pack: Pack
    by: str


@dataclass(frozen=True)
class RecordHearing:
    """The hearing took place."""

    today: date
    held_on: date
    chair: str
    attended: tuple[str, ...]
    summary: str
    by: str


@dataclass(frozen=True)
class DraftMinutes:
    """A draft of the minutes, by its SHA-256."""

    today: date
    sha256: str
    by: str


@dataclass(frozen=True)
class SendBackMinutes:
    """Another draft is wanted."""

    reasons: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class ApproveMinutes:
    """Approve the draft with this hash, so that what was read is what is approved."""

    today: date
    sha256: str
    by: str


@dataclass(frozen=True)
class IssueMinutes:
    """Issue the approved minutes under the number that the office entered."""

    today: date
    document_number: str
    sha256: str
    by: str
