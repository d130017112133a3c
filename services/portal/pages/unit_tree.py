"""The units of a district as a list: by kind, each under the one above it, and which of their posts are vacant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.portal.pages.posts import PostShown
from services.portal.pages.view import Row
from sevenx.district.vacancies import LEAD_UNIT_ROLES, RESPONSIBLE_UNIT_ROLES

Line = tuple[int, Mapping[str, Any]]
"""How deep a unit stands, and its row."""


@dataclass
class Section:
    """The units of a kind with all that stand under them, of whatever kind."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    vacant: int = 0
    """Posts that somebody should hold and nobody does."""


def former(spellings: Sequence[Row]) -> list[str]:
    """The names that a unit bore before."""
    return [one["name"] for one in spellings if one["source"] == "former"]


def tree(rows: Sequence[Row]) -> list[Line]:
    """Units with their depth, each after the one above it; one whose superior is not among them stands on top. What
    was merged stands under the unit that goes on for it."""
    known = {row["stream"] for row in rows}
    below: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        above = row["into"] or row["parent"]
        below[above if above in known else None].append(row)
    found: list[Line] = []

    def add(above: str | None, depth: int) -> None:
        for row in below.pop(above, []):
            found.append((depth, row))
            add(row["stream"], depth + 1)

    add(None, 0)
    while below:  # a circle that only a fault could make is shown, not hidden
        add(next(iter(below)), 0)
    return found


def sections(lines: Iterable[Line], kinds: Iterable[str], vacant_in: Callable[[Row], list[str]]) -> list[Section]:
    """The tree cut at its top by kind, the kinds in the order given and others after them; none is empty."""
    found: dict[str, Section] = {kind: Section(kind) for kind in kinds}
    at = Section("")
    for depth, row in lines:
        if depth == 0:
            at = found.setdefault(row["kind"], Section(row["kind"]))
        at.lines.append((depth, row))
        at.vacant += len(vacant_in(row))
    return [one for one in found.values() if one.lines]


def vacant(unit: Row, posts: Iterable[PostShown], parts: Sequence[Row]) -> list[str]:
    """The roles that its parts in the groups ask of a unit and nobody holds today (一, 三（三）)."""
    if unit["into"]:
        return []
    asked = {role for one in parts for role in (LEAD_UNIT_ROLES if one["part"] == "lead" else RESPONSIBLE_UNIT_ROLES)}
    return [one.role for one in posts if one.holder is None and one.role in asked]
