"""What a merger of two units brings with it in other streams: groups, units below, settings that name the unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.registry.domain.district.commands import ChangeSetting
from services.registry.domain.district.events import SettingType
from services.registry.domain.district.state import District
from services.registry.domain.group.commands import (
    AssignLeadUnit,
    AssignResponsibleUnit,
    WithdrawLeadUnit,
    WithdrawResponsibleUnit,
)
from services.registry.domain.group.state import Group
from services.registry.domain.lineage import above
from services.registry.domain.unit.commands import SetUnitParent
from services.registry.domain.unit.state import Unit


def follow_up(
    unit: str, into: str, effective: date, reason: str, states: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """(stream, command) of what a merger changes beside the merged unit, in the order in which it can be given.

    一: the survivor takes the merged unit's part in each group, as a lead unit where one of the two was one. What stood
    under the merged unit stands under the survivor, and a setting that names it names the survivor. Targets are left:
    a part is the unit's own promise, and its group distributes it anew.
    """
    for stream, state in states.items():
        match state:
            case Group() if state.is_lead(unit) or state.is_responsible(unit):
                yield from ((stream, command) for command in _of_group(unit, into, effective, reason, state))
            case Unit() if state.parent == unit and stream != into and state.merged_into is None:
                yield stream, SetUnitParent(stream, into, effective, reason, above(into, _parents(states)))
            case Unit() if state.parent == unit and stream == into:
                yield stream, SetUnitParent(stream, None, effective, reason)
            case District():
                yield from ((stream, command) for command in _settings(unit, into, reason, state))


def _of_group(unit: str, into: str, effective: date, reason: str, group: Group) -> Iterator[Any]:
    if group.is_lead(unit):
        if group.is_responsible(into):
            yield WithdrawResponsibleUnit(into, effective, reason)
        member = next(one for one in group.lead_units if one.unit == unit)
        yield AssignLeadUnit(into, member.as_named, member.industry, effective)
        yield WithdrawLeadUnit(unit, effective, reason)
    else:
        member = next(one for one in group.responsible_units if one.unit == unit)
        if not group.is_lead(into):
            yield AssignResponsibleUnit(into, member.as_named, effective)
        yield WithdrawResponsibleUnit(unit, effective, reason)


def _settings(unit: str, into: str, reason: str, district: District) -> Iterator[Any]:
    for setting in district.settings.values():
        named = setting.value.split(",")
        if setting.type in (SettingType.UNIT, SettingType.UNITS) and unit in named:
            units = dict.fromkeys(into if one == unit else one for one in named)
            yield ChangeSetting(setting.key, ",".join(units), reason)


def _parents(states: Mapping[str, Any]) -> dict[str, str | None]:
    return {stream: state.parent for stream, state in states.items() if isinstance(state, Unit)}
