"""What a briefing pack (汇报材料) holds: a brief for each group and unit, and lists of what needs a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sevenx.kernel.types import Money


class ReportOutcome(StrEnum):
    """按时 on_time, 迟报 late, 未报 missing; `open` while the due time has not come."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Results:
    """What happened within the pack's time, counted by when it was recorded. Amounts in yuan."""

    leads: int
    signed: int
    signed_amount: Money
    landed: int
    started: int
    produced: int
    funds_checked: Money
    """First-checked (初审) less what was reversed."""
    funds_recognised: Money
    """Jointly recognised (联合认定) less what was reversed."""


@dataclass(frozen=True, slots=True)
class GroupBrief:
    """One group's part of the pack."""

    group: str
    number: int
    zh: str
    en: str
    results: Results
    reports_on_time: int
    reports_late: int
    """Submitted after the due time."""
    reports_missing: int
    """Due and not submitted."""
    stalled: int
    red: int
    yellow: int
    directives_open: int
    directives_overdue: int


@dataclass(frozen=True, slots=True)
class HeadBrief:
    """A principal head's (主要负责同志) time outside: trips and counted days within the pack's time, and the year's
    quota as it was last noted (null where no shortfall was noted)."""

    person: str
    name: str
    trips: int
    counted_days: int
    counted_in_year: int | None = None
    required_by_now: int | None = None
    shortfall_days: int | None = None
    """Days that will be lacking at the year's end by the forecast."""


@dataclass(frozen=True, slots=True)
class UnitBrief:
    """One lead or responsible unit's part of the pack: what it found, what landed with it, its time outside."""

    unit: str
    zh: str
    en: str
    groups: tuple[str, ...]
    results: Results
    """Of the leads and projects that the unit found."""
    landed_here: int
    """Projects that landed with it as the landing unit."""
    contributions_late: int
    contributions_missing: int
    trips: int
    heads: tuple[HeadBrief, ...]
    directives_open: int
    directives_overdue: int


@dataclass(frozen=True, slots=True)
class ProjectBrief:
    """A project that stands still or is not green."""

    project: str
    name: str
    group: str
    finder: str
    light: str | None = None
    """green, yellow or red; null where none was shown yet."""
    reasons_zh: tuple[str, ...] = ()
    stalled_since: date | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class ReportBrief:
    """A monthly report that fell due within the pack's time."""

    report: str
    group: str
    period: str
    outcome: ReportOutcome


@dataclass(frozen=True, slots=True)
class DirectiveBrief:
    """A directive that is not closed."""

    directive: str
    title: str
    owner: str
    group: str | None
    due_on: date
    status: str
    overdue: bool
    hearing: str | None = None


@dataclass(frozen=True)
class Pack:
    """A briefing pack: what was recorded from `covers_from` until before `covers_until`, and how things stood at
    `as_of`. Its digest says that a page or print shows this very pack."""

    covers_from: datetime
    covers_until: datetime
    as_of: datetime
    groups: tuple[GroupBrief, ...]
    units: tuple[UnitBrief, ...]
    reports: tuple[ReportBrief, ...]
    projects: tuple[ProjectBrief, ...]
    directives: tuple[DirectiveBrief, ...]
