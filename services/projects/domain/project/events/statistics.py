"""The statistics figure (入统): fixed-asset investment as the statistics bureau counts it. It is no funds in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sevenx.kernel.types import Money


@dataclass(frozen=True, slots=True)
class StatisticsRecorded:
    """入统: a month's fixed-asset investment, yuan."""

    month: str
    amount: Money
    cumulative: Money
    """All months that are on record, with this one."""
    recorded_on: date
    recorded_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatisticsCorrected:
    """A month's figure was corrected; `cumulative` is what all months come to now."""

    month: str
    amount_was: Money
    amount: Money
    cumulative: Money
    reason: str
    corrected_on: date
    corrected_by: str
