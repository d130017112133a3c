"""How an event changes a district."""

from __future__ import annotations

from dataclasses import replace

from .events import (
    CalendarPublished,
    DistrictEstablished,
    IndustryListed,
    NoticeRecorded,
    OverlapDecided,
    SettingChanged,
)
from .state import District

Event = DistrictEstablished | NoticeRecorded | CalendarPublished | SettingChanged | IndustryListed | OverlapDecided


def evolve(state: District, event: Event) -> District:
    match event:
        case DistrictEstablished():
            return replace(state, genesis=event)
        case NoticeRecorded():
            return replace(state, notice=event)
        case CalendarPublished():
            return replace(state, calendars={**state.calendars, event.year: event})
        case SettingChanged():
            return replace(state, settings={**state.settings, event.key: event})
        case IndustryListed():
            return replace(state, industries={**state.industries, event.industry: event})
        case OverlapDecided():
            return replace(state, decisions={**state.decisions, event.industry: event})
    return state
