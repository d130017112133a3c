"""Extensions (增资): one project counts once, and what extends it counts its increment alone («Projects», identity)."""

from __future__ import annotations

from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.project.checks import check_not_over
from services.projects.domain.project.contract_commands import (
    AddExtension,
    DeclareExtension,
    ExtensionCommand,
    RemoveExtension,
    WithdrawExtension,
)
from services.projects.domain.project.events import (
    ExtensionAdded,
    ExtensionDeclared,
    ExtensionRemoved,
    ExtensionWithdrawn,
)
from services.projects.domain.project.state import Project
from services.projects.domain.values import Stage
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide_extension(command: ExtensionCommand, state: Project) -> Decision:
    """What becomes of an extension, in its own stream and in that of its base."""
    match command:
        case DeclareExtension():
            return declare(command, state)
        case AddExtension():
            return add(command, state)
        case WithdrawExtension():
            return withdraw(command, state)
        case RemoveExtension():
            return remove(command, state)


def declare(command: DeclareExtension, state: Project) -> Decision:
    """Before its signature, which counts by it, a project is said to extend another. What is extended itself extends
    nothing: of extensions there is one level, and so no circle."""
    if state.extends == command.base:
        return []
    wrong = check_not_over(state) or _check_unsigned(state)
    if wrong is not None:
        return wrong
    if command.base == command.project:
        return Rejection(
            "extends-itself", "项目不能以自身为原项目。", "A project does not extend itself.", field="base"
        )
    if state.extends is not None:
        return Rejection(
            "extends-another",
            f"已登记为 {state.extends} 的增资项目；有误的请先撤回。",
            f"The project is on record as an extension of {state.extends}; withdraw that first where it is wrong.",
            details={"base": state.extends},
            status=409,
            field="base",
        )
    if state.extensions:
        return _one_level(", ".join(state.extensions), "本项目已有增资项目", "The project has extensions of its own")
    return [ExtensionDeclared(command.base, command.today, command.by)]


def add(command: AddExtension, state: Project) -> Decision:
    """Only a signed project that is not over is extended."""
    if command.extension in state.extensions:
        return []
    wrong = check_not_over(state)
    if wrong is not None:
        return wrong.within("base")
    if state.stage.rank < Stage.SIGNED.rank:
        return Rejection(
            "base-not-signed",
            "原项目尚未签订正式合同，不能登记增资；请并入原项目签约。",
            "The base project has no formal contract yet; what is added before it belongs to that contract.",
            status=409,
            field="base",
        )
    if state.extends is not None:
        return _one_level(state.extends, "所填原项目本身是增资项目", "The project named is an extension itself")
    return [ExtensionAdded(command.extension, command.today, command.by)]


def withdraw(command: WithdrawExtension, state: Project) -> Decision:
    """Found to be a project of its own, before its signature has counted."""
    if state.extends is None:
        return Rejection("no-extension", "该项目不是增资项目。", "The project extends no other.", status=404)
    wrong = _check_unsigned(state) or check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [ExtensionWithdrawn(state.extends, command.reason, command.today, command.by)]


def remove(command: RemoveExtension, state: Project) -> Decision:
    """The base no longer counts it among its extensions."""
    if command.extension not in state.extensions:
        return []
    return [ExtensionRemoved(command.extension, command.reason, command.today, command.by)]


def _check_unsigned(state: Project) -> Rejection | None:
    if state.stage.rank < Stage.SIGNED.rank:
        return None
    return Rejection(
        "extension-signed",
        "项目签约后不再变更增资关系（已按其计数）；确有误的，请先更正签约。",
        "The signature has counted by it; take the stage back first where it is wrong.",
        status=409,
    )


def _one_level(other: str, zh: str, en: str) -> Rejection:
    return Rejection(
        "extension-of-extension",
        f"{zh}（{other}）；增资只对原项目登记，不能逐级增资或成环。",
        f"{en} ({other}); an extension names the project that it began with, and no chain or circle is made.",
        details={"other": other},
        status=409,
        field="base",
    )
