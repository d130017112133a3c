"""The rules of groups of companies: an enterprise is given one parent at most, and no circle closes, whatever is
merged."""

from __future__ import annotations

from services.projects.domain.company_group.commands import AssignParent, CompanyGroupCommand, RemoveParent
from services.projects.domain.company_group.events import ParentAssigned, ParentRemoved
from services.projects.domain.company_group.graph import parents, path, survivor
from services.projects.domain.company_group.state import CompanyGroups
from services.projects.domain.dates import check_reason
from services.projects.domain.enterprise import merging
from services.projects.domain.enterprise.commands import MergeEnterprises, UndoMerge
from services.projects.domain.identity import check_free_text
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection


def decide(command: CompanyGroupCommand, state: CompanyGroups) -> Decision:
    """The events that a command causes, or why it is refused."""
    match command:
        case AssignParent():
            return assign(command, state)
        case RemoveParent():
            return remove(command, state)
        case MergeEnterprises():
            return merge(command, state)
        case UndoMerge():
            return undo(command, state)


def assign(command: AssignParent, state: CompanyGroups) -> Decision:
    """No enterprise is, through others or directly, its own parent."""
    for one in (command.enterprise, command.parent):
        if one in state.merged_into:
            return merging.merged_already(one, survivor(state.merged_into, one))
    previous = state.parent_of.get(command.enterprise)
    if previous == command.parent:
        return []
    circle = path(parents(state.parent_of, state.merged_into), command.parent, command.enterprise)
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


def merge(command: MergeEnterprises, state: CompanyGroups) -> Decision:
    """No enterprise is found to be one with what it belongs to: that would be its own parent."""
    above = parents(state.parent_of, state.merged_into)
    one, other = (survivor(state.merged_into, each) for each in (command.survivor, command.absorbed))
    way = path(above, one, other) or path(above, other, one)
    if way and one != other:
        return Rejection(
            "merge-within-group",
            f"{way[0]} 属于 {way[-1]}（母子公司关系），不能合并为一家；母子关系有误的，请先撤销。",
            f"{way[0]} belongs to {way[-1]}; the two cannot be one. Remove the parent first where it is wrong.",
            details={"chain": way},
            status=409,
        )
    return [merging.merged(command)]


def undo(command: UndoMerge, state: CompanyGroups) -> Decision:
    """What is taken back must hold."""
    if state.merged_into.get(command.absorbed) != command.survivor:
        return merging.no_such_merge(command)
    return [merging.undone(command)]
