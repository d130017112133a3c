"""What an event does to what stood before it: something is new, is changed, or has ended."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from services.registry.domain.district import events as district
from services.registry.domain.group import events as group
from services.registry.domain.person import events as person
from services.registry.domain.unit import events as unit


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    KEPT = "kept"
    """Said otherwise by the roster, and left as the district decided it."""


def kind_of(event: Any, before: Any) -> Kind:
    """Of an event of the registry; `before` is its stream's state just before it."""
    match event:
        case (
            unit.UnitMerged()
            | unit.UnitWithdrawn()
            | unit.UnitAliasWithdrawn()
            | unit.UnitHeadReleased()
            | unit.UnitLiaisonReleased()
            | person.PersonWithdrawn()
            | group.LeadUnitWithdrawn()
            | group.ResponsibleUnitWithdrawn()
            | group.LeaderReleased()
            | group.DeputyReleased()
            | group.LiaisonReleased()
            | district.IndustryWithdrawn()
            | district.SettingWithdrawn()
            | district.CalendarWithdrawn()
        ):
            return Kind.ENDED
        case _:
            return Kind.CHANGED if _stood(event, before) else Kind.NEW


def _stood(event: Any, before: Any) -> bool:
    """Whether the event puts something in the place of what was said before."""
    match event:
        case district.NoticeRecorded():
            return before.notice is not None
        case district.CalendarPublished():
            return event.year in before.calendars
        case district.SettingChanged():
            return event.key in before.settings
        case district.IndustryListed():
            return event.industry in before.industries
        case district.OverlapDecided():
            return event.industry in before.decisions
        case group.DutiesSet():
            return bool(before.duty_items)
        case unit.UnitParentSet():
            return before.parent is not None
        case unit.UnitRenamed():
            return True
        case _:
            return False
