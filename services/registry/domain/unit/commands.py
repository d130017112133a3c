"""What may be asked of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.registry.domain.correction import RollBackImport
from services.registry.domain.handover import Handover

from .events import UnitAlias, UnitKind


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """Make a unit known, or a known unit known by more spellings."""

    zh: str
    en: str
    kind: UnitKind
    aliases: tuple[UnitAlias, ...]
    in_x_department: bool
    name_source: str


@dataclass(frozen=True, slots=True)
class AddAlias:
    """Add a spelling. `borne_by` is a fact: the other units that bear the spelling now."""

    name: str
    source: str
    borne_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameUnit:
    """Give the unit another full name. `borne_by` is a fact: the other units that bear the name now."""

    zh: str
    en: str
    effective: date
    reason: str
    borne_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUnitParent:
    """Put the unit under another one, or under none. `above` is a fact: what the parent itself stands under, the next
    first."""

    unit: str
    parent: str | None
    effective: date
    reason: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeUnit:
    """Merge the unit into another one. Facts: today, the survivor's name (empty for one that is not registered), and
    where the survivor itself was merged into."""

    unit: str
    into: str
    effective: date
    reason: str
    today: date
    into_zh: str
    into_merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class AppointUnitHead:
    """Appoint the principal head; a holder is released on the same day."""

    person: str
    name: str
    effective: date
    assumed: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseUnitHead:
    """Release the principal head without a successor."""

    effective: date
    reason: str


@dataclass(frozen=True, slots=True)
class DesignateUnitLiaison:
    """Designate the unit's one liaison; a holder is released on the same day."""

    person: str
    name: str
    effective: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AnnounceUnitLiaisonEnd:
    """Announce that the liaison is to leave; without a day the announcement is withdrawn."""

    ends_on: date | None
    reason: str
    today: date


@dataclass(frozen=True, slots=True)
class HandOverUnitHead(Handover):
    """Hand the principal head's post over."""


@dataclass(frozen=True, slots=True)
class HandOverUnitLiaison(Handover):
    """Hand the liaison's post over."""


Command = (
    RegisterUnit
    | AddAlias
    | RenameUnit
    | SetUnitParent
    | MergeUnit
    | AppointUnitHead
    | ReleaseUnitHead
    | DesignateUnitLiaison
    | AnnounceUnitLiaisonEnd
    | HandOverUnitHead
    | HandOverUnitLiaison
    | RollBackImport
)
