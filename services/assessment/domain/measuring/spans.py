"""A year of assessment: from the year's first instant to its cut-off."""

from __future__ import annotations

from datetime import datetime

from services.assessment.domain.measuring.happenings import Span
from sevenx.kernel.cut_offs import month_end


def year_ends_at(year: int, december_last_day: int = 31) -> datetime:
    """三(三): when December closes, the year closes with it."""
    return month_end(year, 12, december_last_day, december_last_day)


def span_of(year: int, until: datetime, december_last_day: int = 31) -> Span:
    """The year up to `until`; it begins where the year before ended, so that every instant lies in exactly one."""
    return Span(year, year_ends_at(year - 1, december_last_day), min(until, year_ends_at(year, december_last_day)))
