"""Taking over projects of old ledgers (历史台账): what a row must say, and who stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.identity import check_free_text, check_hash, check_industry_code, check_party
from services.projects.domain.project.baseline_commands import ApproveBaseline, BaselineProject, RejectBaseline
from services.projects.domain.project.checks import LANDING_KINDS, check_positive
from services.projects.domain.project.commands import FileEvidence
from services.projects.domain.project.events import (
    BaselineApproved,
    BaselineRejected,
    MissingEvidence,
    ProjectBaselined,
)
from services.projects.domain.project.state import BaselineStanding, Project
from services.projects.domain.rulebook import EvidenceRulebook
from services.projects.domain.values import STAGE_ZH, STAGES, ProjectType, Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_BEFORE_APPROVAL = (FileEvidence, ApproveBaseline, RejectBaseline)


def baseline(command: BaselineProject, state: Project) -> Decision:
    """A row of a ledger becomes the first event of its project; the same row of the same file again changes nothing."""
    if state.baseline is not None and state.baseline.source == command.source:
        return []
    if state.opened is not None:
        return Rejection("project-exists", "该编号的项目已存在。", "A project with this number exists.", status=409)
    for wrong in faults(command):
        return wrong
    return [
        ProjectBaselined(
            name=command.name,
            project_type=command.project_type,
            content=command.content,
            investor=command.investor,
            origin=command.origin,
            origin_place=command.origin_place,
            industry=command.industry,
            group=command.group,
            finder=command.finder,
            stage=command.stage,
            status=command.status,
            reached=command.reached,
            source=command.source,
            missing=missing_up_to(command.stage, command.project_type, command.rulebook),
            rulebook=command.rulebook.version,
            baselined_on=command.today,
            baselined_by=command.by,
            landing_unit=command.landing_unit,
            contract_number=command.contract_number,
            contract_amount=command.contract_amount,
            baselined_funds=command.baselined_funds,
            industry_code=command.industry_code,
            planned_investment=command.planned_investment,
        )
    ]


def faults(command: BaselineProject) -> Iterator[Rejection]:
    """Everything for which a row is refused, so that a ledger is mended at once."""
    checks = (
        check_free_text(name=command.name),
        check_free_text(content=command.content),
        check_free_text(file=command.source.file),
        check_hash(command.source.sha256, "sha256"),
        check_party(command.investor, command.origin, at="investor"),
        check_industry_code(command.industry_code),
        _check_stages(command),
        _check_contract(command),
        _check_landing(command),
        *_check_amounts(command),
    )
    yield from (one for one in checks if one is not None)


def missing_up_to(stage: Stage, project_type: ProjectType, rulebook: EvidenceRulebook) -> tuple[MissingEvidence, ...]:
    """待补: all that the rulebook asks for up to a stage. A ledger tells of dates and amounts and holds no document."""
    return tuple(
        MissingEvidence(one, need.any_of)
        for one in STAGES[: stage.rank + 1]
        for need in rulebook.missing(one, project_type, ())
    )


def _check_stages(command: BaselineProject) -> Rejection | None:
    """Each stage up to the one reached has its day, none beyond it; the days are in order and not ahead of today."""
    days = {one.stage: one.on for one in command.reached}
    for stage in STAGES:
        due = stage.rank <= command.stage.rank
        if due is not (stage in days):
            zh = f"项目已到“{STAGE_ZH[command.stage]}”，" if due else f"项目只到“{STAGE_ZH[command.stage]}”，"
            return Rejection(
                "stage-date-missing" if due else "stage-date-too-many",
                zh + (f"须填写{STAGE_ZH[stage]}日期。" if due else f"不应有{STAGE_ZH[stage]}日期；请核对阶段。"),
                f"The project is at {command.stage}: the day of {stage} is "
                + ("needed." if due else "none of it; check the stage."),
                details={"stage": str(stage)},
                field=f"reached.{stage}",
            )
    for stage, on in days.items():
        if wrong := check_date(f"{STAGE_ZH[stage]}日期", f"reached.{stage}", on, command.today):
            return wrong
    for earlier, later in pairwise(STAGES[: command.stage.rank + 1]):
        if wrong := check_date(f"{STAGE_ZH[later]}日期", f"reached.{later}", days[later], command.today, days[earlier]):
            return wrong
    return None


def _check_contract(command: BaselineProject) -> Rejection | None:
    """Only a formal contract is «signed»: from then on the ledger gives its number and amount, before then none."""
    signed = command.stage.rank >= Stage.SIGNED.rank
    for field, zh, value in (
        ("contract_number", "合同编号", command.contract_number),
        ("contract_amount", "合同金额", command.contract_amount),
    ):
        if wrong := _check_given(field, zh, value, signed, Stage.SIGNED):
            return wrong
    if command.contract_amount is not None:
        wrong = check_positive("合同金额", "contract_amount", command.contract_amount)
        return wrong or check_free_text(contract_number=command.contract_number or "")
    return None


def _check_landing(command: BaselineProject) -> Rejection | None:
    """A landed project has exactly one landing unit, a zone or a sub-district (二(一))."""
    landed = command.stage.rank >= Stage.LANDED.rank
    wrong = _check_given("landing_unit", "落地单位", command.landing_unit, landed, Stage.LANDED)
    if wrong is not None or not landed or command.landing_kind in LANDING_KINDS:
        return wrong
    return Rejection(
        "not-a-landing-unit",
        f"{command.landing_unit} 不是项目落地单位；落地单位为特色商业区、产业集聚区或街道办事处。",
        f"{command.landing_unit} is no landing unit; those are the two zones and the sub-districts.",
        rule="二（一）",
        details={"unit": command.landing_unit, "kind": command.landing_kind},
        field="landing_unit",
    )


def _check_given(field: str, zh: str, value: Any, due: bool, stage: Stage) -> Rejection | None:
    given = value is not None and str(value).strip() != ""
    if given is due:
        return None
    if due:
        return Rejection(
            f"{field.replace('_', '-')}-missing",
            f"{STAGE_ZH[stage]}以后的项目须填写{zh}。",
            f"A project from {stage} on needs `{field}`.",
            field=field,
        )
    return Rejection(
        f"{field.replace('_', '-')}-too-early",
        f"{STAGE_ZH[stage]}以前的项目不应有{zh}；请核对阶段。",
        f"A project before {stage} has no `{field}`; check its stage.",
        field=field,
    )


def _check_amounts(command: BaselineProject) -> Iterator[Rejection | None]:
    if command.planned_investment is not None:
        yield check_positive("计划投资", "planned_investment", command.planned_investment)
    if command.baselined_funds is not None:
        signed = command.stage.rank >= Stage.SIGNED.rank
        if not signed:
            yield _check_given("baselined_funds", "已认定到位资金", command.baselined_funds, signed, Stage.SIGNED)
        yield check_positive("已认定到位资金", "baselined_funds", command.baselined_funds)


def decide_baseline(command: ApproveBaseline | RejectBaseline, state: Project) -> Decision:
    """The Commerce Bureau approves or rejects what was taken over, once, and never whoever took it over."""
    found = state.baseline
    if found is None:
        return Rejection(
            "no-baseline",
            "该项目不是历史台账项目，无须审定。",
            "The project does not come from an old ledger; there is nothing to approve.",
            status=409,
        )
    if state.baseline_standing is not BaselineStanding.PENDING:
        return Rejection(
            "baseline-decided",
            "历史台账已审定，不能再次审定。",
            "The baseline has been decided on already.",
            details={"standing": str(state.baseline_standing)},
            status=409,
        )
    if command.by == found.baselined_by:
        return Rejection(
            "own-baseline",
            "导入人不得审定自己导入的历史台账，请由商务局其他人员审定。",
            "Whoever took it over cannot decide on it; another person of the Commerce Bureau does.",
            status=403,
        )
    if isinstance(command, ApproveBaseline):
        return check_free_text(note=command.note) or [BaselineApproved(command.today, command.by, command.note)]
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [BaselineRejected(command.reason, command.today, command.by)]


def check_taken_over(command: Any, state: Project) -> Rejection | None:
    """Before its approval a project of an old ledger takes evidence and nothing else; a rejected one is over."""
    if state.baseline is None or state.baseline_standing is BaselineStanding.APPROVED:
        return None
    if state.baseline_standing is BaselineStanding.REJECTED and not isinstance(
        command, ApproveBaseline | RejectBaseline
    ):
        return Rejection(
            "baseline-rejected",
            "历史台账审定未通过，项目已终结；更正台账后请重新导入。",
            "The baseline was rejected and the project is over; mend the ledger and import it again.",
            status=409,
        )
    if isinstance(command, _BEFORE_APPROVAL):
        return None
    return Rejection(
        "baseline-pending",
        "历史台账项目须先由商务局审定；审定前只能补充归档材料。",
        "A project of an old ledger is approved by the Commerce Bureau first; until then it takes evidence only.",
        status=409,
    )
