"""Which ranking or score is meant: live, calculated, public, settled, or a version of the frozen result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.assessment import projections
from services.assessment.domain.year.state import Phase
from services.assessment.queries import Row
from sevenx.kernel.errors import Problem


class Basis(StrEnum):
    """What a ranking or score rests on: the events as they are now, a calculation, or the result at a step."""

    LIVE = "live"
    CALCULATED = "calculated"
    PUBLIC = "public"
    SETTLED = "settled"
    FROZEN = "frozen"


_LATEST = {
    Phase.CALCULATED: Basis.CALCULATED,
    Phase.RATED: Basis.CALCULATED,
    Phase.PUBLIC: Basis.PUBLIC,
    Phase.SETTLED: Basis.SETTLED,
    Phase.FROZEN: Basis.FROZEN,
}


@dataclass(frozen=True)
class Edition:
    """A recorded ranking by its name and its calculation.

    `corrected`: the version of the frozen result up to which scores are corrected; 0: by nothing, None: by all."""

    name: str
    calculation: int
    corrected: int | None
    version: int | None = None
    """Of the frozen result, where that is meant."""


def basis_of(phase: Phase | None, basis: Basis | None, calculation: int | None, version: int | None) -> Basis:
    """What is meant where it is not said: a number names its kind, else how far the year has come."""
    if basis is not None:
        return basis
    if version is not None:
        return Basis.FROZEN
    if calculation is not None:
        return Basis.CALCULATED
    return _LATEST.get(phase, Basis.LIVE) if phase else Basis.LIVE


def edition_of(row: Row, basis: Basis, calculation: int | None, version: int | None) -> Edition:
    """The edition that is asked for; Problem 404 for one that there is not."""
    if basis is Basis.CALCULATED:
        number = calculation or row["calculation"]
        if number > row["calculation"]:
            raise no_such_edition(row["year"], basis)
        return Edition(projections.edition_of(number), number, None)
    if basis is Basis.FROZEN:
        wanted = version or row["version"]
        if wanted is None or wanted > (row["version"] or 0):
            raise no_such_edition(row["year"], basis)
        return Edition(projections.frozen_edition(wanted), row["calculation"], wanted, wanted)
    reached = row["publicized_on"] if basis is Basis.PUBLIC else row["settled_on"]
    if reached is None:
        raise no_such_edition(row["year"], basis)
    name = projections.PUBLIC if basis is Basis.PUBLIC else projections.SETTLED
    return Edition(name, row["calculation"], 1 if basis is Basis.SETTLED else 0)


def no_such_edition(year: int, basis: Basis) -> Problem:
    return Problem(
        404,
        "no-such-ranking",
        f"{year}年度没有所要的排名（{basis}）；可用 GET /assessments/{year} 查看进度和版本。",
        f"{year} has no such ranking ({basis}); GET /assessments/{year} tells how far it has come.",
    )
