"""Words of the register of enterprises (客商库)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AliasKind(StrEnum):
    """What another name of an enterprise is: a former one (曾用名), one in another language (外文名), or a short one
    (简称)."""

    FORMER = "former"
    FOREIGN = "foreign"
    SHORT = "short"


class Ground(StrEnum):
    """Why two enterprises are taken for one."""

    SAME_CODE = "same_code"
    SAME_FOREIGN_REGISTRATION = "same_foreign_registration"
    SAME_NAME = "same_name"
    LIKE_NAME = "like_name"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name under which an enterprise is met."""

    name: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class ForeignRegistration:
    """Where and under what number an enterprise outside the mainland is registered; `country` is a country or region
    by ISO 3166-1, such as `DE` or `HK`."""

    country: str
    number: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A place on a published list, such as 中国民营企业500强 of 2025; `rank` where the list has one."""

    list_name: str
    year: int
    rank: int | None = None
