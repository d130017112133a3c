"""What happens to the assessment of a year (三(五))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.assessment.domain.values import CutMark, PointsCorrection, Ranked


class CommendationKind(StrEnum):
    """Whom the notice lets be commended: 单位和干部."""

    UNIT = "unit"
    CADRE = "cadre"


@dataclass(frozen=True, slots=True)
class CalculationMade:
    """All subjects were scored, each in its own stream (`410804-Z-2026-G-1`). By a person or, monthly, by the clock."""

    year: int
    calculation: int
    rulebook: int
    as_of: datetime
    provisional: bool
    """The year was not over, or not every area had closed it: a first rating waits for a calculation that is not."""
    ranking: tuple[Ranked, ...]
    ends_at: datetime
    """When the year closes."""
    calculated_by: str | None = None
    """Null: the clock."""
    month: str | None = None
    """`2026-07` for the clock's calculation of a month, `2026` for the year's."""


@dataclass(frozen=True, slots=True)
class FirstRatingMade:
    """初评: the assessment office rated the year by its latest calculation."""

    year: int
    calculation: int
    rulebook: int
    ranking: tuple[Ranked, ...]
    rated_by: str
    rated_on: date


@dataclass(frozen=True, slots=True)
class ResultPublicized:
    """公示: the result is public for so many working days after the day itself, until the end of `until`."""

    year: int
    calculation: int
    ranking: tuple[Ranked, ...]
    publicized_on: date
    until: date
    until_at: datetime
    """The 24:00 of `until`: an appeal that comes then is too late."""
    working_days: int
    provisional_calendar: bool
    publicized_by: str


@dataclass(frozen=True, slots=True)
class PublicNoticeEnded:
    """公示期满: no further appeal is taken; those open are still to be reviewed."""

    year: int
    until_at: datetime
    open_appeals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AppealFiled:
    """One of those concerned appealed while the result was public."""

    year: int
    appeal: int
    """1, 2, 3 … within the year."""
    appellant: str
    """The group or unit in whose name it is filed."""
    subject: str
    """Whose score is in dispute; mostly the appellant's own."""
    indicator: str | None
    grounds: str
    evidence: tuple[str, ...]
    """Positions of events that the appeal rests on."""
    filed_by: str
    filed_on: date
    sha256: str | None = None
    """Of a document that goes with it."""


@dataclass(frozen=True, slots=True)
class AppealUpheld:
    """The appeal was right: points are corrected, in the subject's own stream as well."""

    year: int
    appeal: int
    subject: str
    correction: PointsCorrection
    reason: str
    reviewed_by: str
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class AppealDismissed:
    """The appeal was not right, with the reason."""

    year: int
    appeal: int
    subject: str
    reason: str
    reviewed_by: str
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class VetoApplied:
    """一票否决: by a document of a higher level that the rulebook names, the subject stands behind all others and is
    not commended. Its score stays."""

    year: int
    subject: str
    veto: str
    title: str
    basis: str
    """The higher level's rule, as the rulebook names it."""
    document_number: str
    """The document by which it was found in this case."""
    reason: str
    applied_by: str
    applied_on: date


@dataclass(frozen=True, slots=True)
class VetoLifted:
    """A veto no longer holds, with the reason."""

    year: int
    subject: str
    veto: str
    reason: str
    lifted_by: str
    lifted_on: date


@dataclass(frozen=True, slots=True)
class AssessmentSettled:
    """审定: the district committee and government settled the result, with what appeals have corrected."""

    year: int
    calculation: int
    ranking: tuple[Ranked, ...]
    document_number: str
    settled_by: str
    settled_on: date


@dataclass(frozen=True, slots=True)
class AssessmentFrozen:
    """The settled result is fixed for ever as version 1; every area has closed the year, as the markers in `cut`
    say."""

    year: int
    version: int
    calculation: int
    rulebook: int
    ranking: tuple[Ranked, ...]
    cut: tuple[CutMark, ...]


@dataclass(frozen=True, slots=True)
class AssessmentCorrected:
    """A frozen assessment was corrected: a new version, the old one stays."""

    year: int
    version: int
    corrections: tuple[PointsCorrection, ...]
    ranking: tuple[Ranked, ...]
    reason: str
    basis: tuple[str, ...]
    """Positions of the events that show the mistake."""
    document_number: str
    """The committee's and government's approval."""
    corrected_by: str
    corrected_on: date


@dataclass(frozen=True, slots=True)
class CommendationAdvised:
    """Advice to commend a unit or a cadre (表彰建议). Nothing follows from it by itself."""

    year: int
    commendation: int
    kind: CommendationKind
    subject: str
    subject_name: str
    person: str | None
    """For a cadre: a person's id."""
    reason: str
    advised_by: str
    advised_on: date


YEAR_EVENTS = (
    CalculationMade,
    FirstRatingMade,
    ResultPublicized,
    PublicNoticeEnded,
    AppealFiled,
    AppealUpheld,
    AppealDismissed,
    VetoApplied,
    VetoLifted,
    AssessmentSettled,
    AssessmentFrozen,
    AssessmentCorrected,
    CommendationAdvised,
)
