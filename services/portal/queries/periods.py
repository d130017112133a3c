"""The spans of time that figures are summed over: a period, the year so far, the same month a year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sevenx.kernel.clock import SHANGHAI
from sevenx.kernel.cut_offs import month_end

Span = tuple[datetime, datetime]
"""From, and up to but not at."""


@dataclass(frozen=True)
class Spans:
    """A period's month, the year up to its end, and the same month last year (三(三): the 26th to the 25th; December
    closes on the 31st)."""

    period: str
    month: Span
    year: Span
    before: Span

    @classmethod
    def of(cls, period: str, last_day: int = 25, december_last_day: int = 31) -> Spans:
        """The spans of `2026-07` under the district's settings."""
        year, month = int(period[:4]), int(period[5:7])

        def bounds(y: int, m: int) -> Span:
            earlier = (y - 1, 12) if m == 1 else (y, m - 1)
            return tuple(month_end(*one, last_day, december_last_day) for one in (earlier, (y, m)))  # type: ignore[return-value]

        this = bounds(year, month)
        return cls(period, this, (bounds(year, 1)[0], this[1]), bounds(year - 1, month))


def year_of(now: datetime) -> int:
    """The business year in China."""
    return now.astimezone(UTC).astimezone(SHANGHAI).year
