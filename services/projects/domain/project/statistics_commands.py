"""What may be asked of a project's statistics figure (入统)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RecordStatistics:
    """Record a month's fixed-asset investment as the statistics bureau counts it, yuan."""

    month: str
    amount: Decimal
    today: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CorrectStatistics:
    """Correct a month that is on record, with the reason."""

    month: str
    amount: Decimal
    reason: str
    today: date
    by: str


StatisticsCommand = RecordStatistics | CorrectStatistics
