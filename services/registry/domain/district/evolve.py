"""How an event changes a district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from .events import (
    CalendarPublished,
    CalendarWithdrawn,
    DistrictEstablished,
    ImportRolledBack,
    IndustryListed,
    IndustryWithdrawn,
    NoticeRecorded,
    OverlapDecided,
    RosterImported,
    SettingChanged,
    SettingWithdrawn,
)
from .state import District

Value = TypeVar("Value")


def evolve(state: District, event: Any) -> District:
    match event:
        case DistrictEstablished():
            return replace(state, genesis=event)
        case NoticeRecorded():
            return replace(state, notice=event)
        case CalendarPublished():
            return replace(state, calendars={**state.calendars, event.year: event})
        case CalendarWithdrawn():
            return replace(state, calendars=_without(state.calendars, event.year))
        case SettingChanged():
            return replace(state, settings={**state.settings, event.key: event})
        case SettingWithdrawn():
            return replace(state, settings=_without(state.settings, event.key))
        case IndustryListed():
            return replace(state, industries={**state.industries, event.industry: event})
        case IndustryWithdrawn():
            return replace(state, industries=_without(state.industries, event.industry))
        case OverlapDecided():
            return replace(state, decisions={**state.decisions, event.industry: event})
        case RosterImported():
            return replace(state, imports={**state.imports, event.number: event})
        case ImportRolledBack():
            return replace(state, rolled_back=state.rolled_back | {event.number})
    return state


def _without(kept: Mapping[Any, Value], key: object) -> Mapping[Any, Value]:
    return {one: value for one, value in kept.items() if one != key}
