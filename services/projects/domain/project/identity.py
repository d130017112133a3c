"""What a project is known by: intents, the project company, the national code, the status."""

from __future__ import annotations

from services.projects.domain.dates import check_date, check_reason
from services.projects.domain.identity import check_free_text, check_hash, check_party, check_project_code
from services.projects.domain.project.checks import check_not_over
from services.projects.domain.project.commands import AssignProjectCode, ChangeStatus, RecordIntent, RegisterCompany
from services.projects.domain.project.events import (
    CompanyRegistered,
    IntentSigned,
    ProjectCodeAssigned,
    ProjectOpened,
    StatusChanged,
)
from services.projects.domain.project.state import Project
from services.projects.domain.values import STATUS_ZH, ContractKind, Origin, Stage, Status
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def record_intent(command: RecordIntent, state: Project) -> Decision:
    """Letters of intent and frameworks are kept apart from contracts and change no stage (mechanism, «Projects»)."""
    if command.kind is ContractKind.FORMAL:
        return Rejection(
            "formal-contract-is-signing",
            "正式合同请按签约办理（sign）。",
            "A formal contract is recorded by signing.",
            field="kind",
        )
    wrong = (
        check_not_over(state)
        or check_hash(command.sha256)
        or check_free_text(title=command.title)
        or check_date("签订日期", "signed_on", command.signed_on, command.today)
    )
    if wrong is not None:
        return wrong
    if command.sha256 in state.intents:
        return []
    return [IntentSigned(command.kind, command.title, command.signed_on, command.sha256, command.by, command.amount)]


def register_company(command: RegisterCompany, state: Project) -> Decision:
    """履约: the project company is another enterprise than its investor, registered in China and so with a code."""
    if state.stage.rank < Stage.SIGNED.rank:
        return Rejection(
            "not-signed",
            "签订正式合同后才登记项目公司。",
            "The project company is recorded once the formal contract is signed.",
            status=409,
        )
    wrong = check_party(command.company, Origin.DISTRICT) or check_date(
        "注册日期", "registered_on", command.registered_on, command.today
    )
    if wrong is None and command.sha256 is not None:
        wrong = check_hash(command.sha256)
    if wrong is not None:
        return wrong
    if state.company == command.company:
        return []
    return [CompanyRegistered(command.company, command.registered_on, command.by, command.sha256)]


def assign_code(command: AssignProjectCode, state: Project) -> Decision:
    """The national project code is recorded once it exists (GB/T 40058)."""
    wrong = check_project_code(command.code) or check_date(
        "赋码日期", "assigned_on", command.assigned_on, command.today
    )
    if wrong is not None:
        return wrong
    return [] if state.code == command.code else [ProjectCodeAssigned(command.code, command.assigned_on, command.by)]


def change_status(command: ChangeStatus, state: Project, opened: ProjectOpened) -> Decision:
    """Status stands apart from the stage, with reason and date; a terminated project stays so."""
    if state.status is command.status:
        return []
    if state.status is Status.TERMINATED:
        return Rejection(
            "terminated",
            f"项目已{STATUS_ZH[Status.TERMINATED]}，状态不再变更。",
            "The project is terminated; its status no longer changes.",
            status=409,
        )
    wrong = (
        check_reason(command.reason)
        or check_free_text(reason=command.reason)
        or check_date("状态日期", "since", command.since, command.today, state.status_since or opened.opened_on)
    )
    return wrong or [StatusChanged(command.status, state.status, command.since, command.reason, command.by)]
