"""The rules about the targets of a plan: by month, by unit, and their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from sevenx.kernel.errors import Rejection

from .events import PlannedTarget
from .state import Group

MONTHS = 12


def refuse_targets(targets: Iterable[PlannedTarget], state: Group) -> Rejection | None:
    """三（二）: each indicator once, twelve months, and the months and the units' parts each sum to the year's. The
    refusal's field is the place in the draft: `targets.0.months`."""
    listed = tuple(targets)
    twice = [name for name, count in Counter(one.indicator for one in listed).items() if count > 1]
    if twice:
        return Rejection(
            "indicator-twice",
            zh=f"指标{twice[0]}出现{Counter(one.indicator for one in listed)[twice[0]]}次；请合并为一项。",
            en=f"The indicator {twice[0]} stands more than once; make it one target.",
            rule="三（二）",
            details={"indicator": twice[0]},
            field="targets",
        )
    return next(
        (refused.within(f"targets.{n}") for n, one in enumerate(listed) if (refused := _refuse(one, state))), None
    )


def _refuse(target: PlannedTarget, state: Group) -> Rejection | None:
    values = (target.value, *target.months, *(part.value for part in target.parts))
    if any(value < 0 or value != value.quantize(Decimal("0.01")) for value in values):
        return Rejection(
            "target-value",
            zh=f"指标{target.indicator}的目标值须为非负数，最多两位小数。",
            en=f"The targets of {target.indicator} are not negative and have at most two digits after the point.",
            rule="三（二）",
            details={"indicator": target.indicator},
            field="value",
        )
    if len(target.months) != MONTHS:
        return Rejection(
            "twelve-months",
            zh=f"指标{target.indicator}列了{len(target.months)}个月；请按1至12月列出。",
            en=f"The indicator {target.indicator} has {len(target.months)} months; give January to December.",
            rule="三（二）",
            details={"indicator": target.indicator, "months": len(target.months)},
            field="months",
        )
    return (
        _refuse_units(target, state)
        or _refuse_sum(target, "months", "各月", "months", sum(target.months, Decimal(0)))
        or _refuse_parts(target)
    )


def _refuse_parts(target: PlannedTarget) -> Rejection | None:
    if not target.parts:
        return None
    return _refuse_sum(target, "parts", "各单位", "units' parts", sum((p.value for p in target.parts), Decimal(0)))


def _refuse_sum(target: PlannedTarget, what: str, zh: str, en: str, total: Decimal) -> Rejection | None:
    difference = total - target.value
    if not difference:
        return None
    more_zh, more_en = ("多", "more") if difference > 0 else ("少", "less")
    return Rejection(
        f"{what}-sum",
        zh=f"指标{target.indicator}{zh}目标合计{total}，比全年目标{target.value}{more_zh}{abs(difference)}；请调整使二者相等。",
        en=f"The {en} of {target.indicator} sum to {total}, {abs(difference)} {more_en} than the year's "
        f"{target.value}; make them equal.",
        rule="三（二）",
        details={
            "indicator": target.indicator,
            "total": str(total),
            "year": str(target.value),
            "difference": str(difference),
        },
        field=what,
    )


def _refuse_units(target: PlannedTarget, state: Group) -> Rejection | None:
    units = [part.unit for part in target.parts]
    strangers = [unit for unit in units if not (state.is_lead(unit) or state.is_responsible(unit))]
    if strangers:
        return Rejection(
            "not-of-the-group",
            zh=f"{'、'.join(strangers)}不是{state.zh}的牵头单位或责任单位；请从指标{target.indicator}的分解中删去。",
            en=f"{', '.join(strangers)}: neither lead nor responsible unit of {state.en}; take it out of the parts of "
            f"{target.indicator}.",
            rule="三（二）",
            details={"units": strangers},
            field="parts",
        )
    twice = [unit for unit, count in Counter(units).items() if count > 1]
    if twice:
        return Rejection(
            "unit-twice",
            zh=f"{twice[0]}在指标{target.indicator}的分解中出现多次；请合并为一项。",
            en=f"{twice[0]} stands more than once in the parts of {target.indicator}; make it one part.",
            rule="三（二）",
            details={"unit": twice[0]},
            field="parts",
        )
    return None
