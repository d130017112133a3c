"""How an event changes a unit."""

from __future__ import annotations

from dataclasses import replace

from services.registry.domain.tenure import begun, ended

from .events import (
    UnitAlias,
    UnitAliasAdded,
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonReleased,
    UnitMerged,
    UnitParentSet,
    UnitRegistered,
    UnitRenamed,
)
from .state import Unit

Event = (
    UnitRegistered
    | UnitAliasAdded
    | UnitRenamed
    | UnitParentSet
    | UnitMerged
    | UnitHeadAppointed
    | UnitHeadReleased
    | UnitLiaisonDesignated
    | UnitLiaisonReleased
)


def evolve(state: Unit, event: Event) -> Unit:
    match event:
        case UnitRegistered():
            return Unit(event.zh, event.en, event.kind, event.aliases, event.in_x_department)
        case UnitAliasAdded():
            return replace(state, aliases=(*state.aliases, UnitAlias(event.name, event.source)))
        case UnitRenamed():
            former = UnitAlias(event.former_zh, "former")
            return replace(state, zh=event.zh, en=event.en, aliases=(*state.aliases, former))
        case UnitParentSet():
            return replace(state, parent=event.parent)
        case UnitMerged():
            return replace(state, merged_into=event.into, merged_on=event.effective)
        case UnitHeadAppointed():
            return replace(state, heads=begun(state.heads, event.person, event.name, event.effective))
        case UnitHeadReleased():
            return replace(state, heads=ended(state.heads, event.effective))
        case UnitLiaisonDesignated():
            return replace(state, liaisons=begun(state.liaisons, event.person, event.name, event.effective))
        case UnitLiaisonReleased():
            return replace(state, liaisons=ended(state.liaisons, event.effective))
    return state
