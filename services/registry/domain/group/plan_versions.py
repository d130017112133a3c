"""The rules about versions of the annual action plan (年度行动方案), from the draft to the adoption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

from .commands import AdoptPlan, ApprovePlan, DraftPlan, ReturnPlan, SubmitPlan
from .events import (
    AnnualPlanAdopted,
    MonthlyTargetsSet,
    PlanAdopted,
    PlanApproved,
    PlanDrafted,
    PlannedTarget,
    PlanReturned,
    PlanSubmitted,
    TargetSet,
)
from .planned_targets import refuse_targets
from .plans import refuse_document
from .state import Group, PlanStatus, PlanVersion, Target

STATUS_ZH = {
    PlanStatus.DRAFT: "草稿",
    PlanStatus.SUPERSEDED: "已被新稿取代",
    PlanStatus.SUBMITTED: "待审批",
    PlanStatus.RETURNED: "已退回",
    PlanStatus.APPROVED: "已批准",
    PlanStatus.ADOPTED: "已施行",
}


def draft(command: DraftPlan, state: Group) -> Decision:
    """三（二）: each group has an annual action plan. A new draft takes the next number and every earlier one is kept;
    while a version waits for approval nothing is drafted."""
    if refused := refuse_document(command.document_sha256) or refuse_targets(command.targets, state):
        return refused
    number = state.newest_version(command.year)
    last = state.versions.get((command.year, number))
    if last is not None and last.status is PlanStatus.SUBMITTED:
        return Rejection(
            "plan-under-review",
            zh=f"{command.year}年方案第{number}版正在审批；请等待批准或退回后再拟新稿。",
            en=f"Version {number} of the plan of {command.year} waits for approval; draft anew when it is decided.",
            rule="三（二）",
            status=409,
            details={"version": number},
        )
    open_draft = last is not None and last.status is PlanStatus.DRAFT
    if open_draft and last is not None and _same(command, last.drafted):
        return []
    return [
        PlanDrafted(
            command.year,
            number + 1,
            command.title,
            command.document_sha256,
            command.targets,
            command.by,
            command.today,
            number if open_draft else None,
        )
    ]


def submit(command: SubmitPlan, state: Group) -> Decision:
    """三（二）: what is submitted has targets."""
    version = _version(command, state, PlanStatus.DRAFT, (PlanStatus.SUBMITTED,))
    if not isinstance(version, PlanVersion):
        return version
    if not version.drafted.targets:
        return Rejection(
            "plan-without-targets",
            zh="方案没有目标；请先分月、分单位列出年度目标，再提交。",
            en="The plan has no targets; list the year's targets by month and unit before you submit it.",
            rule="三（二）",
        )
    return [PlanSubmitted(command.year, command.version, command.by, command.today)]


def approve(command: ApprovePlan, state: Group) -> Decision:
    """三（二）: nobody approves the plan that he drafted or submitted."""
    version = _version(command, state, PlanStatus.SUBMITTED, (PlanStatus.APPROVED, PlanStatus.ADOPTED))
    if not isinstance(version, PlanVersion):
        return version
    return _own(command.by, version) or [PlanApproved(command.year, command.version, command.by, command.today)]


def send_back(command: ReturnPlan, state: Group) -> Decision:
    """三（二）: a version is returned with the reason, and never by who drafted or submitted it."""
    version = _version(command, state, PlanStatus.SUBMITTED, (PlanStatus.RETURNED,))
    if not isinstance(version, PlanVersion):
        return version
    if not command.reason.strip():
        return Rejection("reason-missing", zh="请说明退回理由。", en="Say why the plan is returned.", rule="三（二）")
    return _own(command.by, version) or [
        PlanReturned(command.year, command.version, command.by, command.today, command.reason)
    ]


def adopt(command: AdoptPlan, state: Group) -> Decision:
    """三（二）: an approved version becomes the plan of the year, and its targets the group's and its units' targets.

    A unit whose part the version no longer has takes no part; an indicator that it does not name keeps its target.
    Its units are still the group's.
    """
    version = _version(command, state, PlanStatus.APPROVED, (PlanStatus.ADOPTED,))
    if not isinstance(version, PlanVersion):
        return version
    adopted = state.plans.get(command.year, 0)
    if adopted > command.version:
        return Rejection(
            "plan-superseded",
            zh=f"{command.year}年方案第{adopted}版已施行，不能改回第{command.version}版；请拟定新版本。",
            en=f"Version {adopted} of the plan of {command.year} is in force; version {command.version} cannot replace "
            "it. Draft a new version.",
            rule="三（二）",
            status=409,
            details={"version": adopted},
        )
    drafted, approved = version.drafted, version.approved
    if refused := refuse_targets(drafted.targets, state):
        return replace(refused, field="")  # its place is in the draft, not in this command
    by, on = (approved.approved_by, approved.approved_on) if approved else (command.by, command.today)
    return [
        PlanAdopted(command.year, command.version, command.by, command.today),
        AnnualPlanAdopted(command.year, command.version, drafted.title, drafted.document_sha256, by, on),
        *(event for target in drafted.targets for event in _set(command.year, target, state)),
    ]


def _set(year: int, target: PlannedTarget, state: Group) -> Iterator[TargetSet | MonthlyTargetsSet]:
    """The events that bring a target where the plan has it: what is there already is not set again."""
    wanted: dict[str | None, Decimal] = {None: target.value}
    before = {unit for y, indicator, unit in state.targets if (y, indicator) == (year, target.indicator) and unit}
    wanted.update(dict.fromkeys(sorted(before), Decimal(0)))
    wanted.update({part.unit: part.value for part in target.parts})
    for unit, value in wanted.items():
        if state.targets.get((year, target.indicator, unit)) != Target(value, target.measure):
            yield TargetSet(year, target.indicator, value, target.measure, unit)
    if state.months.get((year, target.indicator)) != target.months:
        yield MonthlyTargetsSet(year, target.indicator, target.measure, target.months)


def _version(
    command: SubmitPlan | ApprovePlan | ReturnPlan | AdoptPlan,
    state: Group,
    needed: PlanStatus,
    done: tuple[PlanStatus, ...],
) -> PlanVersion | Rejection | list[Any]:
    """The version if it stands where the command needs it; nothing to do where it has gone on already."""
    version = state.versions.get((command.year, command.version))
    if version is None:
        numbers = sorted(number for year, number in state.versions if year == command.year)
        return Rejection(
            "plan-unknown",
            zh=f"{state.zh}没有{command.year}年方案第{command.version}版；现有：{numbers or '无'}。",
            en=f"{state.en} has no version {command.version} of a plan of {command.year}; there are: "
            f"{numbers or 'none'}.",
            rule="三（二）",
            status=404,
            details={"versions": numbers},
        )
    if version.status in done:
        return []
    if version.status is not needed:
        return Rejection(
            "plan-status",
            zh=f"{command.year}年方案第{command.version}版{STATUS_ZH[version.status]}；须为{STATUS_ZH[needed]}方可办理。",
            en=f"Version {command.version} of the plan of {command.year} is {version.status}; it must be {needed}.",
            rule="三（二）",
            status=409,
            details={"status": version.status.value, "needed": needed.value},
        )
    return version


def _own(by: str, version: PlanVersion) -> Rejection | None:
    if by not in (version.drafted.drafted_by, version.submitted_by):
        return None
    return Rejection(
        "own-plan",
        zh="方案不能由起草人或提交人本人审批；请由其他有权人员办理。",
        en="A plan is not approved or returned by who drafted or submitted it; let somebody else decide.",
        rule="三（二）",
        status=403,
    )


def _same(command: DraftPlan, drafted: PlanDrafted) -> bool:
    return (command.title, command.document_sha256, command.targets, command.by) == (
        drafted.title,
        drafted.document_sha256,
        drafted.targets,
        drafted.drafted_by,
    )
