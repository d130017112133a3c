"""Enterprises that look like one: candidates by index, ranked by the pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from services.projects import enterprise_queries as q
from services.projects.domain.enterprise.likeness import Likeness, Mention, likeness
from services.projects.domain.enterprise.names import marks
from services.projects.enterprise_merges import Merges
from sevenx.kernel.reads import Reads


@dataclass(frozen=True)
class Like:
    """An enterprise that looks like the one asked about."""

    id: str
    name: str
    code: str | None
    found: Likeness


async def mention_of(reads: Reads, enterprise: str) -> Mention:
    """An enterprise as it is compared, with the names of all that was merged into it; without names where it is not
    known."""
    merges = await Merges.read(reads)
    return (await _mentions(reads, merges, [enterprise]))[0].get(merges.survivor(enterprise), Mention(()))


async def likes(reads: Reads, mention: Mention, besides: str = "", least: float = 0.0) -> list[Like]:
    """Who looks like this by at least so much, the most alike first. Besides those who share a registration, at most
    q.CANDIDATES are compared: those whose names share most of the brand's pairs. What was merged counts as its
    survivor."""
    wanted = frozenset(mark for name in mention.names for mark in marks(name))
    rows = await reads.rows(q.sharing(wanted)) if wanted else []
    if mention.codes or mention.foreign:
        rows += await reads.rows(q.with_registration(mention.codes, mention.foreign))
    merges = await Merges.read(reads)
    mentions, known = await _mentions(reads, merges, {str(row["stream"]) for row in rows})
    found = [
        Like(one, known[one]["name"], known[one]["code"], likeness(mention, other))
        for one, other in mentions.items()
        if one != merges.survivor(besides)
    ]
    return sorted(
        (one for one in found if one.found.score >= least), key=lambda one: (-one.found.score, one.name, one.id)
    )


async def _mentions(
    reads: Reads, merges: Merges, enterprises: Collection[str]
) -> tuple[dict[str, Mention], dict[str, Mapping[str, Any]]]:
    """The survivors of enterprises as they are compared, and the rows of all that they are."""
    every = {each for one in enterprises for each in merges.all_of(one)}
    if not every:
        return {}, {}
    known = {str(row["stream"]): row for row in await reads.rows(q.registrations(every))}
    names: dict[str, list[str]] = defaultdict(list)
    for row in await reads.rows(q.names_of(every)):
        names[merges.survivor(row["stream"])].append(row["name"])
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one, row in known.items():
        rows[merges.survivor(one)].append(row)
    return {one: _mention(names[one], some) for one, some in rows.items() if one in known}, known


def _mention(names: list[str], rows: list[Mapping[str, Any]]) -> Mention:
    codes = frozenset(row["code"] for row in rows if row["code"])
    foreign = frozenset((row["country"], row["foreign_number"]) for row in rows if row["foreign_number"])
    return Mention(tuple(names), codes, foreign)
