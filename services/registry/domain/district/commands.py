"""What may be asked of a district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.registry.domain.correction import RollBackImport

from .events import ClockKind, IndustryClaim, Level, SettingType


@dataclass(frozen=True, slots=True)
class EstablishDistrict:
    """Found the deployment. `local_issuer` is a fact of it: tokens come from the embedded runtime's own issuer."""

    code: str
    zh: str
    en: str
    level: Level
    city_code: str
    city_zh: str
    clock: ClockKind
    simulated_from: datetime | None
    local_issuer: bool


@dataclass(frozen=True, slots=True)
class RecordNotice:
    """Record the notice that founds the mechanism."""

    number: str
    issued: date
    assumed: bool
    sub_districts: str = ""


@dataclass(frozen=True, slots=True)
class PublishCalendar:
    """Set a year's days off and make-up workdays."""

    year: int
    provisional: bool
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class DefineSetting:
    """Introduce a setting with its type and default; one that is defined already keeps its value."""

    key: str
    value: str
    type: SettingType
    one_of: tuple[str, ...]
    clause: str
    stated: bool
    note: str


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Give a defined setting another value, with the reason."""

    key: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class ListIndustry:
    """List an industry with the groups that claim it."""

    industry: str
    zh: str
    en: str
    indicator: bool
    claims: tuple[IndustryClaim, ...]
    parent: str | None = None
    keywords: tuple[str, ...] = ()
    keywords_source: str = ""


@dataclass(frozen=True, slots=True)
class DecideOverlap:
    """Decide which of the claiming groups has the industry."""

    industry: str
    group: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class RecordImport:
    """Record that a roster was imported. All of it are facts; `changes` is how many events the import causes."""

    sha256: str
    by: str
    on: date
    units: int
    groups: int
    people: int
    industries: int
    settings: int
    calendars: int
    changes: int


@dataclass(frozen=True, slots=True)
class RecordRollback:
    """Record that an import was rolled back, beside the corrections."""

    number: int
    by: str
    on: date
    reason: str
    corrections: int


Command = (
    EstablishDistrict
    | RecordNotice
    | PublishCalendar
    | DefineSetting
    | ChangeSetting
    | ListIndustry
    | DecideOverlap
    | RecordImport
    | RecordRollback
    | RollBackImport
)
