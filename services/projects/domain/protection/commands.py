"""What may be asked of the protections of an investor's leads. Facts (dates, terms, calendar, who the Commerce Bureau
is) stand in the command; `decide` has no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.projects.domain.protection.events import ReleaseCause
from services.projects.domain.values import Commerce, Party, Referee
from sevenx.district.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Terms:
    """The district's figures for a protection (settings `protection.*`)."""

    months: int
    extensions: int
    warn_days: int
    release_days: int
    contest_working_days: int
    decision_working_days: int


@dataclass(frozen=True, slots=True)
class ReportLead:
    """A complete registration was accepted; given together with the lead's own command."""

    lead: str
    unit: str
    group: str
    investor: Party
    intent_key: str
    terms: Terms
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class ConvertProtected:
    """The lead is to become this project."""

    lead: str
    project: str
    today: date


@dataclass(frozen=True, slots=True)
class ProveTalk:
    """A substantive talk is proved by minutes or the investor's confirmation."""

    lead: str
    talked_on: date
    sha256: str
    today: date
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Fulfil:
    """The lead's project has its formal contract."""

    lead: str
    project: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Reopen:
    """The signature of the lead's project was taken back."""

    lead: str
    project: str
    reason: str
    today: date


@dataclass(frozen=True, slots=True)
class MoveReport:
    """The lead was taken over by another unit or group (流转)."""

    lead: str
    unit: str
    group: str
    today: date


@dataclass(frozen=True, slots=True)
class Leave:
    """The lead, or the project that it became, is over."""

    lead: str
    cause: ReleaseCause
    reason: str
    terms: Terms
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The holder gives its protection up."""

    lead: str
    reason: str
    terms: Terms
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class Extend:
    lead: str
    reason: str
    terms: Terms
    commerce: Commerce
    office: Referee
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class DecideRelease:
    """Decide on a proposed release. `progress_on` is the day of the latest progress that is on record."""

    lead: str
    release: bool
    reason: str
    progress_on: date | None
    terms: Terms
    commerce: Commerce
    office: Referee
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class Contest:
    lead: str
    grounds: str
    evidence: tuple[str, ...]
    terms: Terms
    calendar: WorkCalendar
    commerce: Commerce
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class DecideContest:
    """`lead` is the contesting one."""

    lead: str
    contest: int
    upheld: bool
    reason: str
    terms: Terms
    office: Referee
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class DecideIntent:
    """Find a lead's intent to be that of another report (`same_as`), or one of its own."""

    lead: str
    same_as: str | None
    reason: str
    terms: Terms
    commerce: Commerce
    office: Referee
    today: date
    by: str


@dataclass(frozen=True, slots=True)
class JudgeIdle:
    """By the clock: the leads that have been idle, each since a day; judged as of `on`."""

    idle: tuple[tuple[str, date], ...]
    on: date


@dataclass(frozen=True, slots=True)
class JudgeTerms:
    """By the clock: judge as of `on` which of the investor's protections have reached the end of their term."""

    terms: Terms
    on: date


@dataclass(frozen=True, slots=True)
class JudgeContests:
    """By the clock: judge as of `on` which contests should have been decided."""

    on: date


ProtectionCommand = (
    ReportLead
    | ConvertProtected
    | ProveTalk
    | Fulfil
    | Reopen
    | Leave
    | MoveReport
    | GiveUp
    | Extend
    | DecideRelease
    | Contest
    | DecideContest
    | DecideIntent
    | JudgeIdle
    | JudgeTerms
    | JudgeContests
)
