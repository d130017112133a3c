"""What may happen to the protection of a first report (首报首谈). A stream tells of one investor; within it
`intent_key` names the intent, of which one lead at a time is protected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.projects.domain.values import Party, Referee


class GrantBasis(StrEnum):
    """Why a lead is protected."""

    FIRST_REPORT = "first_report"
    """The first complete registration that was accepted (首报)."""
    NEXT_IN_QUEUE = "next_in_queue"
    CONTEST = "contest"
    INTENT = "intent"
    """The Commerce Bureau found its intent to be another than that of the protected lead."""


class ReleaseCause(StrEnum):
    """Why a protection ended before its time."""

    IDLE = "idle"
    """Proposed by the clock, decided by the office."""
    GIVEN_UP = "given_up"
    LEAD_CLOSED = "lead_closed"
    PROJECT_OVER = "project_over"
    CONTEST = "contest"
    INTENT = "intent"
    """Its intent was found to be that of an earlier report."""


@dataclass(frozen=True, slots=True)
class ProtectionGranted:
    """A lead is protected from `from_date` to the end of `until`: nobody else negotiates with this investor about this
    intent. The days after which idleness warns and proposes the release are those of the settings then."""

    lead: str
    unit: str
    """The holder: the unit that found it."""
    group: str
    investor: Party
    intent_key: str
    """The registry's industry id, or what the Commerce Bureau made of it."""
    report: int
    """The order of the reports of this investor: 1 is the first."""
    registered_on: date
    registered_by: str
    from_date: date
    until: date
    basis: GrantBasis
    warn_days: int
    release_days: int
    extensions: int
    """How often it may be extended."""


@dataclass(frozen=True, slots=True)
class LeadQueued:
    """A later report of the same investor and intent is kept (备案) and waits in the order of the reports."""

    lead: str
    unit: str
    group: str
    investor: Party
    intent_key: str
    report: int
    registered_on: date
    registered_by: str
    position: int
    """1 is the next one to be protected."""
    holder: str
    """The lead that is protected."""
    holder_unit: str
    queued_on: date


@dataclass(frozen=True, slots=True)
class QueueLeft:
    """A lead that waited is closed or moved to another intent; those behind it move up."""

    lead: str
    unit: str
    intent_key: str
    reason: str
    left_on: date
    left_by: str


@dataclass(frozen=True, slots=True)
class ReportMoved:
    """The report's lead was taken over by another unit or group (流转): what it holds or waits for goes with it."""

    lead: str
    intent_key: str
    unit_was: str
    unit: str
    group_was: str
    group: str
    moved_on: date


@dataclass(frozen=True, slots=True)
class ProtectionExtended:
    """The term was extended, on the reason given."""

    lead: str
    unit: str
    intent_key: str
    until_was: date
    until: date
    reason: str
    extended_by: str
    extended_on: date


@dataclass(frozen=True, slots=True)
class ProtectionWarned:
    """No progress for the days that warn (default 30): the holder is told when a release will be proposed."""

    lead: str
    unit: str
    group: str
    intent_key: str
    idle_since: date
    idle_days: int
    release_proposed_on: date


@dataclass(frozen=True, slots=True)
class ReleaseProposed:
    """No progress for the days that propose the release (default 60). The Commerce
    Bureau decides; nothing ends by itself."""

    lead: str
    unit: str
    group: str
    intent_key: str
    idle_since: date
    idle_days: int


@dataclass(frozen=True, slots=True)
class ReleaseDeclined:
    """The proposed release was decided against; idleness counts anew from that day."""

    lead: str
    unit: str
    intent_key: str
    reason: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class ProtectionReleased:
    """The protection ended before its time; `next_lead` is protected from then on."""

    lead: str
    unit: str
    group: str
    intent_key: str
    cause: ReleaseCause
    reason: str
    decided_by: str
    released_on: date
    next_lead: str | None = None


@dataclass(frozen=True, slots=True)
class ProtectionExpired:
    """The term was over without a contract: decided by the clock; `next_lead` is protected from then on."""

    lead: str
    unit: str
    group: str
    intent_key: str
    until: date
    next_lead: str | None = None


@dataclass(frozen=True, slots=True)
class ProtectionConverted:
    """The protected lead became a project; the protection goes on for it until it is signed."""

    lead: str
    unit: str
    intent_key: str
    project: str
    converted_on: date


@dataclass(frozen=True, slots=True)
class ProtectionFulfilled:
    """The formal contract is signed: the intent is the holder's, without a term; later reports stay on file."""

    lead: str
    unit: str
    intent_key: str
    project: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class ProtectionReopened:
    """The signature was taken back: the term counts again as it stood."""

    lead: str
    unit: str
    intent_key: str
    project: str
    reason: str
    reopened_on: date


@dataclass(frozen=True, slots=True)
class FirstTalkProved:
    """首谈: the first substantive talk about the intent that is proved by minutes or the investor's confirmation. It is
    kept apart from the first report; an earlier one that is proved later takes its place."""

    lead: str
    unit: str
    intent_key: str
    talked_on: date
    sha256: str
    proved_on: date
    project: str | None = None


@dataclass(frozen=True, slots=True)
class LeadContested:
    """The unit of a waiting lead contests the protection on the grounds given, within its working days."""

    contest: int
    """Counts within the investor: 1, 2, 3 …"""
    lead: str
    by_unit: str
    holder: str
    holder_unit: str
    group: str
    intent_key: str
    grounds: str
    evidence: tuple[str, ...]
    """SHA-256 of the documents that prove it."""
    contested_by: str
    contested_on: date
    decide_by: date
    referee: Referee
    """Who decides: the district office where the Commerce Bureau or its group is a party."""


@dataclass(frozen=True, slots=True)
class ContestDecided:
    """A contest was decided; `holder_lead` of `unit` is protected from then on."""

    contest: int
    lead: str
    intent_key: str
    upheld: bool
    holder_lead: str
    unit: str
    reason: str
    referee: Referee
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class ContestLapsed:
    """A contest has lost its object: the contested protection or the contesting lead is no more."""

    contest: int
    lead: str
    intent_key: str
    reason: str
    lapsed_on: date


@dataclass(frozen=True, slots=True)
class ContestOverdue:
    """A contest was not decided within its working days: stated once, by the clock; it is decided all the same."""

    contest: int
    lead: str
    intent_key: str
    decide_by: date
    referee: Referee


@dataclass(frozen=True, slots=True)
class IntentDecided:
    """The Commerce Bureau found two reports of an investor to be of the same intent (`same_as`: the earlier one), or a
    report to be of an intent of its own."""

    lead: str
    unit: str
    was: str
    intent_key: str
    same_as: str | None
    reason: str
    referee: Referee
    decided_by: str
    decided_on: date


PROTECTION_EVENTS = (
    ReportMoved,
    ProtectionGranted,
    LeadQueued,
    QueueLeft,
    ProtectionExtended,
    ProtectionWarned,
    ReleaseProposed,
    ReleaseDeclined,
    ProtectionReleased,
    ProtectionExpired,
    ProtectionConverted,
    ProtectionFulfilled,
    ProtectionReopened,
    FirstTalkProved,
    LeadContested,
    ContestDecided,
    ContestLapsed,
    ContestOverdue,
    IntentDecided,
)
