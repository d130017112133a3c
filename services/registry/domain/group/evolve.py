"""How an event changes a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.registry.domain.tenure import begun, ended

from .events import (
    AnnualPlanAdopted,
    DeputyAppointed,
    DeputyReleased,
    DutiesSet,
    GroupFormed,
    LeaderAppointed,
    LeaderReleased,
    LeadUnitAssigned,
    LeadUnitWithdrawn,
    LiaisonDesignated,
    LiaisonReleased,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
    TargetSet,
)
from .state import Group, Membership, Target


def evolve(state: Group, event: Any) -> Group:
    match event:
        case GroupFormed():
            return replace(state, number=event.number, zh=event.zh, en=event.en)
        case LeadUnitAssigned():
            lead = Membership(event.unit, event.as_named, event.industry)
            return replace(state, lead_units=(*state.lead_units, lead), last_position=event.position)
        case ResponsibleUnitAssigned():
            member = Membership(event.unit, event.as_named)
            members = (*state.responsible_units, member)
            return replace(state, responsible_units=members, last_position=event.position)
        case LeadUnitWithdrawn():
            return replace(state, lead_units=_without(state.lead_units, event.unit))
        case ResponsibleUnitWithdrawn():
            return replace(state, responsible_units=_without(state.responsible_units, event.unit))
        case LeaderAppointed():
            return replace(state, leaders=begun(state.leaders, event.person, event.name, event.effective))
        case LeaderReleased():
            return replace(state, leaders=ended(state.leaders, event.effective))
        case DeputyAppointed():
            return replace(state, deputies=begun(state.deputies, event.person, event.name, event.effective))
        case DeputyReleased():
            return replace(state, deputies=ended(state.deputies, event.effective))
        case LiaisonDesignated():
            return replace(state, liaisons=begun(state.liaisons, event.person, event.name, event.effective))
        case LiaisonReleased():
            return replace(state, liaisons=ended(state.liaisons, event.effective))
        case DutiesSet():
            return replace(state, duties=event.text, duty_items=event.items)
        case AnnualPlanAdopted():
            return replace(
                state,
                plans={**state.plans, event.year: event.version},
                plan_documents={**state.plan_documents, event.year: event.document_sha256},
            )
        case TargetSet():
            key = (event.year, event.indicator, event.unit)
            return replace(state, targets={**state.targets, key: Target(event.value, event.measure)})
    return state


def _without(members: tuple[Membership, ...], unit: str) -> tuple[Membership, ...]:
    return tuple(member for member in members if member.unit != unit)
