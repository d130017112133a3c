"""What happens to a hearing. Instants are UTC, days are Shanghai business dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.hearing.values import (
    DirectiveBrief,
    GroupBrief,
    ProjectBrief,
    ReportBrief,
    UnitBrief,
)
from services.reporting.domain.values import CalendarUsed, SettingUsed


@dataclass(frozen=True, slots=True)
class HearingScheduled:
    """区委、区政府 will hear each group's and each responsible unit's report (三(一)). What is heard covers everything
    recorded since the hearing before."""

    number: int
    """1 to 6 within the year."""
    year: int
    month: int
    covers_from: datetime
    covers_until: datetime
    planned_on: date
    reporters: tuple[str, ...]
    """The groups, then every unit that leads one or is responsible in one, as the roster stood."""
    scheduled_by: str
    """A person's id, or `clock`."""
    settings: tuple[SettingUsed, ...]
    calendars: tuple[CalendarUsed, ...]
    provisional: bool
    """The calendar behind the day is not final."""


@dataclass(frozen=True, slots=True)
class HearingPostponed:
    """The hearing was put off to a later day. `covers_until` follows while no pack has been prepared."""

    planned_was: date
    planned_on: date
    covers_until: datetime
    reason: str
    postponed_by: str


@dataclass(frozen=True, slots=True)
class BriefingPackPrepared:
    """The hearing's briefing pack, from the events; a later one replaces it."""

    pack: int
    """1, 2, 3 … within the hearing."""
    covers_from: datetime
    covers_until: datetime
    as_of: datetime
    sha256: str
    """Of the pack's canonical JSON (services/reporting/domain/hearing/pack.py), hex."""
    groups: tuple[GroupBrief, ...]
    units: tuple[UnitBrief, ...]
    reports: tuple[ReportBrief, ...]
    projects: tuple[ProjectBrief, ...]
    """Those that stand still or are not green."""
    directives: tuple[DirectiveBrief, ...]
    """Those that are not closed."""
    prepared_by: str
    """A person's id, or `clock`."""


@dataclass(frozen=True, slots=True)
class HearingHeld:
    """The hearing took place."""

    number: int
    year: int
    held_on: date
    chair: str
    attended: tuple[str, ...]
    """The groups and units that reported."""
    absent: tuple[str, ...]
    """Those that were to report and did not."""
    summary: str
    pack: int
    recorded_by: str


@dataclass(frozen=True, slots=True)
class MinutesDrafted:
    """The minutes (会议纪要) were drafted; the text is known by its hash."""

    draft: int
    sha256: str
    drafted_by: str
    drafted_on: date


@dataclass(frozen=True, slots=True)
class MinutesSentBack:
    """A district leader asked for another draft of the minutes."""

    draft: int
    reasons: tuple[str, ...]
    sent_back_by: str


@dataclass(frozen=True, slots=True)
class MinutesApproved:
    """A district leader approved the draft of the minutes."""

    draft: int
    sha256: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class MinutesIssued:
    """The approved minutes were issued under a document number (文号), which was entered and never generated."""

    document_number: str
    sha256: str
    """Of the document as issued, number and date included."""
    draft_sha256: str
    """Of the draft that was approved."""
    approved_by: str
    issued_by: str
    issued_on: date


HEARING_EVENTS = (
    HearingScheduled,
    HearingPostponed,
    BriefingPackPrepared,
    HearingHeld,
    MinutesDrafted,
    MinutesSentBack,
    MinutesApproved,
    MinutesIssued,
)
