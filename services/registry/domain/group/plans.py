"""The rules about the group's annual plan and its targets."""

from __future__ import annotations

import re
from decimal import Decimal

from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import AdoptAnnualPlan, SetTarget
from .events import AnnualPlanAdopted, TargetSet
from .state import Group, Target

SHA256 = re.compile(r"[0-9a-f]{64}")


def adopt_plan(command: AdoptAnnualPlan, state: Group) -> Decision:
    """三（二）: each group has an annual action plan, in versions; nobody approves the plan that he drew up."""
    if refused := refuse_document(command.document_sha256):
        return refused
    if command.drafted_by == command.approved_by:
        return Rejection(
            "own-plan",
            zh="方案不能由起草人本人批准。",
            en="A plan cannot be approved by the one who drew it up.",
            rule="三（二）",
            status=403,
        )
    if state.plan_documents.get(command.year) == command.document_sha256:
        return []
    version = state.newest_version(command.year) + 1
    return [
        AnnualPlanAdopted(
            command.year,
            version,
            command.title,
            command.document_sha256,
            command.approved_by,
            command.approved_on,
        )
    ]


def refuse_document(sha256: str) -> Rejection | None:
    """The plan's document is named by its hash; the document itself stays with the group."""
    if SHA256.fullmatch(sha256) is not None:
        return None
    return Rejection(
        "document-hash",
        zh="请提供方案文件的SHA-256（64位小写十六进制）。",
        en="Give the SHA-256 of the plan's document, 64 lower-case hexadecimal digits.",
        rule="三（二）",
        field="document_sha256",
    )


def set_target(command: SetTarget, state: Group) -> Decision:
    """三（二）: targets are broken down to the group's units, and the parts never exceed the group's target."""
    if command.value < 0 or command.value != command.value.quantize(Decimal("0.01")):
        return Rejection(
            "target-value",
            zh="目标值须为非负数，最多两位小数。",
            en="A target is not negative and has at most two digits after the point.",
            rule="三（二）",
            field="value",
        )
    if command.unit is not None and not _may_take_part(command, command.unit, state):
        return Rejection(
            "not-of-the-group",
            zh=f"{command.unit}不是{state.zh}的牵头单位或责任单位。",
            en=f"{command.unit} is neither a lead nor a responsible unit of {state.en}.",
            rule="三（二）",
            field="unit",
        )
    if any(one.indicator == command.indicator for one in state.planned(command.year)):
        adopted = state.plans[command.year]
        return Rejection(
            "target-from-plan",
            zh=f"{command.year}年该指标已由行动方案第{adopted}版确定；请拟定新版本并报批。",
            en=f"Version {adopted} of the plan sets this target of {command.year}; draft a new version.",
            rule="三（二）",
            status=409,
            details={"version": adopted},
        )
    if refused := _refuse_sum(command, state):
        return refused
    target = Target(command.value, command.measure)
    if state.targets.get((command.year, command.indicator, command.unit)) == target:
        return []
    return [TargetSet(command.year, command.indicator, command.value, command.measure, command.unit)]


def _may_take_part(command: SetTarget, unit: str, state: Group) -> bool:
    """A unit of the group; of one that has left it, a part can only be lowered, so that the others can take it over."""
    before = state.targets.get((command.year, command.indicator, unit))
    return state.is_lead(unit) or state.is_responsible(unit) or (before is not None and command.value < before.value)


def _refuse_sum(command: SetTarget, state: Group) -> Rejection | None:
    whole = state.targets.get((command.year, command.indicator, None))
    taken = state.distributed(command.year, command.indicator)
    if command.unit is None:
        total, parts = command.value, taken
        same_measure = all(
            target.measure == command.measure
            for (year, indicator, unit), target in state.targets.items()
            if (year, indicator) == (command.year, command.indicator) and unit is not None
        )
    elif whole is None:
        return Rejection(
            "group-target-missing",
            zh=f"请先设定{state.zh}{command.year}年该指标的总目标，再分解到单位。",
            en=f"Set the target of {state.en} for {command.year} before its units' parts.",
            rule="三（二）",
        )
    else:
        before = state.targets.get((command.year, command.indicator, command.unit))
        total, parts = whole.value, taken - (before.value if before else 0) + command.value
        same_measure = whole.measure == command.measure
    if not same_measure:
        return Rejection(
            "target-measure",
            zh="分解目标与总目标的计量单位不一致。",
            en="A part and the whole of a target must count the same thing.",
            rule="三（二）",
            field="measure",
        )
    if parts > total:
        return Rejection(
            "parts-exceed-target",
            zh=f"分解目标合计{parts}，超过总目标{total}。",
            en=f"The units' parts sum to {parts}, more than the group's target {total}.",
            rule="三（二）",
            details={"parts": str(parts), "total": str(total)},
            field="value",
        )
    return None
