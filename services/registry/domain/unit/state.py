"""A unit as the events tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.registry.domain.tenure import Changes, Tenures, tenures_of

from .events import UnitAlias, UnitKind

LANDING_KINDS = frozenset({UnitKind.ZONE, UnitKind.SUB_DISTRICT})
"""二（一）: what takes in the projects that land."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is null until the unit is registered."""

    zh: str = ""
    en: str = ""
    kind: UnitKind | None = None
    aliases: tuple[UnitAlias, ...] = ()
    in_x_department: bool = False
    head_changes: Changes = ()
    liaison_changes: Changes = ()
    liaison_ends: date | None = None
    """The announced end of the present liaison's time."""
    parent: str | None = None
    merged_into: str | None = None
    """The unit into which this one was merged; its id and its past stay."""
    merged_on: date | None = None
    merged_because: str = ""
    name_source: str = ""

    def names(self) -> tuple[str, ...]:
        """Every spelling, the full name first."""
        return tuple(dict.fromkeys((self.zh, *(alias.name for alias in self.aliases))))

    @property
    def is_landing_unit(self) -> bool:
        """二（一）: the zones and every sub-district take in the projects that land."""
        return self.kind in LANDING_KINDS

    @property
    def heads(self) -> Tenures:
        return tenures_of(self.head_changes)

    @property
    def liaisons(self) -> Tenures:
        return tenures_of(self.liaison_changes)
