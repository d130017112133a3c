"""What would name a unit, person or industry that is there no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.registry.domain.district.events import SettingType
from services.registry.domain.district.state import District
from services.registry.domain.group.state import Group
from services.registry.domain.person.state import Person
from services.registry.domain.unit.state import Unit


def dangling(states: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(stream, zh, en) of each use of something that is in `states` and no more in `after`."""
    gone = {stream for stream, state in after.items() if _is_there(states[stream]) and not _is_there(state)}
    for stream, state in after.items():
        if stream in gone:
            continue
        match state:
            case Group():
                yield from _of_group(stream, state, gone)
            case Unit():
                yield from _of_unit(stream, state, gone)
            case District():
                yield from _of_district(stream, state, states[stream], gone)


def _is_there(state: Any) -> bool:
    match state:
        case Unit():
            return state.kind is not None
        case Person():
            return bool(state.zh)
        case _:
            return True


def _of_group(stream: str, group: Group, gone: set[str]) -> Iterator[tuple[str, str, str]]:
    for member in (*group.lead_units, *group.responsible_units):
        if member.unit in gone:
            yield stream, f"{group.zh}的成员单位有{member.unit}。", f"{member.unit} is a unit of {group.en}."
    for tenure in (*group.leaders, *group.deputies, *group.liaisons):
        if tenure.person in gone:
            yield stream, f"{tenure.name}在{group.zh}任职。", f"{tenure.person} holds a post in {group.en}."
    for (year, indicator, unit), target in group.targets.items():
        left = unit is not None and not (group.is_lead(unit) or group.is_responsible(unit))
        if left and target.value and unit in gone:
            yield stream, f"{unit}承担{year}年{indicator}目标。", f"{unit} takes a part of {indicator} of {year}."


def _of_unit(stream: str, unit: Unit, gone: set[str]) -> Iterator[tuple[str, str, str]]:
    if unit.parent in gone:
        yield stream, f"{unit.zh}隶属于{unit.parent}。", f"{unit.en} stands under {unit.parent}."
    if unit.merged_into in gone:
        yield stream, f"{unit.zh}已并入{unit.merged_into}。", f"{unit.en} was merged into {unit.merged_into}."
    for tenure in (*unit.heads, *unit.liaisons):
        if tenure.person in gone:
            yield stream, f"{tenure.name}在{unit.zh}任职。", f"{tenure.person} holds a post in {unit.en}."


def _of_district(stream: str, district: District, was: District, gone: set[str]) -> Iterator[tuple[str, str, str]]:
    for setting in district.settings.values():
        if setting.type in (SettingType.UNIT, SettingType.UNITS):
            for unit in set(setting.value.split(",")) & gone:
                yield stream, f"设置项{setting.key}指向{unit}。", f"the setting {setting.key} names {unit}."
    unlisted = was.industries.keys() - district.industries.keys()
    for industry in district.industries.values():
        if industry.parent in unlisted:
            yield stream, f"{industry.zh}列在{industry.parent}之下。", f"{industry.en} stands under {industry.parent}."
