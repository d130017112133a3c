"""From a unit's name, in any of its spellings, to the unit."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from services.registry.domain.lineage import survivor_of
from sevenx.kernel.errors import Rejection

NamesOfUnits = Mapping[str, Iterable[str]]
"""Every unit's id with all its spellings."""

MOST_CANDIDATES = 5
LEAST_LIKENESS = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spelling that could have been meant, and the unit that bears it."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class UnresolvedName:
    """No unit bears the name; the candidates bear the closest spellings, the closest first."""

    name: str
    candidates: tuple[Candidate, ...]

    def rejection(self) -> Rejection:
        listed = "、".join(f"{c.name}（{c.unit}）" for c in self.candidates)
        return Rejection(
            "unresolved-name",
            zh=f"没有名为“{self.name}”的单位。"
            + (f"最接近的是：{listed}。" if listed else "")
            + "请改正名称，或先为该单位登记这一别名。",
            en=f"No unit is named {self.name}. "
            + (f"Closest: {listed}. " if listed else "")
            + "Correct the name, or add it to the unit as an alias first.",
            rule="一",
            details={"name": self.name, "candidates": [(c.name, c.unit) for c in self.candidates]},
        )


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """Several units bear the name; the candidates are all of them."""

    name: str
    candidates: tuple[Candidate, ...]

    def rejection(self) -> Rejection:
        units = "、".join(c.unit for c in self.candidates)
        return Rejection(
            "ambiguous-name",
            zh=f"“{self.name}”同时是多个单位的名称：{units}。请使用其中一个单位的全称或编号。",
            en=f"{self.name} is the name of several units: {units}. Use the full name or the id of one of them.",
            rule="一",
            details={"name": self.name, "candidates": [(c.name, c.unit) for c in self.candidates]},
        )


def resolve(name: str, units: NamesOfUnits) -> str | UnresolvedName | AmbiguousName:
    """The id of the one unit that bears the name (or has it as its id).

    Clause 一 names units several ways (区发改委 and 发改委, 区卫计委 and 卫健委); only recorded spellings count and
    nothing is guessed. Width and spaces don't matter.
    """
    wanted = spelling(name)
    if wanted in units:
        return wanted
    bearers = [Candidate(one, unit) for unit, names in units.items() for one in names if spelling(one) == wanted]
    found = {candidate.unit: candidate for candidate in bearers}
    match len(found):
        case 1:
            return next(iter(found))
        case 0:
            return UnresolvedName(name, closest(wanted, units))
        case _:
            return AmbiguousName(name, tuple(sorted(found.values(), key=lambda c: c.unit)))


def after_mergers(units: NamesOfUnits, merged: Mapping[str, str]) -> NamesOfUnits:
    """Every unit that goes on with its spellings, among them those (and the ids) of the units merged into it.

    `merged` has for each merged unit the one it was merged into. 一: a name means one unit, also after a reform.
    """
    found: dict[str, list[str]] = {unit: list(names) for unit, names in units.items() if unit not in merged}
    for unit, names in units.items():
        if unit in merged:
            found.setdefault(survivor_of(unit, merged), []).extend((*names, unit))
    return found


def spelling(name: str) -> str:
    """A name without spaces and differences of width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def closest(name: str, units: NamesOfUnits) -> tuple[Candidate, ...]:
    """The closest spelling of each unit that is close enough, the closest first."""
    best: list[tuple[float, Candidate]] = []
    for unit, names in units.items():
        likeness, near = max(((_likeness(name, one), one) for one in names), default=(0.0, ""))
        if likeness >= LEAST_LIKENESS:
            best.append((-likeness, Candidate(near, unit)))
    best.sort(key=lambda entry: (entry[0], entry[1].unit))
    return tuple(candidate for _, candidate in best[:MOST_CANDIDATES])


def _likeness(one: str, other: str) -> float:
    """The Dice coefficient of the two names' characters and pairs of neighbours: 1 for equal names, 0 for strangers.

    Source: L. R. Dice, Measures of the Amount of Ecologic Association Between Species, Ecology 26 (1945).
    """
    first, second = _parts(one), _parts(spelling(other))
    return 2 * (first & second).total() / ((first + second).total() or 1)


def _parts(text: str) -> Counter[str]:
    return Counter(text) + Counter(a + b for a, b in pairwise(text))
