"""What the rules of protection need to know of an investor's past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.projects.domain.protection.events import FirstTalkProved, LeadContested
from services.projects.domain.values import Party


class Standing(StrEnum):
    """How a report stands: protected, waiting, or neither any more."""

    HOLDING = "holding"
    QUEUED = "queued"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Report:
    """One lead of the investor."""

    lead: str
    unit: str
    group: str
    investor: Party
    intent: str
    number: int
    registered_on: date
    registered_by: str
    standing: Standing
    since: date
    """Since when it stands so."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The protection of an intent."""

    lead: str
    from_date: date
    until: date
    warn_days: int
    release_days: int
    extensions_left: int
    project: str | None = None
    fulfilled: bool = False
    idle_from: date = date.min
    """Idleness counts from here at the earliest."""
    warned_since: date | None = None
    """The beginning of the idleness that was warned of."""
    proposed_since: date | None = None
    """The beginning of the idleness for which the release is proposed."""


@dataclass(frozen=True, slots=True)
class OpenContest:
    """A contest that is not decided yet."""

    made: LeadContested
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Investor:
    """An investor's reports by lead, and the protections by intent."""

    reports: Mapping[str, Report] = field(default_factory=dict)
    holds: Mapping[str, Hold] = field(default_factory=dict)
    talks: Mapping[str, FirstTalkProved] = field(default_factory=dict)
    """The first proved talk of each intent."""
    contests: Mapping[int, OpenContest] = field(default_factory=dict)
    contests_made: int = 0
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Intents that were found to be others: where a further report of them belongs."""
    refuted: frozenset[tuple[str, str]] = frozenset()
    """(contesting lead, contested lead) of contests that were dismissed."""

    def queue(self, intent: str) -> tuple[Report, ...]:
        """Who waits for an intent, the first report first."""
        waiting = (one for one in self.reports.values() if one.intent == intent and one.standing is Standing.QUEUED)
        return tuple(sorted(waiting, key=lambda one: one.number))

    def hold_of(self, lead: str) -> Hold | None:
        """The protection that a lead has, or None."""
        report = self.reports.get(lead)
        hold = self.holds.get(report.intent) if report else None
        return hold if hold is not None and hold.lead == lead else None

    def contests_of(self, intent: str) -> tuple[OpenContest, ...]:
        """The open contests about an intent."""
        return tuple(one for one in self.contests.values() if one.made.intent_key == intent)
