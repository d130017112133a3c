"""What an enterprise's rules need to know of its past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.projects.domain.enterprise.values import AliasKind, ForeignRegistration
from services.projects.domain.values import Origin


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise as it stands; before it is registered its id is empty."""

    id: str = ""
    name: str = ""
    origin: Origin = Origin.PROVINCE_EXTERNAL
    place: str = ""
    code: str | None = None
    foreign: ForeignRegistration | None = None
    industry_code: str | None = None
    note: str = ""
    registered_for: str = ""
    registered_on: date = date.min
    aliases: Mapping[str, AliasKind] = field(default_factory=dict)
    """Other names, with what each is; never its present name."""
    lists: Mapping[tuple[str, int], int | None] = field(default_factory=dict)
    """Rank by list and year."""
    contacts: Mapping[str, str] = field(default_factory=dict)
    """Who keeps each contact person, by its id; those that are erased keep their place."""
    erased: frozenset[str] = frozenset()
    """Contacts that were erased."""
    suspected: frozenset[str] = frozenset()
    """Enterprises registered before, which it was found to look like."""
    distinct: frozenset[str] = frozenset()
    """Enterprises that it was found not to be."""
    merged_into: str | None = None
    """The enterprise that it was found to be; that one may have been merged further."""
    absorbed: frozenset[str] = frozenset()
    """Enterprises that were merged into it."""
