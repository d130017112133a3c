"""What the district publishes, settings and working days, as a service keeps it in its read model.

`settings.py` and `calendar.py` say what it means; here are the rows that the registry's events write, and how they are
read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, Boolean, Column, Integer, MetaData, Table, Text, select

from sevenx.district.calendar import CalendarYear, WorkCalendar
from sevenx.district.settings import DistrictSettings
from sevenx.kernel.envelope import Recorded
from sevenx.kernel.projection import Changes, Projections, projection_table
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class PublishedSettings:
    """The table of settings in one service's read model, and the handlers that fill it."""

    setting: Table
    """Rows (stream = district, key): value, as text."""
    projections: Projections

    async def load(self, reads: Reads) -> DistrictSettings:
        """The settings as published so far."""
        s = self.setting.c
        rows = await reads.rows(select(s.key, s.value).order_by(s.stream, s.key))
        return DistrictSettings.of((row["key"], row["value"]) for row in rows)

    async def kept(self, reads: Reads) -> DistrictSettings:
        """The same, kept until the registry says something new of it (`Reads.kept`)."""
        return await reads.kept(self.projections.events, "settings", lambda: self.load(reads))


@dataclass(frozen=True)
class PublishedCalendars:
    """The table of calendars in one service's read model, and the handlers that fill it."""

    calendar_year: Table
    """Rows (stream = district, year): provisional, days_off, workdays (both in ISO form), source."""
    projections: Projections

    async def load(self, reads: Reads) -> WorkCalendar:
        """Working days by the years published so far; a year that is not has a provisional calendar."""
        c = self.calendar_year.c
        rows = await reads.rows(select(self.calendar_year).order_by(c.stream, c.year))
        return WorkCalendar.of(
            CalendarYear(row["year"], _days(row["days_off"]), _days(row["workdays"]), row["provisional"], row["source"])
            for row in rows
        )

    async def kept(self, reads: Reads) -> WorkCalendar:
        """The same, kept until the registry says something new of it (`Reads.kept`)."""
        return await reads.kept(self.projections.events, "calendar", lambda: self.load(reads))


def published_settings(metadata: MetaData) -> PublishedSettings:
    """Settings in the given read model; add `.projections` to what the service's own include."""
    setting = projection_table(
        "setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
    )
    projections = Projections(metadata)

    @projections.on("registry.SettingChanged")
    def setting_changed(event: Recorded, rows: Changes) -> None:
        rows.put(setting, event.data["key"], value=event.data["value"])

    @projections.on("registry.SettingWithdrawn")
    def setting_withdrawn(event: Recorded, rows: Changes) -> None:
        rows.delete(setting, event.data["key"])

    return PublishedSettings(setting, projections)


def published_calendars(metadata: MetaData) -> PublishedCalendars:
    """Calendars in the given read model; add `.projections` to what the service's own include."""
    calendar_year = projection_table(
        "calendar_year",
        metadata,
        Column("year", Integer, primary_key=True),
        Column("provisional", Boolean, nullable=False),
        Column("days_off", ARRAY(Text), nullable=False),
        Column("workdays", ARRAY(Text), nullable=False),
        Column("source", Text, nullable=False),
    )
    projections = Projections(metadata)

    @projections.on("registry.CalendarPublished")
    def calendar_published(event: Recorded, rows: Changes) -> None:
        data = event.data
        days = {name: [day.isoformat() for day in data[name]] for name in ("days_off", "workdays")}
        rows.put(calendar_year, data["year"], provisional=data["provisional"], source=data["source"], **days)

    @projections.on("registry.CalendarWithdrawn")
    def calendar_withdrawn(event: Recorded, rows: Changes) -> None:
        rows.delete(calendar_year, event.data["year"])

    return PublishedCalendars(calendar_year, projections)


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))
