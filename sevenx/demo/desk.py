"""When things are entered: people work every day, and sit down at the desk on some days of the week."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from sevenx.demo.scenario import Scenario


class Desk:
    """The working days of a scenario, and those of them on which things are entered. The fewer these are, the less
    often simulated time has to wait until all is settled."""

    def __init__(self, scenario: Scenario, days: Sequence[date]) -> None:
        self.days = days
        self._at = [day for day in days if day.weekday() in scenario.desk_days] or list(days)

    @property
    def last(self) -> date:
        return self.days[-1]

    def after(self, day: date) -> date | None:
        """The day itself or the next one at the desk; None when there is none any more."""
        found = bisect_left(self._at, day)
        return self._at[found] if found < len(self._at) else None

    def before(self, day: date) -> date:
        """The day itself or the last one at the desk before it; the first of all where there is none."""
        return self._at[max(0, bisect_right(self._at, day) - 1)]
