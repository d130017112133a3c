"""What a district's files say, each part with its place in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.registry.domain.district.events import ClaimKind, Level, SettingType
from services.registry.domain.names import resolve
from services.registry.domain.unit.events import UnitAlias, UnitKind


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class RosterError:
    """What is wrong at a place, and how to mend it."""

    at: At
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.at}: {self.zh} / {self.en}"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a file writes it."""

    text: str
    at: At


@dataclass(frozen=True, slots=True)
class DistrictEntry:
    at: At
    code: str
    zh: str
    en: str
    level: Level
    city_code: str
    city_zh: str
    notice_number: str
    notice_issued: date
    notice_issued_assumed: bool


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """A unit was merged into another one."""

    into: Name
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    at: At
    id: str
    zh: str
    en: str
    kind: UnitKind
    aliases: tuple[UnitAlias, ...]
    in_x_department: bool
    name_source: str
    parent: Name | None = None
    merged: MergedEntry | None = None

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.zh, *(alias.name for alias in self.aliases))))


@dataclass(frozen=True, slots=True)
class LeadUnitEntry:
    name: Name
    industry: str | None


@dataclass(frozen=True, slots=True)
class GroupEntry:
    at: At
    id: str
    number: int
    zh: str
    en: str
    clause: str
    leader: Name | None
    deputy: Name | None
    lead_units: tuple[LeadUnitEntry, ...]
    responsible_units: tuple[Name, ...]
    duties: str
    duty_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post in a group (`leader`, `deputy`, `liaison`) or in a unit (`head`, `liaison`)."""

    at: At
    group: int | None
    unit: Name | None
    post: str
    since: date
    assumed: bool
    until: date | None = None
    """The first day out of the post; where somebody follows on that day it need not be said."""
    basis: str = ""
    """The document by which it was given; empty: the notice."""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    at: At
    id: str
    zh: str
    en: str
    posts: tuple[PostEntry, ...]
    basis: str = ""
    """The document that names the person; empty: the notice."""


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    at: At
    group: int
    kind: ClaimKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndustryEntry:
    at: At
    id: str
    zh: str
    en: str
    indicator: bool
    claims: tuple[ClaimEntry, ...]
    parent: Name | None = None
    keywords: tuple[str, ...] = ()
    keywords_source: str = ""


@dataclass(frozen=True, slots=True)
class SettingEntry:
    at: At
    key: str
    value: str
    type: SettingType
    one_of: tuple[str, ...]
    clause: str
    stated: bool
    note: str


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    at: At
    year: int
    provisional: bool
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RosterDocument:
    """A district's files and the calendars."""

    district: DistrictEntry
    every_sub_district: str
    """The words that stand for every sub-district: 各街道办事处."""
    units: tuple[UnitEntry, ...]
    groups: tuple[GroupEntry, ...]
    people: tuple[PersonEntry, ...]
    industries: tuple[IndustryEntry, ...]
    settings: tuple[SettingEntry, ...]
    calendars: tuple[CalendarEntry, ...]

    @property
    def district_stream(self) -> str:
        return f"{self.district.code}-D"

    def streams(self) -> tuple[str, ...]:
        """Every stream that the roster speaks of."""
        return (
            self.district_stream,
            *(unit.id for unit in self.units),
            *(person.id for person in self.people),
            *(group.id for group in self.groups),
        )


def mergers(roster: RosterDocument) -> dict[str, str]:
    """Into which unit each merged one went, by their ids; left out where the name fits no single unit."""
    names = {unit.id: unit.names() for unit in roster.units}
    found = {unit.id: resolve(unit.merged.into.text, names) for unit in roster.units if unit.merged is not None}
    return {unit: into for unit, into in found.items() if isinstance(into, str)}
