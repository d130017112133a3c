"""The rules of groups of companies: an enterprise has one parent at most, and no circle closes."""

from __future__ import annotations

from services.projects.domain.company_group.commands import AssignParent, CompanyGroupCommand, RemoveParent
from services.projects.domain.company_group.events import ParentAssigned, ParentRemoved
from services.projects.domain.company_group.state import CompanyGroups
from services.projects.domain.dates import check_reason
from services.projects.domain.identity import check_free_text
from services.projects.domain.referral.graph import closes_circle
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide(command: CompanyGroupCommand, state: CompanyGroups) -> Decision:
    """The events that a command causes, or why it is refused."""
    match command:
        case AssignParent():
            return assign(command, state)
        case RemoveParent():
            return remove(command, state)


def assign(command: AssignParent, state: CompanyGroups) -> Decision:
    """No enterprise is, through others or directly, its own parent."""
    previous = state.parent_of.get(command.enterprise)
    if previous == command.parent:
        return []
    circle = closes_circle(state.parent_of, command.parent, command.enterprise)
    if circle:
        return Rejection(
            "parent-circle",
            f"{command.parent} 本身（直接或间接）属于 {command.enterprise}，母子公司关系不能成环；"
            "请核对谁是谁的母公司。",
            f"{command.parent} itself belongs to {command.enterprise}, directly or through others; "
            "parents cannot form a circle. Check which is the parent.",
            details={"chain": circle},
            status=409,
        )
    return [ParentAssigned(command.enterprise, command.parent, previous, command.today, command.by)]


def remove(command: RemoveParent, state: CompanyGroups) -> Decision:
    """A parent is taken away with the reason."""
    parent = state.parent_of.get(command.enterprise)
    if parent is None:
        return Rejection(
            "no-parent",
            f"企业 {command.enterprise} 没有登记母公司。",
            f"No parent of enterprise {command.enterprise} is on record.",
            status=404,
        )
    wrong = check_reason(command.reason) or check_free_text(reason=command.reason)
    return wrong or [ParentRemoved(command.enterprise, parent, command.reason, command.today, command.by)]
