"""How each event changes the graph of parents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.company_group.events import ParentAssigned, ParentRemoved
from services.projects.domain.company_group.state import CompanyGroups
from services.projects.domain.enterprise.events import EnterprisesMerged, MergeUndone


def evolve(state: CompanyGroups, event: Any) -> CompanyGroups:
    """The graph after the event; an event that it does not know leaves it as it is."""
    match event:
        case ParentAssigned():
            return replace(state, parent_of={**state.parent_of, event.enterprise: event.parent})
        case ParentRemoved():
            left = {one: parent for one, parent in state.parent_of.items() if one != event.enterprise}
            return replace(state, parent_of=left)
        case EnterprisesMerged():
            return replace(state, merged_into={**state.merged_into, event.absorbed: event.survivor})
        case MergeUndone():
            left = {one: survivor for one, survivor in state.merged_into.items() if one != event.absorbed}
            return replace(state, merged_into=left)
        case _:
            return state
