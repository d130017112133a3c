"""What happens to a group's monthly report. Times are UTC; a due time is the 24:00 of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.report.values import (
    CutMark,
    Figure,
    FigureCorrection,
    FigureDifference,
    Indicator,
    Quantity,
    Step,
)
from services.reporting.domain.values import CalendarUsed, Reminder, SettingUsed


@dataclass(frozen=True, slots=True)
class ReportPeriodOpened:
    """A group owes a report for a period (三(三)). Its dates, the settings and the calendar behind them are recorded;
    later changes of settings hold for later periods."""

    group: str
    period: str
    starts_at: datetime
    ends_at: datetime
    """The cut-off: what occurs at or after it falls into the next period."""
    due_at: datetime
    due_day: date
    nominal_day: date
    contribution_due_at: datetime
    clock_stops_at: Step
    reminders: tuple[Reminder, ...]
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    """The units that contribute to this report, as the roster stood."""
    settings: tuple[SettingUsed, ...]
    calendars: tuple[CalendarUsed, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class DeadlineMoved:
    """The due day was calculated anew because a year's calendar was published. `contribution_due_at` is null when the
    contributions were already closed."""

    due_was: datetime
    due_at: datetime
    due_day: date
    contribution_due_at: datetime | None
    reminders: tuple[Reminder, ...]
    """Those still to come."""
    calendars: tuple[CalendarUsed, ...]
    provisional: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarConfirmed:
    """A year's calendar was published and none of the report's dates moved."""

    calendars: tuple[CalendarUsed, ...]
    provisional: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ContributionSubmitted:
    """A responsible unit contributed to the report of one of its groups; a later one replaces the earlier."""

    unit: str
    text: str
    submitted_by: str
    late: bool
    """After the internal date; that is no missed deadline and costs nothing."""


@dataclass(frozen=True, slots=True)
class ContributionOverdue:
    """A reminder: a responsible unit has not contributed by the internal date. Never a missed deadline."""

    unit: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ContributionsClosed:
    """The internal date for contributions has passed."""

    due_at: datetime
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportReminderDue:
    """The report is due soon and the clock has not stopped."""

    scheduled_at: datetime
    working_days_before: int
    due_at: datetime
    waiting_for: Step
    """The step that comes next on the report's path."""
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportDrafted:
    """The liaison drafted the report, its figures taken from the events. Each draft begins the reviews anew."""

    draft: int
    """1, 2, 3 … within the report."""
    drafted_by: str
    narrative: str
    figures: tuple[Figure, ...]
    figures_as_of: datetime


@dataclass(frozen=True, slots=True)
class FigureDiscrepancyNoted:
    """The draft claims another figure for the month than the events bear out: both stand in the report."""

    draft: int
    indicator: Indicator
    claimed: Quantity
    borne_out: Quantity
    explanation: str


@dataclass(frozen=True, slots=True)
class ReportReviewed:
    """The head of a lead unit reviewed the draft; with two lead units both must."""

    draft: int
    unit: str
    reviewed_by: str
    outstanding: tuple[str, ...]
    """Lead units whose review is still lacking."""


@dataclass(frozen=True, slots=True)
class ReportSentBack:
    """A lead unit's head (`unit`) or the group leader (null) sent the draft back to the liaison."""

    draft: int
    sent_back_by: str
    unit: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOffDelegated:
    """The group leader lets another person sign off this report; a later delegation replaces it."""

    delegate: str
    delegated_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportSignedOff:
    """The group leader or his delegate signed the report off, which submits it."""

    draft: int
    signed_by: str
    on_behalf_of: str | None
    """The leader who delegated, when a delegate signed."""
    lead_units: tuple[str, ...]
    """The lead units by the roster at that time, all of which had reviewed."""


@dataclass(frozen=True, slots=True)
class ReportClockStopped:
    """The step that stops the clock was done for the first time. A later return does not start it again."""

    step: Step
    stopped_at: datetime
    due_at: datetime
    late: bool
    late_seconds: int
    """0 when in time."""


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """The report went to the Commerce Bureau. `submission` 2 and later are corrections after a return."""

    group: str
    period: str
    draft: int
    submission: int
    submitted_at: datetime
    due_at: datetime
    late: bool
    """Whether the clock stopped after the due time, by the step that the settings name."""
    late_seconds: int
    figures: tuple[Figure, ...]
    discrepancies: int


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The Commerce Bureau returned the report to be corrected and signed again."""

    submission: int
    returned_by: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportAccepted:
    """The Commerce Bureau accepted the report."""

    submission: int
    accepted_by: str


@dataclass(frozen=True, slots=True)
class DeadlineMissed:
    """The due time passed and the clock had not stopped. Exactly once for a group and period."""

    group: str
    period: str
    due_at: datetime
    waited_for: Step
    """The step that was to stop the clock."""
    reached: Step | None
    """The last step that had been done; null when there was not even a draft."""


@dataclass(frozen=True, slots=True)
class ReportFiguresFrozen:
    """Every area has closed the period: these are its figures. `differences` tells where the report already drafted or
    submitted says otherwise."""

    group: str
    period: str
    ends_at: datetime
    figures: tuple[Figure, ...]
    cut: tuple[CutMark, ...]
    differences: tuple[FigureDifference, ...]


@dataclass(frozen=True, slots=True)
class ReportRestated:
    """A closed month's figures were corrected, in the open. `basis` names the correcting events by their positions."""

    restatement: int
    restated_by: str
    reason: str
    basis: tuple[str, ...]
    corrections: tuple[FigureCorrection, ...]


REPORT_EVENTS = (
    ReportPeriodOpened,
    DeadlineMoved,
    CalendarConfirmed,
    ContributionSubmitted,
    ContributionOverdue,
    ContributionsClosed,
    ReportReminderDue,
    ReportDrafted,
    FigureDiscrepancyNoted,
    ReportReviewed,
    ReportSentBack,
    SignOffDelegated,
    ReportSignedOff,
    ReportClockStopped,
    ReportSubmitted,
    ReportReturned,
    ReportAccepted,
    DeadlineMissed,
    ReportFiguresFrozen,
    ReportRestated,
)
