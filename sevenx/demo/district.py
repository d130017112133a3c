"""The district as its files have it: groups, units and working days. What a plan needs to know before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from services.registry.domain.names import resolve
from services.registry.domain.roster.document import RosterDocument
from services.registry.roster_file import read_texts
from sevenx.declaration import ROOT
from sevenx.district.calendar import CalendarYear, WorkCalendar

ROSTER = ROOT / "data" / "districts" / "410804"
CALENDARS = ROOT / "data" / "calendars"


@dataclass(frozen=True)
class Group:
    """A group, its lead units and its responsible units, by their ids."""

    id: str
    number: int
    zh: str
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    has_deputy: bool


@dataclass(frozen=True)
class Unit:
    id: str
    zh: str
    kind: str


@dataclass(frozen=True)
class District:
    """All of it."""

    groups: tuple[Group, ...]
    units: Mapping[str, Unit]
    calendar: WorkCalendar

    @classmethod
    def read(cls) -> District:
        """From the files of the repository. ValueError names what is wrong in them."""
        roster = read_texts(texts(ROSTER), texts(CALENDARS))
        if isinstance(roster, tuple):
            raise ValueError("; ".join(map(str, roster)))
        units = {one.id: Unit(one.id, one.zh, str(one.kind)) for one in roster.units}
        years = [
            CalendarYear(one.year, frozenset(one.days_off), frozenset(one.workdays), one.provisional, one.source)
            for one in roster.calendars
        ]
        return cls(_groups(roster), units, WorkCalendar.of(years))

    def group(self, number: int) -> Group:
        return next(one for one in self.groups if one.number == number)

    def working_days(self, first: date, last: date) -> list[date]:
        """From the first to the last day, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if self.calendar.is_working_day(day)]


def texts(folder: Path) -> dict[str, str]:
    """The YAML files of a folder by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


def _groups(roster: RosterDocument) -> tuple[Group, ...]:
    names = {one.id: one.names() for one in roster.units}
    every = tuple(one.id for one in roster.units if str(one.kind) == "sub_district")

    def unit(name: str) -> tuple[str, ...]:
        if name == roster.every_sub_district:
            return every
        found = resolve(name, names)
        if not isinstance(found, str):
            raise ValueError(f"{name}: {found}")
        return (found,)

    return tuple(
        Group(
            one.id,
            one.number,
            one.zh,
            tuple(dict.fromkeys(u for lead in one.lead_units for u in unit(lead.name.text))),
            tuple(dict.fromkeys(u for name in one.responsible_units for u in unit(name.text))),
            one.deputy is not None,
        )
        for one in roster.groups
    )
