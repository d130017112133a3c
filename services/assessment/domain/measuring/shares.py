"""Who gets what of a project (二(一))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

ALL = "all"
"""The indicator of shares that hold wherever none were settled apart."""
GROUPS, UNITS = "groups", "units"
_SIX = Decimal("0.000001")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Settled:
    """Shares as one CreditShared settled them: holder to share, in their order, summing to one."""

    position: str
    holders: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one holder gets of a value."""

    holder: str
    value: Decimal
    share: Decimal
    settled_at: str | None


@dataclass(frozen=True)
class Credit:
    """The shares of one project as they stood at the cut-off, and who has the whole where none are settled."""

    group: str
    finder: str
    settled: Mapping[tuple[str, str], Settled] = field(default_factory=dict)
    """By cohort and indicator."""
    origin: tuple[tuple[str, str, Decimal], ...] = ()
    """(unit, group, part) of those who have had the lead, where it was transferred (流转); they sum to one."""

    def parts(self, cohort: str, measure: str, whole: Decimal) -> tuple[Part, ...]:
        """二(一): the shares within one cohort and indicator sum to one, so that a project counts once. Those settled
        for the measure itself hold before those for all. Until shares are settled, which is at landing, the whole
        stands with the project's group among groups and with the finder among units, or with all who have had its lead.

        Six digits; what dividing leaves over goes to the last holder, so that the parts are the whole exactly."""
        settled = self.settled.get((cohort, measure)) or self.settled.get((cohort, ALL))
        holders = self._unsettled(cohort) if settled is None else settled.holders
        position = None if settled is None else settled.position
        found, left = [], whole
        for n, (holder, share) in enumerate(holders, 1):
            value = left if n == len(holders) else (whole * share).quantize(_SIX, ROUND_DOWN)
            left -= value
            found.append(Part(holder, value, share, position))
        return tuple(found)

    def _unsettled(self, cohort: str) -> tuple[tuple[str, Decimal], ...]:
        """Holder to share before landing."""
        shares: dict[str, Decimal] = {}
        for unit, group, part in self.origin or ((self.finder, self.group, _ONE),):
            holder = group if cohort == GROUPS else unit
            shares[holder] = shares.get(holder, Decimal(0)) + part
        return tuple(shares.items())
