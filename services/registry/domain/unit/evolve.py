"""How an event changes a unit."""

from __future__ import annotations

from dataclasses import replace

from services.registry.domain.tenure import Change

from .events import (
    UnitAlias,
    UnitAliasAdded,
    UnitAliasWithdrawn,
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
    UnitWithdrawn,
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
    | UnitAliasWithdrawn
    | UnitWithdrawn
)


def evolve(state: Unit, event: Event) -> Unit:
    match event:
        case UnitRegistered():
            return Unit(
                event.zh, event.en, event.kind, event.aliases, event.in_x_department, name_source=event.name_source
            )
        case UnitWithdrawn():
            return Unit()
        case UnitAliasWithdrawn():
            return replace(state, aliases=tuple(one for one in state.aliases if one.name != event.name))
        case UnitAliasAdded():
            return replace(state, aliases=(*state.aliases, UnitAlias(event.name, event.source)))
        case UnitRenamed():
            former = UnitAlias(event.former_zh, "former")
            aliases = (*state.aliases, former)
            return replace(state, zh=event.zh, en=event.en, aliases=aliases, name_source=event.reason)
        case UnitLiaisonEndAnnounced():
            return replace(state, liaison_ends=event.ends_on)
        case UnitParentSet():
            return replace(state, parent=event.parent)
        case UnitMerged():
            return replace(state, merged_into=event.into, merged_on=event.effective, merged_because=event.reason)
        case UnitHeadAppointed():
            return replace(state, head_changes=(*state.head_changes, _appointed(event)))
        case UnitHeadReleased():
            return replace(state, head_changes=(*state.head_changes, _released(event)))
        case UnitLiaisonDesignated():
            return replace(state, liaison_changes=(*state.liaison_changes, _designated(event)), liaison_ends=None)
        case UnitLiaisonReleased():
            return replace(state, liaison_changes=(*state.liaison_changes, _released(event)))
    return state


def _appointed(event: UnitHeadAppointed) -> Change:
    return Change(event.person, event.name, event.effective, True, event.assumed, event.basis)


def _designated(event: UnitLiaisonDesignated) -> Change:
    return Change(event.person, event.name, event.effective, True, basis=event.basis)


def _released(event: UnitHeadReleased | UnitLiaisonReleased) -> Change:
    return Change(event.person, event.name, event.effective, False)
