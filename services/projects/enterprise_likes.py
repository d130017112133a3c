"""Enterprises that look like one: candidates by index, ranked by the pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from services.projects import enterprise_queries as q
from services.projects.domain.enterprise.likeness import Likeness, Mention, likeness
from services.projects.domain.enterprise.names import marks
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Like:
    """An enterprise that looks like the one asked about."""

    id: str
    name: str
    code: str | None
    found: Likeness


async def mention_of(reads: Reads, enterprise: str) -> Mention:
    """An enterprise as it is compared; without names where it is not known."""
    return (await _mentions(reads, [enterprise]))[0].get(enterprise, Mention(()))


async def likes(reads: Reads, mention: Mention, besides: str = "", least: float = 0.0) -> list[Like]:
    """Who looks like this by at least so much, the most alike first. Besides those who share a registration, at most
    q.CANDIDATES are compared: those whose names share most of the brand's pairs."""
    wanted = frozenset(mark for name in mention.names for mark in marks(name))
    rows = await reads.rows(q.sharing(wanted)) if wanted else []
    if mention.codes or mention.foreign:
        rows += await reads.rows(q.with_registration(mention.codes, mention.foreign))
    mentions, known = await _mentions(reads, {str(row["stream"]) for row in rows} - {besides})
    found = [
        Like(one, known[one]["name"], known[one]["code"], likeness(mention, other)) for one, other in mentions.items()
    ]
    return sorted(
        (one for one in found if one.found.score >= least), key=lambda one: (-one.found.score, one.name, one.id)
    )


async def _mentions(
    reads: Reads, enterprises: Collection[str]
) -> tuple[dict[str, Mention], dict[str, Mapping[str, Any]]]:
    """Enterprises as they are compared, and their rows."""
    if not enterprises:
        return {}, {}
    known = {str(row["stream"]): row for row in await reads.rows(q.registrations(enterprises))}
    names: dict[str, list[str]] = defaultdict(list)
    for row in await reads.rows(q.names_of(enterprises)):
        names[row["stream"]].append(row["name"])
    return {one: _mention(names[one], row) for one, row in known.items()}, known


def _mention(names: list[str], row: Mapping[str, Any]) -> Mention:
    codes = frozenset([row["code"]] if row["code"] else [])
    foreign = frozenset([(row["country"], row["foreign_number"])] if row["foreign_number"] else [])
    return Mention(tuple(names), codes, foreign)
