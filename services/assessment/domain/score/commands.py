"""Commands to a subject's score of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.assessment.domain.score.events import ScoreItem


@dataclass(frozen=True)
class Scored:
    """A score as it was calculated, each item with all its facts."""

    cohort: str
    subject: str
    subject_name: str
    total: Decimal
    scale: Decimal
    items: tuple[ScoreItem, ...]


@dataclass(frozen=True)
class RecordScore:
    """Record the score of a calculation, with its facts or with their number and digest alone."""

    year: int
    calculation: int
    rulebook: int
    as_of: datetime
    provisional: bool
    scored: Scored
    with_facts: bool = True


@dataclass(frozen=True)
class CorrectScore:
    """Correct an item's points; `appeal` or `version` says by what."""

    indicator: str
    now: Decimal
    reason: str
    by: str
    today: date
    appeal: int | None = None
    version: int | None = None
