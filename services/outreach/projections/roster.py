"""The registry's facts that trips and quotas need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from services.outreach.tables import calendar_year, city, metadata, person, setting, unit, work_group
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections

of_roster = Projections(metadata)


@of_roster.on("registry.DistrictEstablished")
def district_established(event: Recorded, rows: Changes) -> None:
    rows.put(city, zh=event.data["city_zh"])


@of_roster.on("registry.SettingChanged")
def setting_changed(event: Recorded, rows: Changes) -> None:
    rows.put(setting, event.data["key"], value=event.data["value"])


@of_roster.on("registry.SettingWithdrawn")
def setting_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(setting, event.data["key"])


@of_roster.on("registry.CalendarPublished")
def calendar_published(event: Recorded, rows: Changes) -> None:
    data = event.data
    rows.put(
        calendar_year,
        data["year"],
        provisional=data["provisional"],
        days_off=_days(data["days_off"]),
        workdays=_days(data["workdays"]),
        source=data["source"],
    )


@of_roster.on("registry.CalendarWithdrawn")
def calendar_withdrawn(event: Recorded, rows: Changes) -> None:
    rows.delete(calendar_year, event.data["year"])


@of_roster.on("registry.UnitRegistered")
def unit_registered(event: Recorded, rows: Changes) -> None:
    rows.put(unit, zh=event.data["zh"], en=event.data["en"], kind=event.data["kind"])


@of_roster.on("registry.UnitRenamed")
def unit_renamed(event: Recorded, rows: Changes) -> None:
    rows.set(unit, zh=event.data["zh"], en=event.data["en"])


@of_roster.on("registry.GroupFormed")
def group_formed(event: Recorded, rows: Changes) -> None:
    rows.put(work_group, number=event.data["number"], zh=event.data["zh"])


@of_roster.on("registry.PersonRegistered")
def person_registered(event: Recorded, rows: Changes) -> None:
    rows.put(person, zh=event.data["zh"])


def _days(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]
