"""What is recorded about a district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Level(StrEnum):
    """A city ranks its districts; a district runs the groups."""

    DISTRICT = "district"
    CITY = "city"


class ClockKind(StrEnum):
    """Where business time comes from. It is fixed once, at the genesis."""

    WALL = "wall"
    SIMULATED = "simulated"


class SettingType(StrEnum):
    """How a setting's text is read."""

    INT = "int"
    BOOL = "bool"
    TEXT = "text"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    LIST = "list"
    CHOICE = "choice"
    UNIT = "unit"
    UNITS = "units"


class ClaimKind(StrEnum):
    """Where the notice gives an industry to a group: to a lead unit, or in the group's duties."""

    LEAD_UNITS = "lead_units"
    DUTIES = "duties"


@dataclass(frozen=True, slots=True)
class DistrictEstablished:
    """The genesis of a deployment: which district this is, and whether business time is the wall clock's."""

    code: str
    """GB/T 2260."""
    zh: str
    en: str
    level: Level
    city_code: str
    city_zh: str
    clock: ClockKind
    simulated_from: datetime | None
    """Where simulated business time begins; null with the wall clock."""


@dataclass(frozen=True, slots=True)
class NoticeRecorded:
    """The notice that founds the mechanism; recorded again when an assumed date becomes known."""

    number: str
    issued: date
    assumed: bool
    """True where the notice itself bears no date."""
    sub_districts: str = ""
    """The words by which it names every sub-district: 各街道办事处."""


@dataclass(frozen=True, slots=True)
class CalendarPublished:
    """The public holidays of a year. A provisional calendar is replaced by an event once the year is published."""

    year: int
    provisional: bool
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    """Weekend days on which work is made up."""
    source: str


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting of the mechanism has a value from now on, for every service."""

    key: str
    value: str
    type: SettingType
    one_of: tuple[str, ...]
    """The values that a choice allows."""
    clause: str
    stated: bool
    """True where the notice itself states the value."""
    was: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class IndustryClaim:
    """The notice's words that give an industry to a group."""

    group: str
    kind: ClaimKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndustryListed:
    """An industry (or, with `indicator`, a task that is counted apart) and the groups whose duties claim it."""

    industry: str
    zh: str
    en: str
    indicator: bool
    claims: tuple[IndustryClaim, ...]
    """None: those on the industry above it."""
    parent: str | None = None
    """The industry under which this one stands."""
    keywords: tuple[str, ...] = ()
    """Words that lead a text to this industry, beside those of the notice."""
    keywords_source: str = ""
    """Where the keywords are from, or `assumed`; empty without keywords."""


@dataclass(frozen=True, slots=True)
class OverlapDecided:
    """The district office decided which of the groups that claim an industry has it."""

    industry: str
    group: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class RosterImported:
    """A roster was imported; what it changed stands in the events of the same command."""

    number: int
    """Counted from one in the district."""
    sha256: str
    """Of the files, as the import's answer told it."""
    imported_by: str
    imported_on: date
    units: int
    groups: int
    people: int
    industries: int
    settings: int
    calendars: int
    changes: int
    """How many events the import caused."""


@dataclass(frozen=True, slots=True)
class ImportRolledBack:
    """What an import had changed was taken back by correcting events of the same command."""

    number: int
    rolled_back_by: str
    rolled_back_on: date
    reason: str
    corrections: int
    """How many correcting events there are."""


@dataclass(frozen=True, slots=True)
class CalendarWithdrawn:
    """Nothing is published for a year any more: the import that did was rolled back."""

    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class SettingWithdrawn:
    """A setting is not defined any more: the import that did was rolled back."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndustryWithdrawn:
    """An industry is not listed any more: the import that did was rolled back."""

    industry: str
    reason: str


EVENTS = (
    DistrictEstablished,
    NoticeRecorded,
    CalendarPublished,
    SettingChanged,
    IndustryListed,
    OverlapDecided,
    RosterImported,
    ImportRolledBack,
    CalendarWithdrawn,
    SettingWithdrawn,
    IndustryWithdrawn,
)
