"""What happens to a directive. A due day lasts until its 24:00 in China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.reporting.domain.values import Reminder


class Outcome(StrEnum):
    """办结 completed; 撤销 withdrawn: no longer wanted, or issued by mistake."""

    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DirectiveRegistered:
    """立项: the supervision office took the matter on."""

    title: str
    text: str
    basis: str
    """What it rests on: the minutes' item, a leader's instruction."""
    hearing: str | None
    registered_by: str
    registered_on: date


@dataclass(frozen=True, slots=True)
class DirectiveIssued:
    """交办: the matter was given to an owner unit with a due day."""

    title: str
    text: str
    owner: str
    group: str | None
    hearing: str | None
    due_on: date
    issued_by: str
    issued_on: date
    reminders: tuple[Reminder, ...] = ()
    """Those before the due day, the earliest first."""


@dataclass(frozen=True, slots=True)
class DirectiveAcknowledged:
    """签收: the owner has it."""

    owner: str
    acknowledged_by: str
    acknowledged_on: date


@dataclass(frozen=True, slots=True)
class DirectiveFeedbackGiven:
    """反馈: the owner tells how it stands; `done` says that it is finished and asks for verification."""

    feedback: int
    """1, 2, 3 … within the directive."""
    owner: str
    text: str
    done: bool
    documents: tuple[str, ...]
    """SHA-256 of each document that bears it out."""
    due_on: date
    late: bool
    """Given after the due day."""
    given_by: str
    given_on: date


@dataclass(frozen=True, slots=True)
class DirectiveExtensionRequested:
    """延期申请: the owner asks for a later due day. Asked before the due day has passed, the clock waits for the
    answer."""

    request: int
    owner: str
    due_on: date
    new_due_on: date
    reason: str
    in_time: bool
    requested_by: str
    requested_on: date


@dataclass(frozen=True, slots=True)
class DirectiveExtended:
    """The supervision office granted a later due day (the one asked for or an earlier one)."""

    request: int
    owner: str
    due_was: date
    due_on: date
    to_judge: date | None
    """The due day that the clock has to judge; null while what is said to be done waits for verification."""
    decided_by: str
    decided_on: date
    reminders: tuple[Reminder, ...] = ()
    """Those before the new due day, the earliest first."""


@dataclass(frozen=True, slots=True)
class DirectiveExtensionRefused:
    """The supervision office refused the extension."""

    request: int
    owner: str
    due_on: date
    reason: str
    to_judge: date | None
    """The due day that the clock has still to judge; null when it has, or while verification is awaited."""
    decided_by: str
    decided_on: date
    reminders: tuple[Reminder, ...] = ()
    """Those that are still to come, the earliest first."""


@dataclass(frozen=True, slots=True)
class DirectiveVerified:
    """核验: the supervision office looked at what the owner says is done. Not `passed`: it goes on."""

    feedback: int
    owner: str
    passed: bool
    note: str
    to_judge: date | None
    """The due day that the clock has still to judge; null when it has, or when nothing is left to judge."""
    verified_by: str
    verified_on: date
    reminders: tuple[Reminder, ...] = ()
    """Those that are still to come, the earliest first."""


@dataclass(frozen=True, slots=True)
class DirectiveClosed:
    """销号: struck off the list by the supervision office, never by the owner."""

    outcome: Outcome
    owner: str | None
    """Null when it was withdrawn before it was given to anybody."""
    due_on: date | None
    finished_on: date | None
    """The day of the feedback that passed verification."""
    late: bool
    """Finished after the due day that held at the end."""
    overdue_times: int
    reason: str
    closed_by: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class DirectiveReminderDue:
    """The due day is near, and the next step is the owner's."""

    title: str
    due_on: date
    owner: str
    group: str | None
    scheduled_at: datetime
    working_days_before: int
    next_at: datetime | None
    """The next reminder; null after the last one."""


@dataclass(frozen=True, slots=True)
class DirectiveOverdue:
    """The due day passed, and the owner had neither finished nor asked in time for a later one. Exactly once for a due
    day."""

    title: str
    due_on: date
    owner: str
    group: str | None
    status: str
    """Where it stood."""
    times: int
    """1 for the first due day that was missed."""


DIRECTIVE_EVENTS = (
    DirectiveRegistered,
    DirectiveIssued,
    DirectiveAcknowledged,
    DirectiveFeedbackGiven,
    DirectiveExtensionRequested,
    DirectiveExtended,
    DirectiveExtensionRefused,
    DirectiveVerified,
    DirectiveClosed,
    DirectiveReminderDue,
    DirectiveOverdue,
)
