"""A year's rulebook as the rules use it. Its figures are data (`data/rulebooks/assessment-2026.yaml`, published as
RulebookPublished); here stands only what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from services.assessment.domain.measuring.measures import Measure
from services.assessment.domain.score.events import Part


class Formula(StrEnum):
    """How a value becomes points.

    completion: marks × min(value ÷ target, cap); rate: marks × min(value ÷ value of `of`, cap); relative: marks × value
    ÷ the best of the cohort; bonus: value × each, up to the ceiling; deduction: value × each off, up to the ceiling.
    """

    COMPLETION = "completion"
    RATE = "rate"
    RELATIVE = "relative"
    BONUS = "bonus"
    DEDUCTION = "deduction"

    @property
    def part(self) -> Part:
        return {Formula.BONUS: Part.BONUS, Formula.DEDUCTION: Part.DEDUCTION}.get(self, Part.BASE)


class Missing(StrEnum):
    """What is done where a subject has no target, or nothing to take a rate of: `scaled` the indicator does not apply
    and the others are scaled to the full marks (折算); `zero` it has no points."""

    SCALED = "scaled"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an indicator's target comes from, the first that is there: the principal heads' quota (`quota`), figures by
    subject, the registry's TargetSet of that name, a figure for everybody."""

    quota: bool = False
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    registry: str | None = None
    otherwise: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a cohort."""

    id: str
    zh: str
    en: str
    measure: Measure
    formula: Formula
    marks: Decimal = Decimal(0)
    """Of the base."""
    cap: Decimal = Decimal(1)
    """The most that a completion or rate counts; 1.2 lets 120 % count."""
    each: Decimal = Decimal(0)
    ceiling: Decimal = Decimal(0)
    of: Measure | None = None
    target: Target | None = None
    missing: Missing = Missing.SCALED
    clause: str = ""


class SharesOf(StrEnum):
    """Among whom a project's credit is shared in a cohort (二(一))."""

    GROUPS = "groups"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who are compared with one another.

    Members are all groups, or the units of the kinds in `unit_kinds` and those in `units`, without those in
    `without`."""

    id: str
    zh: str
    en: str
    shares: SharesOf
    full_marks: Decimal
    indicators: tuple[Indicator, ...]
    unit_kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VetoRule:
    """一票否决: `basis` is the higher level's rule that makes it one."""

    id: str
    zh: str
    en: str
    basis: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a year."""

    year: int
    zh: str
    en: str
    cohorts: tuple[Cohort, ...]
    vetoes: tuple[VetoRule, ...] = ()

    def veto(self, wanted: str) -> VetoRule | None:
        return next((one for one in self.vetoes if one.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """A group or unit that is assessed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the registry; `kind` is its UnitKind."""

    id: str
    name: str
    kind: str


NEVER_BY_KIND = ("agency", "company")
"""Kinds that no cohort takes in as a whole."""


def members(cohort: Cohort, groups: Sequence[Subject], units: Iterable[Unit]) -> tuple[Subject, ...]:
    """三(五): groups, sub-districts and district units are assessed. Vertical agencies (自然资源局马村分局, 环保局) and
    companies (乾元, 金控) answer to others and are assessed only where the rulebook lists each of them by name."""
    if cohort.shares is SharesOf.GROUPS:
        return tuple(groups)
    kinds = [kind for kind in cohort.unit_kinds if kind not in NEVER_BY_KIND]
    found = [
        Subject(one.id, one.name)
        for one in units
        if (one.kind in kinds or one.id in cohort.units) and one.id not in cohort.without
    ]
    return tuple(sorted(found, key=lambda one: one.id))
