"""How an event changes a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.registry.domain.tenure import Change

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
    LiaisonEndAnnounced,
    LiaisonReleased,
    MonthlyTargetsSet,
    PlanAdopted,
    PlanApproved,
    PlanDrafted,
    PlanReturned,
    PlanSubmitted,
    ResponsibleUnitAssigned,
    ResponsibleUnitWithdrawn,
    TargetSet,
)
from .state import Group, Membership, PlanStatus, PlanVersion, Target

Versions = Mapping[tuple[int, int], PlanVersion]


def evolve(state: Group, event: Any) -> Group:
    match event:
        case GroupFormed():
            return replace(state, number=event.number, zh=event.zh, en=event.en, clause=event.clause)
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
            return replace(state, leader_changes=(*state.leader_changes, _appointed(event)))
        case LeaderReleased():
            return replace(state, leader_changes=(*state.leader_changes, _released(event)))
        case DeputyAppointed():
            return replace(state, deputy_changes=(*state.deputy_changes, _appointed(event)))
        case DeputyReleased():
            return replace(state, deputy_changes=(*state.deputy_changes, _released(event)))
        case LiaisonDesignated():
            return replace(state, liaison_changes=(*state.liaison_changes, _designated(event)), liaison_ends=None)
        case LiaisonReleased():
            return replace(state, liaison_changes=(*state.liaison_changes, _released(event)))
        case LiaisonEndAnnounced():
            return replace(state, liaison_ends=event.ends_on)
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
        case PlanDrafted() | PlanSubmitted() | PlanApproved() | PlanReturned() | PlanAdopted():
            return replace(state, versions=_versions(state.versions, event))
        case MonthlyTargetsSet():
            return replace(state, months={**state.months, (event.year, event.indicator): event.months})
    return state


def _versions(versions: Versions, event: Any) -> Versions:
    key = (event.year, event.version)
    if isinstance(event, PlanDrafted):
        changed = {key: PlanVersion(event)}
        if event.supersedes is not None:
            former = (event.year, event.supersedes)
            changed[former] = replace(versions[former], status=PlanStatus.SUPERSEDED)
        return {**versions, **changed}
    version = versions[key]
    match event:
        case PlanSubmitted():
            version = replace(version, status=PlanStatus.SUBMITTED, submitted_by=event.submitted_by)
        case PlanApproved():
            version = replace(version, status=PlanStatus.APPROVED, approved=event)
        case PlanReturned():
            version = replace(version, status=PlanStatus.RETURNED)
        case PlanAdopted():
            version = replace(version, status=PlanStatus.ADOPTED)
    return {**versions, key: version}


def _appointed(event: LeaderAppointed | DeputyAppointed) -> Change:
    return Change(event.person, event.name, event.effective, True, event.assumed, event.basis)


def _designated(event: LiaisonDesignated) -> Change:
    return Change(event.person, event.name, event.effective, True, basis=event.basis)


def _released(event: LeaderReleased | DeputyReleased | LiaisonReleased) -> Change:
    return Change(event.person, event.name, event.effective, False)


def _without(members: tuple[Membership, ...], unit: str) -> tuple[Membership, ...]:
    return tuple(member for member in members if member.unit != unit)
