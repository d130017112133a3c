"""What an event of the registry is about within its stream: two events about one thing follow one another."""

from __future__ import annotations

from typing import Any

from services.registry.domain.district import events as district
from services.registry.domain.group import events as group
from services.registry.domain.person import events as person
from services.registry.domain.unit import events as unit

Topic = tuple[Any, ...]
LEADER, DEPUTY, LIAISON, HEAD = ("leader",), ("deputy",), ("liaison",), ("head",)
POSTS = (LEADER, DEPUTY, LIAISON, HEAD)
UNIT, PERSON = ("unit",), ("person",)
WHOLE = (UNIT, PERSON)
"""Everything in the stream is about what these began."""


def topic(event: Any) -> Topic | None:
    """The thing that an event is about; None for what only tells of an import."""
    match event:
        case district.DistrictEstablished():
            return ("genesis",)
        case district.NoticeRecorded():
            return ("notice",)
        case district.CalendarPublished() | district.CalendarWithdrawn():
            return ("calendar", event.year)
        case district.SettingChanged() | district.SettingWithdrawn():
            return ("setting", event.key)
        case district.IndustryListed() | district.IndustryWithdrawn() | district.OverlapDecided():
            return ("industry", event.industry)
        case district.RosterImported() | district.ImportRolledBack():
            return None
        case person.PersonRegistered() | person.PersonWithdrawn():
            return PERSON
        case _:
            return _of_group(event) or _of_unit(event)


def _of_group(event: Any) -> Topic | None:
    match event:
        case group.GroupFormed():
            return ("group",)
        case group.DutiesSet():
            return ("duties",)
        case (
            group.LeadUnitAssigned()
            | group.LeadUnitWithdrawn()
            | group.ResponsibleUnitAssigned()
            | group.ResponsibleUnitWithdrawn()
        ):
            return ("member", event.unit)
        case group.LeaderAppointed() | group.LeaderReleased():
            return LEADER
        case group.DeputyAppointed() | group.DeputyReleased():
            return DEPUTY
        case group.LiaisonDesignated() | group.LiaisonReleased() | group.LiaisonEndAnnounced():
            return LIAISON
        case group.PostHandedOver():
            return (event.post,)
        case group.TargetSet() if event.unit is not None:
            return ("member", event.unit)
        case _:
            return None


def _of_unit(event: Any) -> Topic | None:
    match event:
        case unit.UnitRegistered() | unit.UnitWithdrawn():
            return UNIT
        case unit.UnitAliasAdded() | unit.UnitAliasWithdrawn():
            return ("alias", event.name)
        case unit.UnitParentSet():
            return ("parent",)
        case unit.UnitMerged():
            return ("merged",)
        case unit.UnitHeadAppointed() | unit.UnitHeadReleased():
            return HEAD
        case unit.UnitLiaisonDesignated() | unit.UnitLiaisonReleased() | unit.UnitLiaisonEndAnnounced():
            return LIAISON
        case unit.UnitPostHandedOver():
            return (event.post,)
        case _:
            return None
