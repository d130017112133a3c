"""From an import that was carried out to the correcting events that take it back, or to what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.domain.correction import RollBackImport
from services.registry.domain.district import events as district
from services.registry.domain.group import events as group
from services.registry.domain.person import events as person
from services.registry.domain.unit import events as unit
from sevenx.kernel.decider import Decider

from .dangling import dangling
from .differences import describe
from .restored_posts import restored
from .topics import POSTS, WHOLE, Topic, topic

FOR_GOOD = (district.DistrictEstablished, group.GroupFormed, unit.UnitMerged)
"""What an import cannot take back: a deployment's genesis, a group whose reports are due since, a merger."""


@dataclass(frozen=True, slots=True)
class History:
    """The events of one stream: before an import, of the import, and since."""

    before: tuple[Any, ...]
    caused: tuple[Any, ...]
    since: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an import cannot be rolled back as things stand."""

    stream: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Rollback:
    """The correcting events by stream, or what stands in the way; with obstacles there are no corrections."""

    corrections: Mapping[str, tuple[Any, ...]]
    obstacles: tuple[Obstacle, ...]


def plan_rollback(
    number: int,
    histories: Mapping[str, History],
    states: Mapping[str, Any],
    deciders: Mapping[str, Decider[Any]],
    today: date,
) -> Rollback:
    """What takes an import back. What has been decided since about the same thing is never overwritten: it is named.

    `states` are all streams as they stand, `deciders` are by the letter in a stream's id.
    """
    reason = f"回滚第{number}次导入"
    obstacles: list[Obstacle] = []
    corrections: dict[str, tuple[Any, ...]] = {}
    after = dict(states)
    for stream in sorted(histories, key=_order):
        history, decider = histories[stream], deciders[stream.split("-")[1]]
        obstacles += _in_the_way(stream, history)
        made = tuple(_corrections(history, decider, states[stream], reason, today))
        if made:
            corrections[stream] = made
            after[stream] = decider.fold(made, states[stream])
    obstacles += [Obstacle(*found) for found in dangling(states, after)]
    return Rollback({} if obstacles else corrections, tuple(obstacles))


def commands(number: int, rollback: Rollback, states: Mapping[str, Any]) -> Iterator[tuple[str, RollBackImport]]:
    """(stream, command) for each stream that is corrected."""
    for stream, made in rollback.corrections.items():
        yield stream, RollBackImport(number, made, states[stream])


def _order(stream: str) -> tuple[int, str]:
    """Groups before units before people: posts end before who held them goes."""
    return ("GUDN".index(stream.split("-")[1]), stream)


def _in_the_way(stream: str, history: History) -> Iterator[Obstacle]:
    for event in history.caused:
        if isinstance(event, FOR_GOOD):
            zh, en = describe(event)
            yield Obstacle(stream, f"该次导入“{zh}”，不能回滚。", f"the import did this, which stays: {en}.")
    about = {found for event in history.caused if (found := topic(event)) is not None}
    whole = any(found in WHOLE for found in about)
    for event in history.since:
        found = topic(event)
        if found is not None and (whole or found in about):
            zh, en = describe(event)
            yield Obstacle(stream, f"导入之后另有变动：{zh}；请先处理。", f"changed since: {en}; deal with that first.")


def _corrections(history: History, decider: Decider[Any], now: Any, reason: str, today: date) -> Iterator[Any]:
    before = decider.fold(history.before)
    about = list(dict.fromkeys(found for event in history.caused if (found := topic(event)) is not None))
    whole = any(found in WHOLE for found in about)
    for found in about:
        if found in POSTS:
            yield from restored(found, before, now, reason)
    for found in reversed(about):
        if found not in POSTS and (not whole or found in WHOLE):
            yield from _of_thing(found, history, now, reason, today)


def _of_thing(about: Topic, history: History, now: Any, reason: str, today: date) -> Iterator[Any]:
    """The event that brings one thing back to where it stood: told again as before, or withdrawn."""
    earlier = next((event for event in reversed(history.before) if topic(event) == about), None)
    caused = next(event for event in reversed(history.caused) if topic(event) == about)
    match caused:
        case unit.UnitRegistered():
            yield unit.UnitWithdrawn(now.zh, now.names(), reason)
        case person.PersonRegistered():
            yield person.PersonWithdrawn(now.zh, reason)
        case unit.UnitAliasAdded():
            yield unit.UnitAliasWithdrawn(caused.name, reason)
        case unit.UnitParentSet():
            yield unit.UnitParentSet(earlier.parent if earlier else None, today, reason)
        case group.LeadUnitAssigned():
            yield group.LeadUnitWithdrawn(caused.unit, caused.effective, reason)
        case group.ResponsibleUnitAssigned():
            yield group.ResponsibleUnitWithdrawn(caused.unit, caused.effective, reason)
        case district.SettingChanged() if not isinstance(earlier, district.SettingChanged):
            yield district.SettingWithdrawn(caused.key, reason)
        case district.CalendarPublished() if not isinstance(earlier, district.CalendarPublished):
            yield district.CalendarWithdrawn(caused.year, reason)
        case district.IndustryListed():
            listed = [event for event in history.before if topic(event) == about]
            former = _last_listing(listed)
            yield district.IndustryWithdrawn(caused.industry, reason) if former is None else former
        case district.NoticeRecorded() | district.CalendarPublished() | group.DutiesSet() if earlier is not None:
            yield earlier


def _last_listing(events: list[Any]) -> district.IndustryListed | None:
    """The listing that stood before an import; None where there was none, or it was withdrawn."""
    told = [e for e in events if isinstance(e, district.IndustryListed | district.IndustryWithdrawn)]
    return told[-1] if told and isinstance(told[-1], district.IndustryListed) else None
