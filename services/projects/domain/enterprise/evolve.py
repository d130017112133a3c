"""How each event changes an enterprise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.projects.domain.enterprise import events as e
from services.projects.domain.enterprise.state import Enterprise
from services.projects.domain.enterprise.values import AliasKind


def evolve(state: Enterprise, event: Any) -> Enterprise:
    """The enterprise after the event; an event that it does not know leaves it as it is."""
    match event:
        case e.EnterpriseRegistered():
            return Enterprise(
                id=event.enterprise,
                name=event.name,
                origin=event.origin,
                place=event.place,
                code=event.code,
                foreign=event.foreign,
                industry_code=event.industry_code,
                note=event.note,
                registered_for=event.registered_for,
                registered_on=event.registered_on,
                aliases={one.name: one.kind for one in event.aliases},
                lists={(one.list_name, one.year): one.rank for one in event.lists},
            )
        case e.EnterpriseCorrected():
            return replace(
                state,
                name=event.name,
                origin=event.origin,
                place=event.place,
                foreign=event.foreign,
                industry_code=event.industry_code,
                note=event.note,
                aliases=_without(state.aliases, event.name),
            )
        case e.EnterpriseRenamed():
            aliases = {**_without(state.aliases, event.name), event.previous: AliasKind.FORMER}
            return replace(state, name=event.name, aliases=aliases)
        case e.EnterpriseAliasAdded():
            return replace(state, aliases={**state.aliases, event.alias.name: event.alias.kind})
        case e.EnterpriseAliasRemoved():
            return replace(state, aliases=_without(state.aliases, event.name))
        case e.CreditCodeAssigned():
            return replace(state, code=event.code)
        case e.ListingAdded():
            one = event.listing
            return replace(state, lists={**state.lists, (one.list_name, one.year): one.rank})
        case e.ListingRemoved():
            return replace(state, lists=_without(state.lists, (event.list_name, event.year)))
        case e.EnterpriseContactAdded():
            return replace(state, contacts={**state.contacts, event.contact: event.holder})
        case e.EnterpriseContactErased():
            return replace(state, erased=state.erased | {event.contact})
        case e.DuplicateSuspected():
            return replace(state, suspected=state.suspected | {event.other})
        case e.DuplicateDismissed():
            return replace(state, distinct=state.distinct | {event.other})
        case e.EnterprisesMerged():
            if event.absorbed == state.id:
                return replace(state, merged_into=event.survivor)
            return replace(state, absorbed=state.absorbed | {event.absorbed})
        case e.MergeUndone():
            if event.absorbed == state.id:
                return replace(state, merged_into=None, distinct=state.distinct | {event.survivor})
            left = state.absorbed - {event.absorbed}
            return replace(state, absorbed=left, distinct=state.distinct | {event.absorbed})
        case _:
            return state


def _without(known: Any, key: Any) -> Any:
    return {one: value for one, value in known.items() if one != key}
