"""The rules of an enterprise."""

from __future__ import annotations

from services.projects.domain.enterprise import belongings, duplicates, merging, registering
from services.projects.domain.enterprise import commands as c
from services.projects.domain.enterprise.state import Enterprise
from sevenx.kernel.decider import Decision
from sevenx.kernel.errors import Rejection

_OF_MERGED = (c.MergeEnterprises, c.UndoMerge, c.EraseEnterpriseContact)
"""What can still be asked of an enterprise that was merged into another; the first is refused with its own words."""


def decide(command: c.EnterpriseCommand, state: Enterprise) -> Decision:
    """The events that a command causes, or why it is refused."""
    if isinstance(command, c.RegisterEnterprise):
        return registering.register(command, state)
    if not state.id:
        return Rejection("unknown-enterprise", "没有这家企业。", "There is no such enterprise.", status=404)
    if command.today < state.registered_on:
        return Rejection(
            "date-out-of-order",
            f"日期早于企业登记日期 {state.registered_on}。",
            f"The date lies before the enterprise's registration on {state.registered_on}.",
        )
    if state.merged_into is not None and not isinstance(command, _OF_MERGED):
        return [] if isinstance(command, c.SuspectDuplicates) else merging.merged_already(state.id, state.merged_into)
    match command:
        case c.CorrectEnterprise():
            return registering.correct(command, state)
        case c.RenameEnterprise():
            return registering.rename(command, state)
        case c.AddEnterpriseAlias():
            return registering.add_alias(command, state)
        case c.RemoveEnterpriseAlias():
            return registering.remove_alias(command, state)
        case c.AssignCreditCode():
            return registering.assign_code(command, state)
        case c.AddListing():
            return belongings.add_listing(command, state)
        case c.RemoveListing():
            return belongings.remove_listing(command, state)
        case c.AddEnterpriseContact():
            return belongings.add_contact(command, state)
        case c.EraseEnterpriseContact():
            return belongings.erase_contact(command, state)
        case c.SuspectDuplicates():
            return duplicates.suspect(command, state)
        case c.DismissDuplicate():
            return duplicates.dismiss(command, state)
        case c.MergeEnterprises():
            return merging.merge(command, state)
        case c.UndoMerge():
            return merging.undo(command, state)
