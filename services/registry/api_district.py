"""Commands on the district: settings, calendars, overlaps."""

from __future__ import annotations

from fastapi import APIRouter

from services.registry.api_models import CalendarBody, ChangeSettingBody, OverlapBody
from services.registry.api_types import Key, Year
from services.registry.deciders import DISTRICT
from services.registry.domain.district.commands import ChangeSetting, Command, DecideOverlap, PublishCalendar
from services.registry.domain.district.events import SettingType
from services.registry.domain.district.state import District
from services.registry.facts import district_of, unit_named
from sevenx.kernel.desk import CommandDesk
from sevenx.kernel.http import Answer, Commands

router = APIRouter(tags=["district 本区"])


async def _give(desk: CommandDesk, command: Command) -> Answer:
    return await desk.give(DISTRICT, district_of(desk), command)


@router.post("/settings/{key}")
async def change_setting(key: Key, body: ChangeSettingBody, desk: Commands) -> Answer:
    """Give a setting another value. A figure that the notice leaves open is the district's to set, with the reason.

    Where the setting names units, any spelling of their names will do.
    """
    state: District = await desk.state(DISTRICT, district_of(desk))
    known, value = state.settings.get(key), body.value
    if known is not None and known.type in (SettingType.UNIT, SettingType.UNITS):
        value = ",".join([await unit_named(desk, name) for name in value.replace("、", ",").split(",")])
    return await _give(desk, ChangeSetting(key, value, body.reason))


@router.post("/calendars/{year}")
async def publish_calendar(year: Year, body: CalendarBody, desk: Commands) -> Answer:
    """Publish a year's days off and make-up workdays; a provisional calendar is replaced when its notice appears."""
    command = PublishCalendar(year, body.provisional, tuple(body.days_off), tuple(body.workdays), body.source)
    return await _give(desk, command)


@router.post("/industries/{industry}/decision")
async def decide_overlap(industry: Key, body: OverlapBody, desk: Commands) -> Answer:
    """Decide which of the groups that claim an industry has it (一): the district office, with reasons."""
    return await _give(desk, DecideOverlap(industry, body.group, body.reason, desk.today()))
