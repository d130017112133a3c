"""How an event changes a unit."""

from __future__ import annotations

from dataclasses import replace

from services.registry.domain.tenure import Tenures, begun, ended

from .events import (
    UnitAlias,
    UnitAliasAdded,
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonEndAnnounced,
    UnitLiaisonReleased,
    UnitMerged,
    UnitParentSet,
    UnitPostHandedOver,
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
    | UnitLiaisonEndAnnounced
    | UnitPostHandedOver
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
        case UnitLiaisonEndAnnounced():
            return replace(state, liaison_ends=event.ends_on)
        case UnitParentSet():
            return replace(state, parent=event.parent)
        case UnitMerged():
            return replace(state, merged_into=event.into, merged_on=event.effective)
        case UnitHeadAppointed():
            return replace(state, heads=_begun(state.heads, event))
        case UnitHeadReleased():
            return replace(state, heads=ended(state.heads, event.person, event.effective))
        case UnitLiaisonDesignated():
            return replace(state, liaisons=_designated(state.liaisons, event), liaison_ends=None)
        case UnitLiaisonReleased():
            return replace(state, liaisons=ended(state.liaisons, event.person, event.effective))
    return state


def _begun(tenures: Tenures, event: UnitHeadAppointed) -> Tenures:
    return begun(tenures, event.person, event.name, event.effective, event.assumed, event.basis)


def _designated(tenures: Tenures, event: UnitLiaisonDesignated) -> Tenures:
    return begun(tenures, event.person, event.name, event.effective, basis=event.basis)
