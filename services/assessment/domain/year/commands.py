"""Commands to the assessment of a year. `at` is business time (UTC), `today` the day in China, `by` a person's id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.assessment.domain.values import CutMark, PointsCorrection, Ranked
from services.assessment.domain.year.events import CommendationKind


@dataclass(frozen=True)
class RecordCalculation:
    """All subjects were scored as of `as_of`; `totals` need no places yet.

    `cut`: the markers by which every area has closed the year, empty while one is lacking. `by` is null for the clock,
    which calculates each `month` (and the year, `2026`) once."""

    year: int
    calculation: int
    rulebook: int
    as_of: datetime
    ends_at: datetime
    totals: tuple[Ranked, ...]
    cut: tuple[CutMark, ...] = ()
    by: str | None = None
    month: str | None = None


@dataclass(frozen=True)
class MakeFirstRating:
    """初评 by the latest calculation."""

    by: str
    today: date


@dataclass(frozen=True)
class Publicize:
    """公示 until the 24:00 of `until`."""

    by: str
    today: date
    until: date
    until_at: datetime
    working_days: int
    provisional_calendar: bool


@dataclass(frozen=True)
class EndPublicNotice:
    """The clock: the last day of the public notice is over."""

    at: datetime


@dataclass(frozen=True)
class FileAppeal:
    """Appeal against a subject's score, in the name of a subject."""

    at: datetime
    by: str
    today: date
    appellant: str
    subject: str
    grounds: str
    indicator: str | None = None
    evidence: tuple[str, ...] = ()
    sha256: str | None = None


@dataclass(frozen=True)
class UpholdAppeal:
    """The appeal is right; `correction` is what the score's own rules made of the new points."""

    by: str
    today: date
    appeal: int
    correction: PointsCorrection
    reason: str


@dataclass(frozen=True)
class DismissAppeal:
    """The appeal is not right."""

    by: str
    today: date
    appeal: int
    reason: str


@dataclass(frozen=True)
class ApplyVeto:
    """一票否决; title and basis are the rulebook's."""

    by: str
    today: date
    subject: str
    veto: str
    title: str
    basis: str
    document_number: str
    reason: str


@dataclass(frozen=True)
class LiftVeto:
    """A veto no longer holds."""

    by: str
    today: date
    subject: str
    veto: str
    reason: str


@dataclass(frozen=True)
class Settle:
    """审定 by the district committee and government, with their document."""

    at: datetime
    by: str
    today: date
    document_number: str


@dataclass(frozen=True)
class Freeze:
    """Every area has closed the year."""

    cut: tuple[CutMark, ...]


@dataclass(frozen=True)
class CorrectAssessment:
    """Correct a frozen assessment by a new version, approved by the committee's and government's document."""

    by: str
    today: date
    corrections: tuple[PointsCorrection, ...]
    reason: str
    basis: tuple[str, ...]
    document_number: str


@dataclass(frozen=True)
class AdviseCommendation:
    """Advise to commend a unit, or a cadre of it (`person`)."""

    by: str
    today: date
    kind: CommendationKind
    subject: str
    reason: str
    person: str | None = None
