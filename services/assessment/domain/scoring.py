"""From facts to points: deterministic, every figure of the calculation written out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.assessment.domain.measuring.labels import number
from services.assessment.domain.measuring.measure import Measured
from services.assessment.domain.rulebook import Cohort, Formula, Indicator, Missing, Subject
from services.assessment.domain.score.commands import Scored
from services.assessment.domain.score.events import ScoreItem
from services.assessment.domain.score.totals import scale_of, total_of
from services.assessment.domain.values import Fact

Targets = Mapping[tuple[str, str], Decimal]
"""The registry's TargetSet of the year: by subject (a group, or a unit over all its groups) and indicator."""
_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class Basis:
    """What a cohort is scored from."""

    measured: Measured
    targets: Targets


def score_cohort(cohort: Cohort, subjects: Sequence[Subject], basis: Basis) -> tuple[Scored, ...]:
    """Every subject's score; the order of the subjects is kept."""
    best = {
        one.id: max((basis.measured.value(one.measure, subject.id) for subject in subjects), default=_ZERO)
        for one in cohort.indicators
        if one.formula is Formula.RELATIVE
    }
    return tuple(_score(cohort, subject, basis, best) for subject in subjects)


def _score(cohort: Cohort, subject: Subject, basis: Basis, best: Mapping[str, Decimal]) -> Scored:
    items = tuple(score_item(one, subject.id, basis, best.get(one.id, _ZERO)) for one in cohort.indicators)
    scale = scale_of(items)
    return Scored(cohort.id, subject.id, subject.name, total_of(items, scale), scale, items)


def score_item(indicator: Indicator, subject: str, basis: Basis, best: Decimal) -> ScoreItem:
    """三(五): one indicator of a subject. A value below zero counts as nothing in the base and in bonuses."""
    facts = basis.measured.of(indicator.measure, subject)
    value = sum((one.value for one in facts), _ZERO)
    match indicator.formula:
        case Formula.COMPLETION:
            worked = _ratio(indicator, value, target_of(indicator, subject, basis), "无任务")
        case Formula.RATE:
            whole = basis.measured.value(indicator.of, subject) if indicator.of else _ZERO
            worked = _ratio(indicator, value, whole if whole > 0 else None, "无基数")
        case Formula.RELATIVE:
            worked = _relative(indicator, value, best)
        case Formula.BONUS:
            worked = _each(indicator, value, 1)
        case Formula.DEDUCTION:
            worked = _each(indicator, value, -1)
    base = indicator.formula.part == "base"
    most = indicator.marks * max(indicator.cap, Decimal(1)) if base else indicator.ceiling
    return ScoreItem(
        indicator=indicator.id,
        zh=indicator.zh,
        en=indicator.en,
        part=indicator.formula.part,
        measure=indicator.measure,
        value=value,
        target=worked.against,
        points=worked.points,
        max_points=most,
        marks=indicator.marks if base else _ZERO,
        applies=worked.applies,
        formula=worked.formula,
        facts=facts,
        facts_count=len(facts),
        facts_sha256=digest(facts),
    )


@dataclass(frozen=True, slots=True)
class _Worked:
    points: Decimal
    against: Decimal | None
    formula: str
    applies: bool = True


def _ratio(indicator: Indicator, value: Decimal, against: Decimal | None, lacking: str) -> _Worked:
    if against is None or against <= 0:
        if indicator.missing is Missing.ZERO:
            return _Worked(_ZERO, None, f"{lacking}，计0分")
        return _Worked(_ZERO, None, f"{lacking}，不计此项，其余指标按比例折算", applies=False)
    ratio = min(max(value, _ZERO) / against, indicator.cap)
    points = _round(indicator.marks * ratio)
    figures = f"{number(indicator.marks)} × min({number(value)} ÷ {number(against)}, {number(indicator.cap)})"
    return _Worked(points, against, f"{figures} = {points}")


def _relative(indicator: Indicator, value: Decimal, best: Decimal) -> _Worked:
    if best <= 0:
        return _Worked(_ZERO, None, f"本组均为0，{number(indicator.marks)} × 0 = 0.00")
    points = _round(indicator.marks * max(value, _ZERO) / best)
    return _Worked(points, best, f"{number(indicator.marks)} × {number(value)} ÷ {number(best)} = {points}")


def _each(indicator: Indicator, value: Decimal, sign: int) -> _Worked:
    points = _round(min(max(value, _ZERO) * indicator.each, indicator.ceiling)) * sign
    minus = "-" if sign < 0 else ""
    figures = f"{minus}min({number(value)} × {number(indicator.each)}, {number(indicator.ceiling)})"
    return _Worked(points, None, f"{figures} = {points}")


def target_of(indicator: Indicator, subject: str, basis: Basis) -> Decimal | None:
    """The target by the first source that has one: quota, the rulebook's figure for the subject, the registry's
    TargetSet, the rulebook's figure for everybody; None where there is none."""
    target = indicator.target
    if target is None:
        return None
    if target.quota and subject in basis.measured.quotas:
        return basis.measured.quotas[subject]
    if subject in target.figures:
        return target.figures[subject]
    if target.registry is not None and (subject, target.registry) in basis.targets:
        return basis.targets[subject, target.registry]
    return target.otherwise


def digest(facts: Sequence[Fact]) -> str:
    """SHA-256 (hex) over the facts in their order, a line each: position, value, share, where it was settled, label."""
    lines = (
        f"{one.position}\t{number(one.value)}\t{'' if one.share is None else number(one.share)}\t"
        f"{one.share_position or ''}\t{one.zh}\n"
        for one in facts
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _round(points: Decimal) -> Decimal:
    return points.quantize(_CENT, ROUND_HALF_UP)
