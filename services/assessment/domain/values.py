"""Words that the aggregates of assessment share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from sevenx.kernel.types import DecimalType, Ratio

Points = Annotated[Decimal, DecimalType(12, 2)]
"""Points of a score, two digits after the point."""
Measured = Annotated[Decimal, DecimalType(26, 6)]
"""What an indicator measures: yuan, a count, days; six digits, since a share of a project has six."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one event adds to an indicator.

    `value` is what the subject gets. Of a project it is `whole` times `share`; the share was settled by the
    CreditShared at `share_position` (null: no share was settled yet, and the whole stands with one)."""

    position: str
    """The event, `area/stream@version`."""
    at: datetime
    """When it occurred (business time): what occurred at or after the cut-off is not in it."""
    value: Measured
    zh: str
    whole: Measured
    share: Ratio | None = None
    share_position: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject's place among its cohort; equal totals share a place. Those with a veto stand behind all others."""

    cohort: str
    rank: int
    subject: str
    subject_name: str
    total: Points
    vetoed: bool = False


@dataclass(frozen=True, slots=True)
class CutMark:
    """A PeriodClosed marker that was waited for: nothing earlier than `as_of` follows it in its partition."""

    area: str
    partition: int
    stream: str
    version: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PointsCorrection:
    """A subject's points in one indicator, and its total, before and after a correction."""

    subject: str
    indicator: str
    was: Points
    now: Points
    total_was: Points
    total_now: Points


def ranked(totals: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """三(五): places within each cohort, in the order of the cohorts' first mention. Equal totals share a place and the
    next place is left out (1, 1, 3). A veto (一票否决) puts a subject behind all without one."""
    cohorts: dict[str, list[Ranked]] = {}
    for one in totals:
        cohorts.setdefault(one.cohort, []).append(one)
    found: list[Ranked] = []
    for members in cohorts.values():
        order = sorted(members, key=lambda one: (one.vetoed, -one.total, one.subject))
        places: dict[tuple[bool, Decimal], int] = {}
        for n, one in enumerate(order, 1):
            place = places.setdefault((one.vetoed, one.total), n)
            found.append(Ranked(one.cohort, place, one.subject, one.subject_name, one.total, one.vetoed))
    return tuple(found)
