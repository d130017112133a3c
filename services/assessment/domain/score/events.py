"""What happens to a subject's score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.assessment.domain.values import Fact, Measured, Points
from sevenx.kernel.types import Ratio


class Part(StrEnum):
    """How an indicator enters the total: the `base` is scaled where some do not apply, a `bonus` is added and a
    `deduction` taken off."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One indicator of a score: what was measured, against what, how many points and why.

    `facts` are the first hundred; an item with more has the others in ScoreFactsListed, which stand before the score in
    its stream. A calculation that the clock makes within the year holds none: they follow from the events before
    `as_of`. `facts_count` and `facts_sha256` are of all of them, in order."""

    indicator: str
    zh: str
    en: str
    part: Part
    measure: str
    value: Measured
    target: Measured | None
    """What the value is held against: a target, or the value of which a rate is taken; null where there is none."""
    points: Points
    """Below zero for a deduction."""
    max_points: Points
    """The most that can be had (a cap above the whole counted), or for a deduction lost."""
    marks: Points
    """Its part of the cohort's full marks; 0 for a bonus or a deduction."""
    applies: bool
    """False where the subject has no such task: the other indicators are scaled to the full marks instead."""
    formula: str
    """The calculation with its figures, `20 × min(520000000 ÷ 500000000, 1) = 20.00`."""
    facts: tuple[Fact, ...]
    facts_count: int
    facts_sha256: str


@dataclass(frozen=True, slots=True)
class ScoreFactsListed:
    """The facts of an item that has many, beyond those that the score itself holds; `part` counts 1, 2, 3 …"""

    calculation: int
    indicator: str
    part: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ScoreCalculated:
    """A subject's score by a version of the rulebook, from the events before `as_of`, explained down to each event."""

    year: int
    cohort: str
    subject: str
    subject_name: str
    rulebook: int
    calculation: int
    """Counts within the year; all subjects' scores of one calculation belong together."""
    total: Points
    items: tuple[ScoreItem, ...]
    as_of: datetime
    provisional: bool
    """The year was not over, or not every area had closed it."""
    scale: Ratio
    """What the points of the base are multiplied by because some indicators do not apply; 1 when all do."""


@dataclass(frozen=True, slots=True)
class ScoreCorrected:
    """An item's points were corrected, by an upheld appeal or in a later version of a frozen assessment. The measured
    facts stay as they are; the reason and the basis say why they do not decide."""

    calculation: int
    indicator: str
    was: Points
    now: Points
    total_was: Points
    total_now: Points
    reason: str
    corrected_by: str
    corrected_on: date
    appeal: int | None = None
    version: int | None = None
    """Of the frozen assessment that the correction makes."""


SCORE_EVENTS = (ScoreCalculated, ScoreFactsListed, ScoreCorrected)
