"""Names of the district's units, groups and industries, by which the cells of a sheet may call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import literal, select, union_all

from services.projects import tables as t
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Named:
    """Name to id; a name that two have leads to neither, and is not among them."""

    units: Mapping[str, str]
    groups: Mapping[str, str]
    industries: Mapping[str, str]

    @cached_property
    def of(self) -> Mapping[str, str]:
        """Id to name."""
        return {code: name for names in (self.units, self.groups, self.industries) for name, code in names.items()}


async def names_of(reads: Reads) -> Named:
    """The names as the registry has published them, in one query, kept until it says something new."""
    return await reads.kept("registry", "sheet-names", lambda: _load(reads))


async def _load(reads: Reads) -> Named:
    rows = await reads.rows(_QUERY)

    def of(kind: str) -> dict[str, str]:
        some = [(row["zh"], row["code"]) for row in rows if row["kind"] == kind]
        names = [name for name, _ in some]
        return {name: code for name, code in some if names.count(name) == 1}

    return Named(of("unit"), of("group"), of("industry"))


_units, _groups, _industries = t.UNITS.unit.c, t.UNITS.work_group.c, t.industry.c
_QUERY = union_all(
    select(literal("unit").label("kind"), _units.stream.label("code"), _units.zh.label("zh")),
    select(literal("group"), _groups.stream, _groups.zh),
    select(literal("industry"), _industries.industry, _industries.zh).where(~_industries.indicator),
)
