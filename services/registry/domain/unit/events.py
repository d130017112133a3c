"""What is recorded about a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is. Sub-districts and zones are landing units (二（一）); agencies answer to a higher level and,
    like companies, are assessed only where the rulebook lists them."""

    LEADERSHIP = "leadership"
    OFFICE = "office"
    DEPARTMENT = "department"
    SUB_DISTRICT = "sub_district"
    ZONE = "zone"
    AGENCY = "agency"
    COMPANY = "company"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class UnitAlias:
    """A spelling of a unit's name and where it is from: `notice`, or the source named."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class UnitRegistered:
    """A unit takes part in the mechanism."""

    zh: str
    en: str
    kind: UnitKind
    aliases: tuple[UnitAlias, ...]
    in_x_department: bool
    """One of the departments that 二（二） lists."""
    name_source: str
    """Where the full name is from: `notice`, `convention` or `needed`."""


@dataclass(frozen=True, slots=True)
class UnitAliasAdded:
    """The unit is also known by this spelling."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class UnitRenamed:
    """The unit has another full name from `effective` on; the former one stays as a spelling."""

    zh: str
    en: str
    former_zh: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitParentSet:
    """The unit belongs under another one (上级/所属) from `effective` on, or under none."""

    parent: str | None
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitMerged:
    """The unit is merged into another one (并入) from `effective` on. Its id stays, and whoever asks for one of its
    names is led to the survivor."""

    into: str
    into_zh: str
    """The survivor's full name on that day."""
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitHeadAppointed:
    """A person is the unit's principal head (主要负责同志) from `effective` on."""

    person: str
    name: str
    effective: date
    assumed: bool
    basis: str


@dataclass(frozen=True, slots=True)
class UnitHeadReleased:
    """The head leaves the post; `effective` is the first day out of it."""

    person: str
    name: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitLiaisonDesignated:
    """A person is the unit's liaison (联络员) from `effective` on."""

    person: str
    name: str
    effective: date
    basis: str


@dataclass(frozen=True, slots=True)
class UnitLiaisonReleased:
    """The liaison is succeeded; `effective` is the successor's first day."""

    person: str
    name: str
    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitLiaisonEndAnnounced:
    """The liaison is to leave the post on `ends_on`, and holds it until a successor begins. Null: stays after all."""

    person: str
    name: str
    ends_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class UnitPostHandedOver:
    """One of the unit's posts (`head`, `liaison`) was handed over (交接); the release and the appointment stand beside
    this event."""

    post: str
    from_person: str
    from_name: str
    person: str
    name: str
    effective: date
    items: tuple[str, ...]
    """What was handed over, one thing each."""
    note: str
    witness: str
    """Who was present (监交人); empty where nobody is named."""
    basis: str


@dataclass(frozen=True, slots=True)
class UnitAliasWithdrawn:
    """A spelling is not the unit's any more: the import that added it was rolled back."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitWithdrawn:
    """The unit takes no part any more, as though it had not been registered: the import that did was rolled back. Its
    id stays its own."""

    zh: str
    names: tuple[str, ...]
    """All its spellings, which are free again."""
    reason: str


EVENTS = (
    UnitRegistered,
    UnitAliasAdded,
    UnitRenamed,
    UnitParentSet,
    UnitMerged,
    UnitHeadAppointed,
    UnitHeadReleased,
    UnitLiaisonDesignated,
    UnitLiaisonReleased,
    UnitLiaisonEndAnnounced,
    UnitPostHandedOver,
    UnitAliasWithdrawn,
    UnitWithdrawn,
)
