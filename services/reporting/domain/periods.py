"""A month of reporting."""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"^(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])$")


@dataclass(frozen=True, order=True)
class Period:
    """A month of reporting, `2026-07`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2026-07`; ValueError when it has another form."""
        match = _FORM.match(text)
        if match is None:
            raise ValueError(f"{text!r} is no period of the form 2026-07")
        return cls(int(match["year"]), int(match["month"]))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def next(self) -> Period:
        """The month after."""
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Period:
        """The month before."""
        return Period(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def last_year(self) -> Period:
        """The same month of the year before (同比)."""
        return Period(self.year - 1, self.month)

    def day(self, wanted: int) -> date:
        """A day of this month; one that the month lacks is its last."""
        return date(self.year, self.month, min(wanted, months.monthrange(self.year, self.month)[1]))
