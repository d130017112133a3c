"""Which posts nobody holds on a day, or soon will not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sevenx.district.tenure import Tenure, Tenures, holder_on

GROUP_ROLES = ("group_leader", "liaison")
"""一, 三（三）: the posts that every group must have; groups five to seven have no deputy."""
LEAD_UNIT_ROLES = ("unit_head",)
"""三（三）: the head of a lead unit reviews the report."""
RESPONSIBLE_UNIT_ROLES = ("unit_head", "unit_liaison")
"""三（三）: each responsible unit has a liaison as well."""


class VacancyKind(StrEnum):
    """Vacant: nobody holds the post. Overdue: the announced end has passed, and the holder goes on without a successor.
    Ending: the holder's end is known and nobody follows yet."""

    VACANT = "vacant"
    OVERDUE = "overdue"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What is amiss with a post on a day."""

    kind: VacancyKind
    since: date
    """The first day without a holder; overdue or ending: the announced end."""
    days: int
    """How long it has been vacant or overdue; ending: how long it is still held."""
    holder: Tenure | None
    """Who holds it still."""
    successor: Tenure | None
    """Who takes it up later, where that is known."""
    never_held: bool


def vacancy(tenures: Tenures, expected: date, on: date, announced: date | None = None) -> Vacancy | None:
    """What is amiss with a post that somebody must hold from `expected` on; None where all is well.

    `announced` is the announced end of the present holder, who goes on until a successor begins (三（三）).
    """
    if on < expected:
        return None
    holder, later = holder_on(tenures, on), [t for t in tenures if t.start > on]
    successor = min(later, key=lambda t: t.start, default=None)
    if holder is None:
        ends = [t.end for t in tenures if t.end is not None and t.end <= on]
        since = max([expected, *ends])
        return Vacancy(VacancyKind.VACANT, since, (on - since).days, None, successor, not ends)
    end = holder.end or announced
    if end is None or (successor is not None and successor.start <= end):
        return None
    kind = VacancyKind.OVERDUE if end <= on else VacancyKind.ENDING
    return Vacancy(kind, end, abs((on - end).days), holder, successor, False)
